/**
 * One state of the disk: inodes by number, and how many names each has.
 *
 * Cloning copies two flat arrays and shares all nodes. A directory's entries are changed in place
 * only by the image whose token it carries; cloning takes a new token, so that either side copies
 * a shared directory before its first change.
 */
import type { DirectoryNode, Entry, Inode } from './inode.ts';

export const rootInode = 0;

export class Image {
  readonly nodes: (Inode | undefined)[];
  readonly links: number[];
  #token: object = {};

  constructor(nodes: (Inode | undefined)[], links: number[]) {
    this.nodes = nodes;
    this.links = links;
  }

  clone(): Image {
    this.#token = {};
    return new Image(this.nodes.slice(), this.links.slice());
  }

  node(inode: number): Inode {
    const node = this.nodes[inode];
    if (node === undefined) throw new Error(`There is no inode ${inode}.`);
    return node;
  }

  directory(inode: number): DirectoryNode {
    const node = this.node(inode);
    if (node.kind !== 'directory') throw new Error(`Inode ${inode} is no directory.`);
    return node;
  }

  put(inode: number, node: Inode): void {
    this.nodes[inode] = node;
    this.links[inode] ??= 0;
  }

  /** Lets the key in the directory name an inode, or nothing. */
  assign(directory: number, key: string, value: Entry | undefined): void {
    const { entries } = this.#owned(directory);
    const old = entries.get(key);
    if (old !== undefined) this.links[old.inode] = (this.links[old.inode] ?? 0) - 1;
    if (value === undefined) entries.delete(key);
    else {
      entries.set(key, value);
      this.links[value.inode] = (this.links[value.inode] ?? 0) + 1;
    }
  }

  #owned(inode: number): DirectoryNode {
    const node = this.directory(inode);
    if (node.owner === this.#token) return node;
    const copy = { ...node, entries: new Map(node.entries), owner: this.#token };
    this.nodes[inode] = copy;
    return copy;
  }
}
