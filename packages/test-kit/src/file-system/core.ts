/** What the calls of one simulated file system share: disk, gate, clock, open handles, lookup. */
import { Disk } from './disk.ts';
import type { Slot } from './disk.ts';
import { Gate } from './gate.ts';
import { entry } from './inode.ts';
import type { DirectoryNode, Inode } from './inode.ts';
import { find, locate } from './locate.ts';
import type { Place } from './locate.ts';
import type { SimulationOptions } from './options.ts';
import type { FileStat } from './port.ts';
import { systemError } from './system-error.ts';

/** 2023-11-14, so that times look like times. */
export const epoch = 1_700_000_000_000;

export class Core {
  readonly options: SimulationOptions;
  readonly disk: Disk;
  gate = new Gate();
  clock: number;
  readonly #keyOf: (name: string) => string;
  /** Open handles by inode. */
  readonly #handles = new Map<number, number>();
  #open = 0;

  constructor(options: SimulationOptions, disk: Disk | undefined, clock: number) {
    this.options = options;
    this.clock = clock;
    this.#keyOf = options.nameKey ?? ((name) => name);
    this.disk = disk ?? Disk.empty(options.model ?? 'weak', directoryNode(0o755, 1, clock));
  }

  /** A logical clock: every change is one millisecond later than the one before. */
  now(): number {
    this.clock += 1;
    return this.clock;
  }

  locate(path: string, syscall: string): Place {
    return locate(this.disk.live, path, syscall, this.#keyOf);
  }

  /** What lies at the path; `undefined` also where a parent is missing or no directory. */
  lookUp(path: string, syscall: string): number | undefined {
    const found = find(this.disk.live, path, this.#keyOf);
    if (typeof found !== 'string') return found.inode;
    if (found === 'ENOENT' || found === 'ENOTDIR') return undefined;
    throw systemError(found, syscall, path);
  }

  /** Both paths of `rename` and `link`; errors name the two. */
  locateBoth(from: string, to: string, syscall: string): { source: Place; target: Place } {
    try {
      const source = this.locate(from, syscall);
      // link(2) looks for the file first, rename(2) for both directories
      const missing = syscall === 'link' && source.inode === undefined;
      if (missing) throw systemError('ENOENT', syscall, from);
      const target = this.locate(to, syscall);
      if (source.parent === -1 || target.parent === -1) throw systemError('EBUSY', syscall, from);
      return { source, target };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (error instanceof TypeError) throw error;
      throw systemError(code as 'ENOENT', syscall, from, to);
    }
  }

  directory(path: string, syscall: string): { place: Place; inode: number; node: DirectoryNode } {
    const place = this.locate(path, syscall);
    if (place.inode === undefined) throw systemError('ENOENT', syscall, path);
    const node = this.disk.live.node(place.inode);
    if (node.kind !== 'directory') throw systemError('ENOTDIR', syscall, path);
    return { place, inode: place.inode, node };
  }

  /** A new inode under the name of the place. */
  create(label: string, place: Place, node: Inode): number {
    const inode = this.disk.allocate(node);
    this.disk.record(label, [slot(place, inode)]);
    return inode;
  }

  /** Device and time of what is made in the place. */
  born(place: Place): { device: number; modified: number } {
    return { device: this.disk.live.node(place.parent).device, modified: this.now() };
  }

  masked(mode: number): number {
    return mode & 0o7777 & ~(this.options.umask ?? 0o022);
  }

  stat(inode: number): FileStat {
    const node = this.disk.live.node(inode);
    const { kind, mode, device, modified } = node;
    const size =
      kind === 'file' ? node.content.length : kind === 'symlink' ? node.target.length : 0;
    const links = this.disk.live.links[inode] ?? 0;
    return { kind, size, mode, device, inode: inode + 1, links, modified };
  }

  opened(inode: number, path: string): void {
    if (this.#open >= (this.options.maxOpen ?? Infinity)) throw systemError('EMFILE', 'open', path);
    this.#open += 1;
    this.#handles.set(inode, (this.#handles.get(inode) ?? 0) + 1);
  }

  closed(inode: number): void {
    this.#open -= 1;
    this.#handles.set(inode, (this.#handles.get(inode) ?? 1) - 1);
  }

  /** Open handles; a process that ends an operation with some has leaked them. */
  get open(): number {
    return this.#open;
  }

  /** Bytes that still fit: files with a name or an open handle take their size. */
  free(): number {
    const { capacity } = this.options;
    if (capacity === undefined) return Infinity;
    let used = 0;
    for (const [inode, node] of this.disk.live.nodes.entries()) {
      const held = (this.disk.live.links[inode] ?? 0) > 0 || (this.#handles.get(inode) ?? 0) > 0;
      if (node?.kind === 'file' && held) used += node.content.length;
    }
    return Math.max(0, capacity - used);
  }
}

/** The assignment of a place's name to an inode, or to nothing. */
export function slot(place: Place, inode?: number): Slot {
  const value = inode === undefined ? undefined : entry(place.name, inode);
  return { directory: place.parent, key: place.key, entry: value };
}

export function directoryNode(mode: number, device: number, modified: number): DirectoryNode {
  return { kind: 'directory', mode, device, modified, entries: new Map(), owner: undefined };
}
