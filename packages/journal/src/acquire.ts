/** Waits for the lock, with a limit, and knows who holds it. */
import { setTimeout as sleepFor } from 'node:timers/promises';

import { readFileIfThere } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import type { AcquireOptions } from './contract.ts';
import { JournalError } from './errors.ts';
import type { HeldLock, LockHolder, LockProvider } from './lock/lock.ts';
import { reasonOf } from './reason.ts';

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
  const { lockFile } = context.layout;
  let pause = SHORTEST_PAUSE_MS;
  for (let waited = 0; ;) {
    signal?.throwIfAborted();
    const lock = tryLock(locks, lockFile, mode);
    if (lock !== undefined) return lock;
    const holder = readHolder(context);
    if (waited === 0) onWait?.(holder);
    if (waited >= waitMs) throw locked(context, holder, waitMs);
    const rest = Math.min(pause, Math.max(waitMs - waited, 1));
    // oxlint-disable-next-line no-await-in-loop -- one try after the other is what waiting is
    await sleep(rest);
    waited += rest;
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
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

/** What the holder wrote about itself; may be of an earlier holder, or nothing. */
function readHolder({ fileSystem, layout }: Context): LockHolder | undefined {
  try {
    const bytes = readFileIfThere(fileSystem, layout.holderFile);
    const value: unknown = bytes && JSON.parse(Buffer.from(bytes).toString('utf8'));
    return isHolder(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** For people only, so it is neither synced nor atomic, and a failure is no failure of the command. */
export function writeHolder({ fileSystem, layout, clock }: Context, command: string): void {
  const holder: LockHolder = { pid: process.pid, command, since: clock().toISOString() };
  try {
    const handle = fileSystem.open(layout.holderFile, 'append', 0o644);
    try {
      handle.truncate(0);
      handle.write(Buffer.from(`${JSON.stringify(holder)}\n`));
    } finally {
      handle.close();
    }
  } catch {
    // whoever waits will read "another process"
  }
}

function isHolder(value: unknown): value is LockHolder {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'command' in value &&
    typeof value.command === 'string' &&
    'since' in value &&
    typeof value.since === 'string'
  );
}
