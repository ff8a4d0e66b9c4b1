/**
 * The kernel's lock on a file of ours: flock(2), the lock that the Python program takes on the same
 * file. It is freed when its holder dies in any way, and it excludes two open files of one
 * process like two processes. Several ways lead to it; each takes the same lock.
 */
import { openLockFile } from '@openkb/atomic-fs';

import { flockByCommand } from './flock-command.ts';
import { flockByKoffi } from './flock-koffi.ts';
import { lockAtOpen } from './lock-at-open.ts';
import type { HeldLock, LockProvider } from './lock.ts';
import { lookByTrying } from './look-at-lock.ts';

/** One try at a lock on an open descriptor. Closing the descriptor frees it. */
export interface Flock {
  readonly name: string;
  /** @returns false when somebody else holds it; throws where the file system cannot lock */
  (descriptor: number, mode: 'shared' | 'exclusive'): boolean;
}

/** A file that is replaced between opening and locking is opened again; more often is no accident. */
const TRIES = 10;

/**
 * The first way to a kernel lock that this machine has: flock through koffi (Linux, macOS), the
 * flock command (Linux), flags at open (macOS, Windows). Never pid files: another process may hold
 * the kernel's lock, and the two do not see each other.
 * @throws Error where there is none, which says what to install
 */
export function kernelLocks(): LockProvider {
  if (process.platform === 'win32') return lockAtOpen('win32');
  const flock = flockByKoffi() ?? flockByCommand();
  if (flock !== undefined) return flockProvider(flock);
  if (process.platform === 'darwin') return lockAtOpen('darwin');
  throw new Error(
    'no way to lock files: install the package "koffi" or the command "flock" (util-linux), or let every program that opens this directory use pid files (pidFileLocks)',
  );
}

export function flockProvider(flock: Flock): LockProvider {
  const tryLock: LockProvider['tryLock'] = (path, mode) => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const lock = tryOnce(flock, path, mode);
      if (lock !== 'replaced') return lock;
    }
    throw new Error(`"${path}" is replaced again and again`);
  };
  return { name: flock.name, tryLock, look: (path) => lookByTrying(path, tryLock) };
}

function tryOnce(
  flock: Flock,
  path: string,
  mode: 'shared' | 'exclusive',
): HeldLock | 'replaced' | undefined {
  const file = openLockFile(path);
  try {
    if (!flock(file.descriptor, mode)) {
      file.close();
      return undefined;
    }
    // a lock on a file that the path leads to no longer would exclude nobody
    if (!file.isCurrent()) {
      file.close();
      return 'replaced';
    }
    return { isCurrent: () => file.isCurrent(), release: () => file.close() };
  } catch (error) {
    file.close();
    throw error;
  }
}
