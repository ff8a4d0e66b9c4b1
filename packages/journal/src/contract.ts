/**
 * What a caller sees of the journal: open it, stage outside the lock, acquire a session, commit.
 *
 *     const journal = openJournal({ root, fileSystem, locks, clock, randomId, command });
 *     const staging = journal.stage();                        // no lock: slow work lands here
 *     const session = await journal.acquire('exclusive');     // recovers what was interrupted
 *     try {
 *       session.commit({ operation: 'add', changes });        // all or nothing, durable
 *     } finally {
 *       session.release();
 *       staging.discard();
 *     }
 */
import type { FileDigest, FileSystem } from '@openkb/atomic-fs';

import type { Change, ChangeSet } from './change-set.ts';
import type { LockProvider, LockHolder } from './lock/lock.ts';

export interface JournalOptions {
  /** Absolute real path of the directory whose files are changed; it exists. */
  readonly root: string;
  /** Directory for the journal's own files, relative to the root; default `.openkb`. It exists. */
  readonly stateDirectory?: string;
  /** Lock file, relative to the root; default `<stateDirectory>/ingest.lock`. */
  readonly lockFile?: string;
  readonly fileSystem: FileSystem;
  readonly locks: LockProvider;
  readonly clock: () => Date;
  /** Eight hex digits or more, different at every call. */
  readonly randomId: () => string;
  /** Milliseconds to wait between two tries of the lock; the default sleeps for real. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** What this process is doing, shown to those who wait for it: `openkb add paper.pdf`. */
  readonly command: string;
  /**
   * Committed mutations whose snapshots are kept, for `history` and `undo`. Without it none is, and
   * those that are there stay; `0` keeps none and removes them with the next exclusive lock.
   */
  readonly keep?: number;
  /** Bytes that the kept originals may take together; the oldest go first. Each commit then reads every kept record. */
  readonly keepBytes?: number;
}

export interface AcquireOptions {
  /** Gives up after so many milliseconds with `JournalError` code `locked`; default 60,000. */
  readonly waitMs?: number;
  /** Called once, when the lock is found taken, with what is known of the holder. */
  readonly onWait?: (holder: LockHolder | undefined) => void;
  readonly signal?: AbortSignal;
  /**
   * `throw` (default): a hot journal that cannot be recovered refuses the session with code
   * `recovery-needed`. `report`: the session is given, `session.failures` names them, and `commit`
   * refuses while any is left; for the command that repairs.
   */
  readonly unrecovered?: 'throw' | 'report';
  /**
   * Re-entry: a session of this journal that the caller was handed and that is not released. The
   * new one stands on the same lock, without waiting, and the lock is freed when the last of them is
   * released. An exclusive session from a shared one is refused at once (`not-locked`): the holder
   * would wait for itself. Without `from` a second session waits for the first, also in one process.
   */
  readonly from?: Session;
}

export interface Journal {
  readonly root: string;
  /** Waits for the lock. Exclusive: recovers every hot journal first. */
  acquire(mode: 'shared' | 'exclusive', options?: AcquireOptions): Promise<Session>;
  /** A private directory for files that are prepared without the lock. */
  stage(): Staging;
  /** Unfinished mutations that are on disk now, newest first; takes no lock. */
  pending(): readonly PendingMutation[];
  /** What was set aside and can be restored or deleted by hand; takes no lock. */
  setAside(): readonly string[];
  /** Mutations that were kept, newest first; takes no lock. Empty without `keep`, until one commits. */
  history(): readonly KeptMutation[];
  /**
   * What a path held before or after a kept mutation; `undefined` where there was no file. Takes no lock.
   * @throws JournalError `not-restorable` when there is no such mutation, it did not change the path, or
   *   those bytes are nowhere any more
   */
  version(id: string, path: string, which: 'before' | 'after'): Uint8Array | undefined;
  /**
   * Every violation of an invariant that can be seen on disk. Takes no lock and changes nothing; looks
   * at the journal's own files and at what unfinished mutations name, not at the whole root. What a
   * live process is in the middle of is none.
   */
  check(): readonly Violation[];
}

export interface Session {
  readonly mode: 'shared' | 'exclusive';
  /** What this session found unfinished and resolved when it took the lock. */
  readonly recovered: readonly RecoveryReport[];
  /** Hot journals that could not be recovered (see `AcquireOptions.unrecovered`). */
  readonly failures: readonly RecoveryFailure[];
  /**
   * Carries the change set out: afterwards every path is as intended and durable, or this throws
   * `JournalError` and every path is as before (code `outcome-unknown` excepted).
   */
  commit(changeSet: ChangeSet): CommitReport;
  /**
   * Moves an unfinished mutation to `quarantine/` untouched; the live files stay as they are. Then what
   * else is unfinished is recovered: `recovered` and `failures` are those that there are now.
   */
  setAside(id: string): void;
  /**
   * Brings what was set aside as `id` (a name that `Journal.setAside` lists) back to what it was
   * before that mutation, path by path: only where the live path is what the mutation left there. One commit.
   * When all is back, what was set aside is removed; else it stays as it is.
   * @throws JournalError `not-restorable` when there is no such name, or nothing that can be brought back
   */
  restore(id: string): RestoreReport;
  /**
   * Brings back what a kept mutation (an id that `Journal.history` lists) found, in one commit. Directories
   * that it made and that are empty go too.
   * @throws JournalError `conflict` naming every path that has changed since: nothing was written;
   *   `not-restorable` when there is no such mutation, or originals of it are gone or changed; those of `commit`
   */
  undo(id: string, about: Pick<ChangeSet, 'operation' | 'subject'>): CommitReport;
  /** Gives the session back; its lock is freed with the last session on it. Safe to call twice. */
  release(): void;
}

