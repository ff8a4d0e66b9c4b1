import type { ChangeSet } from './change-set.ts';
/**
 * A session owns the lock; commit and recovery happen through it alone (I13). Several sessions may
 * stand on one lock when one was made from another; the last one frees it. There is no way from a
 * shared to an exclusive session but to release the first.
 */
import { commit } from './commit.ts';
import type { Context } from './context.ts';
import type { CommitReport, RecoveryFailure, RecoveryReport, Session } from './contract.ts';
import { JournalError } from './errors.ts';
import { undo } from './history/undo.ts';
import type { LockProvider } from './lock/lock.ts';
import { recover, type RecoverOutcome } from './recover.ts';
import { restore } from './restore.ts';
import { setAsideById } from './set-aside.ts';

/** A lock that was taken, and what frees it. */
export interface Taken {
  readonly context: Context;
  readonly mode: Session['mode'];
  readonly locks: LockProvider;
  readonly free: () => void;
}

/** What all sessions on one lock have in common. */
interface Hold extends Taken {
  /** Sessions on it that are not released. */
  sessions: number;
  failures: readonly RecoveryFailure[];
  /** A mutation that could not be settled; nothing is built on top of it (I10). */
  unsettled: JournalError | undefined;
}

const holds = new WeakMap<Session, Hold>();

/** The first session on a lock that was just taken. */
export function openSession(taken: Taken, { recovered, failures }: RecoverOutcome): Session {
  const hold: Hold = { ...taken, sessions: 0, failures, unsettled: undefined };
  return sessionOn(hold, taken.mode, recovered);
}

/**
 * A further session on the lock that `from` stands on.
 * @throws JournalError `not-locked`, at once
 */
export function sessionFrom(context: Context, from: Session, mode: Session['mode']): Session {
  const hold = holds.get(from);
  if (hold === undefined || hold.context.layout.lockFile !== context.layout.lockFile) {
    throw notLocked('the session to start from is released, or of another journal');
  }
  if (mode === 'exclusive' && from.mode === 'shared') {
    throw notLocked('a shared session cannot become exclusive; release it first');
  }
  return sessionOn(hold, mode, []);
}

function sessionOn(hold: Hold, mode: Session['mode'], found: readonly RecoveryReport[]): Session {
  let recovered = found;
  hold.sessions += 1;
  const demandLock = (): void => {
    if (holds.get(session) === hold && mode === 'exclusive') return;
    throw notLocked('only a session with the exclusive lock may do this');
  };
  const session: Session = {
    mode,
    get recovered() {
      return recovered;
    },
    get failures() {
      return hold.failures;
    },
    commit(changeSet) {
      demandLock();
      return commitOn(hold, changeSet);
    },
    setAside(id) {
      demandLock();
      setAsideById(hold.context, id);
      const next = recover(hold.context, true);
      hold.failures = next.failures;
      recovered = [...recovered, ...next.recovered];
    },
    restore(id) {
      demandLock();
      return restore(hold.context, hold.locks, id, (changeSet) => commitOn(hold, changeSet));
    },
    undo(id, about) {
      demandLock();
      return undo(hold.context, hold.locks, id, about, (changeSet) => commitOn(hold, changeSet));
    },
    release() {
      if (!holds.delete(session)) return;
      hold.sessions -= 1;
      if (hold.sessions === 0) hold.free();
    },
  };
  holds.set(session, hold);
  return session;
}

const UNSETTLED: ReadonlySet<string> = new Set(['recovery-needed', 'outcome-unknown']);

function commitOn(hold: Hold, changeSet: ChangeSet): CommitReport {
  const [failure] = hold.failures;
  if (failure !== undefined) throw recoveryNeeded(failure);
  if (hold.unsettled !== undefined) throw hold.unsettled;
  try {
    return commit(hold.context, changeSet);
  } catch (error) {
    if (error instanceof JournalError && UNSETTLED.has(error.code)) hold.unsettled = error;
    throw error;
  }
}

export function recoveryNeeded({ id, reason, attempts }: RecoveryFailure): JournalError {
  const text = `an unfinished change ("${id}") cannot be undone: ${reason} (attempt ${attempts} of 5)`;
  return new JournalError('recovery-needed', text);
}

const notLocked = (text: string): JournalError => new JournalError('not-locked', text);
