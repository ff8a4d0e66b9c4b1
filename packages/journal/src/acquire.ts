/** Waits for the lock, with a limit, and knows who holds it. */
import { setTimeout as sleepFor } from 'node:timers/promises';

import type { Context } from './context.ts';
import type { AcquireOptions } from './contract.ts';
import { JournalError } from './errors.ts';
import { readHolder } from './holder.ts';
import type { HeldLock, LockHolder, LockProvider } from './lock/lock.ts';
import { reasonOf } from './reason.ts';
import { isWriterWaiting, takeTurn } from './turnstile.ts';

const DEFAULT_WAIT_MS = 60_000;
/** First pause between two tries; doubled up to the longest. */
const SHORTEST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 25;

export interface Waiting extends Pick<AcquireOptions, 'waitMs' | 'onWait' | 'signal'> {
  readonly sleep?: ((milliseconds: number) => Promise<void>) | undefined;
}

/** @throws JournalError `locked` after the limit; `not-written` where nothing can be locked */
export async function waitForLock(
  context: Context,
  locks: LockProvider,
  mode: 'shared' | 'exclusive',
  { waitMs = DEFAULT_WAIT_MS, onWait, signal, sleep = sleepFor }: Waiting,
): Promise<HeldLock> {
  let pause = SHORTEST_PAUSE_MS;
  let turn: HeldLock | undefined;
  try {
    for (let waited = 0; ;) {
      signal?.throwIfAborted();
      // a reader lets the writer by that waits already
      const mayTry = mode === 'exclusive' || !isWriterWaiting(context, locks);
      const lock = mayTry ? tryLock(locks, context.layout.lockFile, mode) : undefined;
      if (lock !== undefined) return lock;
      if (mode === 'exclusive') turn ??= takeTurn(context, locks);
      const holder = readHolder(context);
      if (waited === 0) onWait?.(holder);
      if (waited >= waitMs) throw locked(context, holder, waitMs);
      const rest = Math.min(pause, Math.max(waitMs - waited, 1));
      // oxlint-disable-next-line no-await-in-loop -- one try after the other is what waiting is
      await sleep(rest);
      waited += rest;
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  } finally {
    turn?.release();
  }
}

function tryLock(
  locks: LockProvider,
  path: string,
  mode: 'shared' | 'exclusive',
): HeldLock | undefined {
  try {
    return locks.tryLock(path, mode);
  } catch (cause) {
    throw new JournalError('not-written', `cannot lock "${path}": ${reasonOf(cause)}`, { cause });
  }
}

function locked({ layout }: Context, holder: LockHolder | undefined, waitMs: number): JournalError {
  const who =
    holder === undefined
      ? 'another process'
      : `process ${holder.pid} (${holder.command}, since ${holder.since})`;
  const text = `"${layout.root}" is locked by ${who}; waited ${waitMs / 1000} s`;
  return new JournalError('locked', text);
}
