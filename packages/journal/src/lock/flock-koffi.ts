import { createRequire } from 'node:module';

import type { Flock } from './kernel-lock.ts';

const LOCK = { shared: 1, exclusive: 2 } as const;
const WITHOUT_WAITING = 4;
/** EWOULDBLOCK is EAGAIN: 11 on Linux, 35 on macOS. */
const BUSY = new Set([11, 35]);

interface Koffi {
  load(library: null): { func(prototype: string): (fd: number, operation: number) => number };
  errno(): number;
}

/**
 * flock(2) called in this process, 6 microseconds a try; never the blocking form, which would hold
 * up a thread of Node's pool. `undefined` where koffi is not installed or has no binary.
 */
export function flockByKoffi(): Flock | undefined {
  try {
    const koffi = loadKoffi();
    const flock = koffi.load(null).func('int flock(int fd, int operation)');
    return Object.defineProperty(
      (descriptor: number, mode: 'shared' | 'exclusive') => {
        if (flock(descriptor, LOCK[mode] | WITHOUT_WAITING) === 0) return true;
        const errno = koffi.errno();
        if (BUSY.has(errno)) return false;
        throw new Error(`this file system cannot lock (flock: errno ${errno})`);
      },
      'name',
      { value: 'flock (koffi)' },
    );
  } catch {
    return undefined;
  }
}

/**
 * The package of this platform's binary has all that is needed here, and loads in a third of the time
 * that koffi takes, whose entry looks for a binary and wraps it. Where it is arranged otherwise (a later
 * koffi, one that was compiled here) koffi itself is asked.
 */
function loadKoffi(): Koffi {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('koffi');
  try {
    return createRequire(entry)(`@koromix/koffi-${process.platform}-${process.arch}`) as Koffi;
  } catch {
    return require('koffi') as Koffi;
  }
}