export interface Staging {
  /** Absolute path; it goes with `discard`, or with the next exclusive lock after our death. */
  readonly directory: string;
  /** Writes the bytes of `write` changes to disk now, so that the lock is held for less time. */
  prepare(changes: readonly Change[]): Change[];
  /**
   * The changes that undo a kept mutation, each with the expectation that its path is as that mutation left
   * it, and the removal of directories that it made; their contents are copied here. For callers that commit more with them; others use `Session.undo`.
   * @throws JournalError `not-restorable`, `not-written`
   */
  undo(id: string): Change[];
  /** Removes the directory; safe to call twice. */
  discard(): void;
}

export interface CommitReport {
  readonly id: string;
  readonly changed: readonly {
    readonly path: string;
    readonly action: 'created' | 'updated' | 'removed';
  }[];
  /** What went wrong after the commit point; the next exclusive lock finishes it. */
  readonly warnings: readonly string[];
}

/** A committed mutation whose originals are still there. */
export interface KeptMutation {
  readonly id: string;
  readonly operation: string;
  readonly subject?: string;
  /** ISO 8601 instant of the commit: when its record was written, right before the commit point. */
  readonly committed: string;
  /** The paths that it changed, in the order of its change set. */
  readonly changes: readonly KeptChange[];
}

export interface KeptChange {
  /** Relative to the root. */
  readonly path: string;
  readonly action: 'created' | 'updated' | 'removed';
  /** Size and SHA-256 of what it found and of what it left; `null`: no file. */
  readonly before: FileDigest | null;
  readonly after: FileDigest | null;
}

export interface PendingMutation {
  /** Name of its directory in `journal/`; of the Python program's journals the file name. */
  readonly id: string;
  readonly state:
    | 'unstarted'
    | 'active'
    | 'committed'
    | 'rolled_back'
    | 'unreadable'
    | 'later-version';
  readonly operation?: string;
  readonly subject?: string;
  /** ISO 8601 instant at which it began. */
  readonly began?: string;
  /** Failed attempts at recovery. */
  readonly attempts: number;
}

export interface RecoveryReport {
  readonly id: string;
  readonly operation?: string;
  readonly subject?: string;
  /** `rolled back`: it was unfinished. `finished`: committed, only its cleanup was left. `set aside`: unreadable. */
  readonly outcome: 'rolled back' | 'finished' | 'set aside';
  /** Files a person changed meanwhile, kept at these paths (relative to the root), also by an earlier attempt. */
  readonly kept: readonly string[];
  readonly reason?: string;
}

export interface RestoreReport {
  readonly id: string;
  readonly operation?: string;
  readonly subject?: string;
  /** Paths that hold again what they held before. */
  readonly restored: readonly string[];
  /** Paths that were left as they are, and why. */
  readonly left: readonly { readonly path: string; readonly reason: string }[];
  /** Where what was set aside still lies, relative to the root; absent when it is gone. */
  readonly keptIn?: string;
  /** What went wrong when all was back already. */
  readonly warnings: readonly string[];
}

export type ViolationCode =
  /** A mutation that must be undone (I1). */
  | 'unfinished'
  /** A record that cannot be read, or that must not be acted upon (I11). */
  | 'unreadable'
  /** A record of a later version (I11). */
  | 'later-version'
  /** A mutation that is settled and not cleaned away. */
  | 'not-cleaned'
  /** A kept mutation that cannot be undone, whole or in part. */
  | 'kept-damaged'
  /** A mutation directory without a record: it never began. */
  | 'no-record'
  /** Files that a process prepared which is dead. */
  | 'dead-staging'
  /** A temporary file of ours that was left. */
  | 'temporary-left'
  /** A directory or file of the journal's own is something else, or a link (I2). */
  | 'wrong-kind'
  /** An own file that its owner cannot use, or that everybody can change. */
  | 'permissions'
  /** There is no lock file though there were mutations. */
  | 'lock-missing'
  /** Somebody locks in another way, so that the two do not exclude each other. */
  | 'other-lock'
  /** The disk does not let us look. */
  | 'not-readable';

export interface Violation {
  readonly code: ViolationCode;
  /** Relative to the root. */
  readonly path: string;
  /** One sentence for people that names the path. */
  readonly message: string;
}

export interface RecoveryFailure {
  readonly id: string;
  readonly reason: string;
  /** How many attempts have failed, this one included. */
  readonly attempts: number;
}
