/**
 * Opens a lock file and hands out its descriptor: kernel locks belong to an open file, which the
 * FileSystem port has no word for. The file's content is never looked at.
 */
import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';

import { errorCode } from '../errors.ts';

export interface LockFile {
  readonly descriptor: number;
  /** Whether the path still leads to the file that was opened; a lock on a replaced file is worth nothing. */
  isCurrent(): boolean;
  /** Closes the descriptor, which frees any kernel lock on it; safe to call twice. */
  close(): void;
}

/**
 * Opens `path` for locking, creating it empty when absent. On a medium that cannot be written an
 * existing file is opened for reading, which is enough for a lock.
 * @param flags extra open flags of the platform (macOS and Windows lock at open)
 * @throws the error of `open`: `EACCES`, `EROFS`, `ENOENT` (no such directory), …
 */
export function openLockFile(path: string, flags = 0): LockFile {
  const descriptor = openForLocking(path, flags);
  let open = true;
  return {
    descriptor,
    isCurrent() {
      const mine = fstatSync(descriptor);
      const there = statSync(path, { throwIfNoEntry: false });
      return there !== undefined && there.ino === mine.ino && there.dev === mine.dev;
    },
    close() {
      if (!open) return;
      open = false;
      closeSync(descriptor);
    },
  };
}

function openForLocking(path: string, flags: number): number {
  try {
    return openSync(path, constants.O_RDWR | constants.O_CREAT | flags, 0o644);
  } catch (error) {
    const code = errorCode(error);
    const there = statSync(path, { throwIfNoEntry: false }) !== undefined;
    if (!there || (code !== 'EROFS' && code !== 'EACCES')) throw error;
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | flags);
  }
}
