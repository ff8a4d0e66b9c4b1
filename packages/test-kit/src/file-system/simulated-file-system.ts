/**
 * A file system in memory that can die, fail, lie and lose its cache.
 *
 * It behaves as Linux does, errors included (see `conformance.ts`), and keeps beside the image that
 * processes see the one that a power cut leaves (see `disk.ts`). Every call is counted and logged.
 * `crashAt` stops the process before a step, `failAt` injects errors, `lieAt` makes a sync a lie;
 * `crashImages` and `killImage` are the disks that a next process may find.
 */
import type { Call, Fault } from './calls.ts';
import { Content } from './content.ts';
import { Core, directoryNode, epoch, slot } from './core.ts';
import { crashImages } from './crash-images.ts';
import type { CrashImageOptions } from './crash-images.ts';
import { Disk } from './disk.ts';
import { Gate } from './gate.ts';
import type { FaultPredicate, Observer } from './gate.ts';
import type { SimulationOptions } from './options.ts';
import type { FileHandle, FileStat, FileSystem, OpenFlag } from './port.ts';
import { planRename } from './rename.ts';
import { SimulatedHandle } from './simulated-handle.ts';
import { systemError } from './system-error.ts';

/** A disk that a power cut may leave, everything on it durable. */
export interface CrashImage {
  /** Which names and which data survived: `names=drop 2, data=torn`. */
  readonly label: string;
  /** Equal for images that no process could tell apart. */
  readonly fingerprint: number;
  readonly fileSystem: SimulatedFileSystem;
}

export class SimulatedFileSystem implements FileSystem {
  readonly #core: Core;

  /** An empty disk; the further parameters are for copies. */
  constructor(options: SimulationOptions = {}, disk?: Disk, clock: number = epoch) {
    this.#core = new Core(options, disk, clock);
  }

