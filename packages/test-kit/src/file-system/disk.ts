/**
 * The two images of a disk: what processes see (live) and what a power cut leaves (durable).
 *
 * Every change of names appends ONE pending record, a set of slot assignments. A file's data and
 * mode become durable by `syncFile`, names by `syncDirectory`. Order models:
 *
 * - `weak`: any subset of the pending records may survive a power cut, applied in program order;
 *   a superset of ext4, xfs, btrfs, APFS and NTFS.
 * - `journalling`: a prefix survives, and every sync commits all records before it.
 */
import { Image } from './image.ts';
import type { Entry, FileNode, Inode } from './inode.ts';

export type OrderModel = 'weak' | 'journalling';

/** In this directory this key names that entry, or nothing. */
export interface Slot {
  readonly directory: number;
  readonly key: string;
  readonly entry: Entry | undefined;
}

/** The slots that one call assigned, all or none of which survive. */
export interface PendingRecord {
  readonly label: string;
  readonly slots: readonly Slot[];
}

export class Disk {
  readonly model: OrderModel;
  readonly live: Image;
  readonly durable: Image;
  pending: readonly PendingRecord[];
  /** Files whose live version is not the durable one. */
  readonly dirty: Set<number>;

  private constructor(
    model: OrderModel,
    live: Image,
    durable: Image,
    pending: readonly PendingRecord[],
    dirty: Set<number>,
  ) {
    this.model = model;
    this.live = live;
    this.durable = durable;
    this.pending = pending;
    this.dirty = dirty;
  }

  static empty(model: OrderModel, root: Inode): Disk {
    const image = new Image([root], [1]);
    return new Disk(model, image, image.clone(), [], new Set());
  }

  /** A disk on which everything in the image is durable. */
  static of(model: OrderModel, image: Image): Disk {
    return new Disk(model, image, image.clone(), [], new Set());
  }

  clone(): Disk {
    return new Disk(
      this.model,
      this.live.clone(),
      this.durable.clone(),
      this.pending,
      new Set(this.dirty),
    );
  }

  /** A new inode without a name; were its name durable, a power cut would leave it as it is here. */
  allocate(node: Inode): number {
    const inode = this.live.nodes.length;
    this.live.put(inode, node);
    this.durable.put(inode, node);
    return inode;
  }

  /** Changes names: seen at once, pending until a directory is synced. */
  record(label: string, slots: readonly Slot[]): void {
    apply(this.live, slots);
    this.pending = [...this.pending, { label, slots }];
  }

  /** A new version of a file: seen at once, dirty until it is synced. */
  update(inode: number, change: Pick<FileNode, 'content' | 'mode' | 'modified' | 'lost'>): void {
    const old = this.file(inode);
    const before = old === this.durable.nodes[inode] ? undefined : old;
    this.live.put(inode, { kind: 'file', device: old.device, before, ...change });
    this.dirty.add(inode);
  }

  file(inode: number): FileNode {
    const node = this.live.node(inode);
    if (node.kind !== 'file') throw new Error(`Inode ${inode} is no file.`);
    return node;
  }

  /** Makes a file's data, size and mode durable, except what a failed sync has lost. */
  syncFile(inode: number): void {
    if (this.dirty.has(inode)) {
      const live = { ...this.file(inode), before: undefined };
      this.live.put(inode, live);
      this.durable.put(inode, withoutLost(live, this.durable.nodes[inode]));
      this.dirty.delete(inode);
    }
    if (this.model === 'journalling') this.#commitNames();
  }

  /** A sync that failed: Linux marks the pages clean, so that no later sync writes them. */
  loseFile(inode: number): void {
    const durable = this.durable.nodes[inode];
    if (!this.dirty.has(inode) || durable?.kind !== 'file') return;
    const live = this.file(inode);
    const { from, to } = live.content.difference(durable.content);
    this.live.put(inode, { ...live, lost: from < to ? { from, to } : undefined });
  }

  /** Makes the pending records durable that touch the directory. */
  syncDirectory(inode: number): void {
    if (this.model === 'journalling') {
      this.#commitNames();
      return;
    }
    const kept: PendingRecord[] = [];
    const later = new Set<string>();
    const durable: PendingRecord[] = [];
    for (const record of this.pending.toReversed()) {
      if (record.slots.some((slot) => slot.directory === inode)) {
        durable.push(record);
        for (const slot of record.slots) later.add(`${slot.directory}/${slot.key}`);
      } else {
        // A slot that a later durable record assigns must not come back when this one survives.
        const slots = record.slots.filter((slot) => !later.has(`${slot.directory}/${slot.key}`));
        if (slots.length > 0) kept.push({ label: record.label, slots });
      }
    }
    for (const record of durable.toReversed()) apply(this.durable, record.slots);
    this.pending = kept.toReversed();
  }

  /** Makes everything durable, as an orderly unmount does. */
  settle(): void {
    for (const inode of this.dirty) this.syncFile(inode);
    this.#commitNames();
  }

  #commitNames(): void {
    for (const record of this.pending) apply(this.durable, record.slots);
    this.pending = [];
  }
}

export function apply(image: Image, slots: readonly Slot[]): void {
  for (const slot of slots) image.assign(slot.directory, slot.key, slot.entry);
}

/** What reaches the disk of a version some bytes of which a failed sync has lost. */
function withoutLost(live: FileNode, durable: Inode | undefined): FileNode {
  const { lost } = live;
  if (lost === undefined || durable?.kind !== 'file') return live;
  const bytes = live.content.view().slice();
  const old = durable.content.view();
  for (let position = lost.from; position < Math.min(lost.to, bytes.length); position += 1) {
    bytes[position] = old[position] ?? 0;
  }
  return { ...live, content: live.content.resize(0).write(0, bytes) };
}
