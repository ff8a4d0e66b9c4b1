/**
 * A session owns the lock; commit and recovery happen through it alone (I13). Two sessions of one
 * process exclude each other like two processes, since each has an open file of its own. There is
 * no way from a shared to an exclusive session but to release the first.
 */
import { waitForLock, writeHolder } from './acquire.ts';
import { commit } from './commit.ts';
import type { Context } from './context.ts';
import type { AcquireOptions, JournalOptions, RecoveryFailure, Session } from './contract.ts';
import { JournalError, notWritten } from './errors.ts';
import type { HeldLock } from './lock/lock.ts';
import { pendingMutations, recover, type RecoverOutcome } from './recover.ts';
import { setAside } from './set-aside.ts';
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
    writeHolder(context, command);
    const report = acquire.unrecovered === 'report';
    const outcome = recover(context, report);
    const [failure] = outcome.failures;
    if (failure !== undefined && !report) throw recoveryNeeded(failure);
    reapStaging(context, locks);
    return session(context, 'exclusive', lock, outcome);
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
  const nothing: RecoverOutcome = { recovered: [], failures: [] };
  const lock = await waitForLock(context, locks, 'shared', { ...acquire, sleep });
  try {
    if (!pendingMutations(context).some(({ state }) => state === 'active')) {
      return session(context, 'shared', lock, nothing);
    }
  } catch (error) {
    lock.release();
    throw error;
  }
  lock.release();
  const outcome = await recoverAsReader(context, options, acquire);
  const again = await waitForLock(context, locks, 'shared', { ...acquire, sleep });
  return session(context, 'shared', again, outcome);
}

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
      .filter(({ state }) => state === 'active')
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
  let failures = outcome.failures;
  const demandLock = (): void => {
    if (held && mode === 'exclusive') return;
    throw new JournalError('not-locked', 'only a session with the exclusive lock may do this');
  };
  return {
    mode,
    recovered: outcome.recovered,
    get failures() {
      return failures;
    },
    commit(changeSet) {
      demandLock();
      const [failure] = failures;
      if (failure !== undefined) throw recoveryNeeded(failure);
      return commit(context, changeSet);
    },
    setAside(id) {
      demandLock();
      setAside(context, context.layout.mutation(id));
      failures = failures.filter((failure) => failure.id !== id);
    },
    release() {
      held = false;
      lock.release();
    },
  };
}

function recoveryNeeded({ id, reason, attempts }: RecoveryFailure): JournalError {
  const text = `an unfinished change ("${id}") cannot be undone: ${reason} (attempt ${attempts} of 5)`;
  return new JournalError('recovery-needed', text);
}
