/** The lock port: one try at a lock that its holder's death frees. */
export interface LockProvider {
  /** Which mechanism it is, for `doctor`: `flock (koffi)`, `flock (flock command)`. */
  readonly name: string;
  /**
   * Tries once and never waits. The file is created when absent and never removed. Throws where
   * the file system cannot lock at all.
   */
  tryLock(path: string, mode: 'shared' | 'exclusive'): HeldLock | undefined;
  /**
   * What can be seen of a lock without keeping it or creating anything. A provider that cannot
   * tell has no such method.
   */
  look?(path: string): LockSight;
}

/** `missing`: there is no lock file. `held`: somebody holds it exclusively. */
export type LockSight = 'missing' | 'free' | 'held';

export interface HeldLock {
  /** Whether the path still leads to the locked file: one that was removed or replaced excludes nobody. */
  isCurrent(): boolean;
  /** Frees the lock; safe to call twice. */
  release(): void;
}

/** Who holds an exclusive lock, as the holder wrote it beside the lock file. */
export interface LockHolder {
  readonly pid: number;
  readonly command: string;
  /** ISO 8601 instant. */
  readonly since: string;
}
