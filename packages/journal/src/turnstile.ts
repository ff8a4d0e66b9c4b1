/**
 * Lets a waiting writer in although readers overlap: while it waits it holds `ingest.lock.turn`, and
 * readers that come later wait for that first. It excludes nobody from anything: whatever becomes of
 * the turnstile (it cannot be made, it is removed), the lock itself decides. The Python program does
 * not know it and needs not.
 */
import type { Context } from './context.ts';
import type { HeldLock, LockProvider } from './lock/lock.ts';
import { isHeld } from './lock/look-at-lock.ts';

/** Whether a writer waits, so that a reader who came later stands back. */
export function isWriterWaiting({ layout }: Context, locks: LockProvider): boolean {
  try {
    return isHeld(locks, layout.turnFile);
  } catch {
    return false;
  }
}

/** A waiting writer's place; `undefined` where another writer has it, or it cannot be had. */
export function takeTurn({ layout }: Context, locks: LockProvider): HeldLock | undefined {
  try {
    return locks.tryLock(layout.turnFile, 'exclusive');
  } catch {
    return undefined;
  }
}
