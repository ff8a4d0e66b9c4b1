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
import type { FileSystem } from '@openkb/atomic-fs';

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
  /** Frees the lock; safe to call twice. */
  release(): void;
}

export interface Staging {
  /** Absolute path; it goes with `discard`, or with the next exclusive lock after our death. */
  readonly directory: string;
  /** Writes the bytes of `write` changes to disk now, so that the lock is held for less time. */
  prepare(changes: readonly Change[]): Change[];
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

export interface RecoveryFailure {
  readonly id: string;
  readonly reason: string;
  /** How many attempts have failed, this one included. */
  readonly attempts: number;
}
