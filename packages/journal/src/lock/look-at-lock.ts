import { existsSync } from 'node:fs';

import type { LockProvider, LockSight } from './lock.ts';

/** `LockProvider.look` for locks on a file: a shared try that is given back at once. */
export function lookByTrying(path: string, tryLock: LockProvider['tryLock']): LockSight {
  if (!existsSync(path)) return 'missing';
  const lock = tryLock(path, 'shared');
  lock?.release();
  return lock === undefined ? 'held' : 'free';
}

/** Whether somebody holds the lock exclusively; throws where the file system cannot lock. */
export function isHeld(locks: LockProvider, path: string): boolean {
  if (locks.look !== undefined) return locks.look(path) === 'held';
  const lock = locks.tryLock(path, 'shared');
  lock?.release();
  return lock === undefined;
}
