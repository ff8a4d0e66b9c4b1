/**
 * A session owns the lock; commit and recovery happen through it alone (I13). Two sessions of one
 * process exclude each other like two processes, since each has an open file of its own. There is
 * no way from a shared to an exclusive session but to release the first.
 */
import { waitForLock, writeHolder } from './acquire.ts';
import { commit } from './commit.ts';
import type { Context } from './context.ts';
import type {
  AcquireOptions,
  JournalOptions,
  PendingMutation,
  RecoveryFailure,
  Session,
} from './contract.ts';
import { JournalError, notWritten } from './errors.ts';
import type { HeldLock } from './lock/lock.ts';
import { checkOwnDirectories } from './own-directories.ts';
import { pendingMutations, recover, type RecoverOutcome } from './recover.ts';
import { setAsideById } from './set-aside.ts';
import { reapStaging } from './staging.ts';

/** @throws JournalError `locked`, `recovery-needed`, `not-written` */
export async function acquireSession(
  context: Context,
  options: JournalOptions,
  mode: 'shared' | 'exclusive',
  acquire: AcquireOptions,
): Promise<Session> {
  try {
    const acquireMode = mode === 'exclusive' ? acquireExclusive : acquireShared;
    return await acquireMode(context, options, acquire);
  } catch (error) {
    acquire.signal?.throwIfAborted();
    throw notWritten(error);
  }
}

async function acquireExclusive(
  context: Context,
  { locks, sleep, command }: JournalOptions,
  acquire: AcquireOptions,
): Promise<Session> {
  const lock = await waitForLock(context, locks, 'exclusive', { ...acquire, sleep });
  try {
    checkOwnDirectories(context);
    writeHolder(context, command);
    const locked = { ...context, isLocked: () => lock.isCurrent() };
    const report = acquire.unrecovered === 'report';
    const outcome = recover(locked, report);
    const [failure] = outcome.failures;
    if (failure !== undefined && !report) throw recoveryNeeded(failure);
    reapStaging(locked, locks);
    return session(locked, 'exclusive', lock, outcome);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** A reader resolves a hot journal first, where it may write; else it reads on and says so. */
async function acquireShared(
  context: Context,
  options: JournalOptions,
  acquire: AcquireOptions,
): Promise<Session> {
  const { locks, sleep } = options;
  let outcome: RecoverOutcome = { recovered: [], failures: [] };
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- a try follows what the one before has found
    const lock = await waitForLock(context, locks, 'shared', { ...acquire, sleep });
    try {
      // another process may die between our recovery and this lock, so each time it is looked at anew
      if (outcome.failures.length > 0 || !pendingMutations(context).some(isHot)) {
        return session(context, 'shared', lock, outcome);
      }
    } catch (error) {
      lock.release();
      throw error;
    }
    lock.release();
    // oxlint-disable-next-line no-await-in-loop
    const { recovered, failures } = await recoverAsReader(context, options, acquire);
    outcome = { recovered: [...outcome.recovered, ...recovered], failures };
  }
}

/** What a reader must not read past. */
const isHot = ({ state }: PendingMutation): boolean =>
  state === 'active' || state === 'later-version';

async function recoverAsReader(
  context: Context,
  options: JournalOptions,
  acquire: AcquireOptions,
): Promise<RecoverOutcome> {
  try {
    const writer = await acquireExclusive(context, options, { ...acquire, unrecovered: 'throw' });
    writer.release();
    return { recovered: writer.recovered, failures: [] };
  } catch (error) {
    if (!(error instanceof JournalError) || error.code === 'locked') throw error;
    const failures = pendingMutations(context)
      .filter(isHot)
      .map(({ id, attempts }) => ({ id, attempts, reason: error.message }));
    return { recovered: [], failures };
  }
}

function session(
  context: Context,
  mode: Session['mode'],
  lock: HeldLock,
  outcome: RecoverOutcome,
): Session {
  let held = true;
  let { failures, recovered } = outcome;
  let unsettled: JournalError | undefined;
  const demandLock = (): void => {
    if (held && mode === 'exclusive') return;
    throw new JournalError('not-locked', 'only a session with the exclusive lock may do this');
  };
  return {
    mode,
    get recovered() {
      return recovered;
    },
    get failures() {
      return failures;
    },
    commit(changeSet) {
      demandLock();
      const [failure] = failures;
      if (failure !== undefined) throw recoveryNeeded(failure);
      // nothing is built on top of a mutation that this session could not settle (I10)
      if (unsettled !== undefined) throw unsettled;
      try {
        return commit(context, changeSet);
      } catch (error) {
        if (error instanceof JournalError && UNSETTLED.has(error.code)) unsettled = error;
        throw error;
      }
    },
    setAside(id) {
      demandLock();
      setAsideById(context, id);
      const next = recover(context, true);
      failures = next.failures;
      recovered = [...recovered, ...next.recovered];
    },
    release() {
      held = false;
      lock.release();
    },
  };
}

const UNSETTLED: ReadonlySet<string> = new Set(['recovery-needed', 'outcome-unknown']);

function recoveryNeeded({ id, reason, attempts }: RecoveryFailure): JournalError {
  const text = `an unfinished change ("${id}") cannot be undone: ${reason} (attempt ${attempts} of 5)`;
  return new JournalError('recovery-needed', text);
}
