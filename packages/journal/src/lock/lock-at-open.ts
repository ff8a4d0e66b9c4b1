import { errorCode, openLockFile } from '@openkb/atomic-fs';

import type { LockProvider } from './lock.ts';
import { lookByTrying } from './look-at-lock.ts';

/** O_NONBLOCK with O_SHLOCK or O_EXLOCK: flock(2) at open, Apple's open(2). */
const DARWIN = { shared: 0x4 | 0x10, exclusive: 0x4 | 0x20 } as const;
/** UV_FS_O_EXLOCK: no sharing while it is open (libuv 1.17); a plain open shares. */
const WINDOWS = { shared: 0, exclusive: 0x1000_0000 } as const;
const BUSY = new Set(['EAGAIN', 'EWOULDBLOCK', 'EBUSY']);

/** Locks by the flags of open. Written from the systems' documentation; not run on them yet. */
export function lockAtOpen(platform: 'darwin' | 'win32'): LockProvider {
  const flags = platform === 'darwin' ? DARWIN : WINDOWS;
  const tryLock: LockProvider['tryLock'] = (path, mode) => {
    try {
      const file = openLockFile(path, flags[mode]);
      if (file.isCurrent()) {
        return { isCurrent: () => file.isCurrent(), release: () => file.close() };
      }
      file.close();
      return undefined; // replaced between opening and looking: the next try finds the new one
    } catch (error) {
      if (BUSY.has(errorCode(error) ?? '')) return undefined;
      throw error;
    }
  };
  const name = platform === 'darwin' ? 'flock (open)' : 'share mode (open)';
  return { name, tryLock, look: (path) => lookByTrying(path, tryLock) };
}
