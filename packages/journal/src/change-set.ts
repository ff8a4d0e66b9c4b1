/**
 * A **change set**: all intended changes of one command, as a value. Paths are relative to the
 * root of the journal, `/`-separated, without `..`; contents are bytes.
 */

import type { FileDigest } from '@openkb/atomic-fs';

/** What a path held when the change was computed: nothing, or bytes with this SHA-256 (hex). */
export type Expectation = 'absent' | { readonly sha256: string };

interface At {
  readonly path: string;
  /** Compared with the live path under the lock; a difference is a `ConflictError`. */
  readonly expect?: Expectation;
}

/**
 * The file's whole new content. An existing file keeps its permission bits unless `mode` is given; other bits
 * alone are a change too, which a rollback takes back.
 */
export interface Write extends At {
  readonly kind: 'write';
  readonly bytes: Uint8Array;
  readonly mode?: number;
}

/**
 * A finished, synced file of a staging directory moves to its live path. It is gone from staging
 * afterwards, also when the commit failed after it had moved.
 */
export interface Publish extends At {
  readonly kind: 'publish';
  /** Absolute path of the staged file, inside the staging directory. */
  readonly staged: string;
  /** Its size and SHA-256 where the caller knows them, so that a large file is not read again. */
  readonly digest?: FileDigest;
  readonly mode?: number;
}

/** Bytes after whatever the file holds when the lock is taken; created when absent. */
export interface Append extends At {
  readonly kind: 'append';
  readonly bytes: Uint8Array;
}

/** The file goes; a missing file is no change. Directories left empty stay, see `RemoveDirectory`. */
export interface Remove extends At {
  readonly kind: 'remove';
}

/** A directory exists afterwards, empty or not. */
export interface Directory {
  readonly kind: 'directory';
  readonly path: string;
}

/**
 * The directory goes once the others are committed, where it is empty then; one that holds something stays, and one
 * that is none is no change. Of two of which one is in the other, the inner one stands first.
 */
export interface RemoveDirectory {
  readonly kind: 'remove-directory';
  readonly path: string;
}

export type Change = Write | Publish | Append | Remove | Directory | RemoveDirectory;

export interface ChangeSet {
  /** Name of the command, for people: `add`. */
  readonly operation: string;
  /** What it is about, for people: `paper.pdf`. */
  readonly subject?: string;
  /** At most one change a path. */
  readonly changes: readonly Change[];
}
