/** What an inode holds. Nodes are values: a change makes a new node (directories: see `Image`). */
import type { Content } from './content.ts';

interface Common {
  readonly mode: number;
  readonly device: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

export interface FileNode extends Common {
  readonly kind: 'file';
  readonly content: Content;
  /** The version before this one, if it came after the last sync: it may be what reached the disk. */
  readonly before: FileNode | undefined;
  /** Bytes of a failed sync: the cache calls them clean, the disk never got them. */
  readonly lost: { readonly from: number; readonly to: number } | undefined;
}

export interface DirectoryNode extends Common {
  readonly kind: 'directory';
  /** By the key of the name, which is the name itself unless lookup is case-insensitive. */
  readonly entries: Map<string, Entry>;
  /** The image that may change `entries` in place. */
  readonly owner: object | undefined;
}

export interface LinkNode extends Common {
  readonly kind: 'symlink';
  readonly target: string;
}

export type Inode = FileNode | DirectoryNode | LinkNode;

export interface Entry {
  readonly name: string;
  readonly inode: number;
  readonly hash: number;
}

/** A name for an inode; the hash of the name serves fingerprints. */
export function entry(name: string, inode: number): Entry {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
    hash ^= hash >>> 15;
  }
  return { name, inode, hash: hash | 0 };
}
