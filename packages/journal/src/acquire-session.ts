/**
 * Takes the lock for a session and resolves what is unfinished first. Two sessions of one process
 * exclude each other like two processes, since each has an open file of its own; a holder that needs
 * a second one hands over its own (`from`), nothing is implicit.
 */
import { waitForLock } from './acquire.ts';
import type { Context } from './context.ts';
import type { AcquireOptions, JournalOptions, PendingMutation, Session } from './contract.ts';
import { JournalError, notWritten } from './errors.ts';
import { writeHolder, type HolderNote } from './holder.ts';
import { checkOwnDirectories } from './own-directories.ts';
import { pendingMutations, recover, type RecoverOutcome } from './recover.ts';
import { openSession, recoveryNeeded, sessionFrom } from './session.ts';
import { reapStaging } from './staging.ts';

/** @throws JournalError `locked`, `recovery-needed`, `not-written`, `not-locked` (see `from`) */
export async function acquireSession(
  context: Context,
  options: JournalOptions,
  mode: 'shared' | 'exclusive',
  acquire: AcquireOptions,
): Promise<Session> {
  if (acquire.from !== undefined) return sessionFrom(context, acquire.from, mode);
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
  let note: HolderNote | undefined;
  const free = (): void => {
    if (lock.isCurrent()) note?.clear();
    lock.release();
  };
  try {
    checkOwnDirectories(context);
    note = writeHolder(context, command);
    const locked = { ...context, isLocked: () => lock.isCurrent() };
    const report = acquire.unrecovered === 'report';
    const outcome = recover(locked, report);
    const [failure] = outcome.failures;
    if (failure !== undefined && !report) throw recoveryNeeded(failure);
    reapStaging(locked, locks);
    return openSession({ context: locked, mode: 'exclusive', locks, free }, outcome);
  } catch (error) {
    free();
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
        const free = (): void => lock.release();
        return openSession({ context, mode: 'shared', locks, free }, outcome);
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
