/**
 * On Windows a file that another program holds open for a moment (a virus scanner, an indexer, a
 * cloud drive, an editor) cannot be renamed, replaced, removed or opened: EBUSY, EPERM or EACCES.
 * Some milliseconds later it can. Elsewhere the same codes are final.
 */
import { errorCode } from '../errors.ts';
import type { FileSystem } from '../file-system.ts';
import { renameOverReadOnly } from './rename-over-read-only.ts';

export interface RetryOptions {
  /** `process.platform` of the machine that the file system is on; all but `win32` change nothing. */
  readonly platform: NodeJS.Platform;
  /** Waits so many milliseconds before it returns. */
  readonly sleep: (milliseconds: number) => void;
  /** Tries in all, the first included; default 17, which is about 10 s. */
  readonly attempts?: number;
}

const BUSY = new Set(['EBUSY', 'EPERM', 'EACCES']);
const SHORTEST = 10;
const LONGEST = 1000;
const ATTEMPTS = 17;

/**
 * A file system on which `rename`, `unlink`, `open` and the calls on directories are tried again when the
 * file or directory is in use: after 10 ms, then twice as long each time, at most 1 s, then the last error
 * passes. All other calls are made once. A sync above all: the bytes that a failed one was about
 * may be gone, and a second one would say that they are safe. A read-only file is replaced, as on
 * other systems.
 */
export function retrying(fileSystem: FileSystem, options: RetryOptions): FileSystem {
  if (options.platform !== 'win32') return fileSystem;
  const again = <T>(call: () => T, file?: string): T =>
    tryAgain(call, () => file !== undefined && isDirectory(fileSystem, file), options);
  return {
    open: (path, flag, mode) => again(() => fileSystem.open(path, flag, mode), path),
    list: (path) => again(() => fileSystem.list(path)),
    stat: (path) => fileSystem.stat(path),
    // the name may be that of a directory on its way out
    makeDirectory: (path, mode) => again(() => fileSystem.makeDirectory(path, mode)),
    rename: (from, to) => again(() => renameOverReadOnly(fileSystem, from, to), to),
    link: (from, to) => fileSystem.link(from, to),
    unlink: (path) => again(() => fileSystem.unlink(path), path),
    removeDirectory: (path) => again(() => removeEmptied(fileSystem, path)),
    syncDirectory: (path) => fileSystem.syncDirectory(path),
  };
}

/** A file that was removed while it was open keeps its directory from going until it is closed. */
function removeEmptied(fileSystem: FileSystem, path: string): void {
  try {
    fileSystem.removeDirectory(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOTEMPTY' || fileSystem.list(path).length > 0) throw error;
    throw Object.assign(new Error(`EBUSY: "${path}" is in use`, { cause: error }), {
      code: 'EBUSY',
      path,
    });
  }
}

function tryAgain<T>(
  call: () => T,
  isHopeless: () => boolean,
  { sleep, attempts = ATTEMPTS }: RetryOptions,
): T {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return call();
    } catch (error) {
      if (attempt >= attempts || !BUSY.has(errorCode(error) ?? '') || isHopeless()) throw error;
      sleep(Math.min(SHORTEST * 2 ** (attempt - 1), LONGEST));
    }
  }
}

/** Where a file is expected a directory is refused for ever, with the codes of a file in use. */
function isDirectory(fileSystem: FileSystem, path: string): boolean {
  try {
    return fileSystem.stat(path)?.kind === 'directory';
  } catch {
    // no more can be said of it now: it may be in use
    return false;
  }
}