  open(path: string, flag: OpenFlag, mode: number = 0o666): FileHandle {
    this.#core.gate.enter(`open:${flag}`, path);
    const place = this.#core.locate(path, 'open');
    let { inode } = place;
    if (inode === undefined) {
      if (flag === 'read' || flag === 'update') throw systemError('ENOENT', 'open', path);
    } else {
      if (flag === 'create') throw systemError('EEXIST', 'open', path);
      const { kind } = this.disk.live.node(inode);
      // as on Linux: a directory opens for reading, and its handle reads no bytes
      if (kind === 'directory' && flag !== 'read') throw systemError('EISDIR', 'open', path);
      if (kind === 'symlink') throw systemError('ELOOP', 'open', path);
    }
    const next = inode ?? this.disk.live.nodes.length;
    this.#core.opened(next, path);
    inode ??= this.#core.create(`create ${path}`, place, {
      kind: 'file',
      mode: this.#core.masked(mode),
      content: Content.empty,
      before: undefined,
      lost: undefined,
      ...this.#core.born(place),
    });
    return new SimulatedHandle(this.#core, inode, path, flag);
  }

  list(path: string): string[] {
    this.#core.gate.enter('list', path);
    const { node } = this.#core.directory(path, 'scandir');
    return Array.from(node.entries.values(), ({ name }) => name).toSorted();
  }

  stat(path: string): FileStat | undefined {
    this.#core.gate.enter('stat', path);
    const inode = this.#core.lookUp(path, 'lstat');
    return inode === undefined ? undefined : this.#core.stat(inode);
  }

  makeDirectory(path: string, mode: number = 0o777): void {
    this.#core.gate.enter('makeDirectory', path);
    const place = this.#core.locate(path, 'mkdir');
    if (place.inode !== undefined) throw systemError('EEXIST', 'mkdir', path);
    const { device, modified } = this.#core.born(place);
    const own = this.#core.options.devices?.[path] ?? device;
    const node = directoryNode(this.#core.masked(mode), own, modified);
    this.#core.create(`makeDirectory ${path}`, place, node);
  }

  rename(from: string, to: string): void {
    this.#core.gate.enter('rename', from, to);
    const { source, target } = this.#core.locateBoth(from, to, 'rename');
    const slots = planRename(this.disk.live, { from, to, source, target });
    if (slots.length > 0) this.disk.record(`rename ${from} -> ${to}`, slots);
  }

  link(from: string, to: string): void {
    this.#core.gate.enter('link', from, to);
    const { source, target } = this.#core.locateBoth(from, to, 'link');
    if (source.inode === undefined) throw systemError('ENOENT', 'link', from, to);
    if (target.inode !== undefined) throw systemError('EEXIST', 'link', from, to);
    const { kind, device } = this.disk.live.node(source.inode);
    const { hardLinks = true, maxLinks = Infinity } = this.#core.options;
    if (device !== this.disk.live.node(target.parent).device) {
      throw systemError('EXDEV', 'link', from, to);
    }
    if (kind === 'directory' || !hardLinks) throw systemError('EPERM', 'link', from, to);
    if ((this.disk.live.links[source.inode] ?? 0) >= maxLinks) {
      throw systemError('EMLINK', 'link', from, to);
    }
    this.disk.record(`link ${from} -> ${to}`, [slot(target, source.inode)]);
  }

  unlink(path: string): void {
    this.#core.gate.enter('unlink', path);
    const place = this.#core.locate(path, 'unlink');
    if (place.inode === undefined) throw systemError('ENOENT', 'unlink', path);
    if (this.disk.live.node(place.inode).kind === 'directory') {
      throw systemError('EISDIR', 'unlink', path);
    }
    this.disk.record(`unlink ${path}`, [slot(place)]);
  }

  removeDirectory(path: string): void {
    this.#core.gate.enter('removeDirectory', path);
    const { place, node } = this.#core.directory(path, 'rmdir');
    if (place.parent === -1) throw systemError('EBUSY', 'rmdir', path);
    if (node.entries.size > 0) throw systemError('ENOTEMPTY', 'rmdir', path);
    this.disk.record(`removeDirectory ${path}`, [slot(place)]);
  }

  syncDirectory(path: string): void {
    const verdict = this.#core.gate.enter('syncDirectory', path);
    const { inode } = this.#core.directory(path, 'open');
    if (verdict === 'go') this.disk.syncDirectory(inode);
  }

  /** Makes a symbolic link, which the port cannot; not counted. */
  symlink(target: string, path: string): void {
    const place = this.#core.locate(path, 'symlink');
    if (place.inode !== undefined) throw systemError('EEXIST', 'symlink', target, path);
    const node = { kind: 'symlink', mode: 0o777, target, ...this.#core.born(place) } as const;
    this.#core.create(`symlink ${path}`, place, node);
  }

  /** Both images; read it, do not change it. */
  get disk(): Disk {
    return this.#core.disk;
  }

  /** Calls that change state or force it to disk, since the instance was made or settled. */
  get steps(): number {
    return this.#core.gate.steps;
  }

  /** File and directory syncs among the steps. */
  get syncs(): number {
    return this.#core.gate.syncs;
  }

  /** All calls, reads included, oldest first. */
  get calls(): readonly Call[] {
    return this.#core.gate.calls;
  }

  /** Injected faults that took place. */
  get injected(): number {
    return this.#core.gate.injected;
  }

  /** Handles that are open. */
  get openHandles(): number {
    return this.#core.open;
  }

  /**
   * The process dies before step `step` (from 1) takes effect: that call and every later one of
   * this instance throws `SimulatedCrash`.
   */
  crashAt(step: number): void {
    this.#core.gate.crashStep = step;
  }

  /**
   * Call number `call` (from 1, reads included), or the first after it that the fault can befall,
   * fails; `always`: so does every such call after it, until `heal`.
   */
  failAt(
    call: number,
    fault: Fault,
    duration: 'once' | 'always' = 'once',
    predicate: FaultPredicate = () => true,
  ): void {
    this.#core.gate.plan({ from: call, fault, duration, predicate });
  }

  /** Sync number `sync` (from 1; files and directories together) does nothing and claims success. */
  lieAt(sync: number): void {
    this.#core.gate.lie = sync;
  }

  /** Ends all injected faults and lies. */
  heal(): void {
    this.#core.gate.heal();
  }

  /** Shows each step to the observer before it takes effect. */
  observe(observer: Observer): void {
    this.#core.gate.observer = observer;
  }

  /** Makes everything durable, as an orderly unmount does, and starts counts and log afresh. */
  settle(): void {
    this.disk.settle();
    this.#core.gate = new Gate();
  }

  /** An independent copy, unsynced changes included; handles, counts, log and plans stay behind. */
  clone(): SimulatedFileSystem {
    return new SimulatedFileSystem(this.#core.options, this.disk.clone(), this.#core.clock);
  }

  /**
   * What the next process finds when this one is killed: all that is visible. What was not synced
   * still is not, so that a power cut may take it from the next process.
   */
  killImage(): SimulatedFileSystem {
    return this.clone();
  }

  /** The disks that the next process may find after a power cut at this instant, each once. */
  *crashImages(options: CrashImageOptions = {}): Generator<CrashImage> {
    for (const { image, label, fingerprint } of crashImages(this.disk, options)) {
      const disk = Disk.of(this.disk.model, image);
      const { options: own, clock } = this.#core;
      yield { label, fingerprint, fileSystem: new SimulatedFileSystem(own, disk, clock) };
    }
  }
}
