import { createHash } from 'node:crypto';

import { AtomicFsError } from './errors.ts';
import type { FileHandle, FileSystem } from './file-system.ts';
import type { FileDigest } from './read-file.ts';

export interface WriteOptions {
  /** Permission bits, set as given; without it `0o666` as the umask allows. */
  readonly mode?: number;
  /** Force the data to disk before returning (default true). */
  readonly sync?: boolean;
}

/**
 * Writes a file that must not exist yet, forces its data to disk and tells what was written. Its
 * name is durable only when the caller has synced the directory. After an error nothing is left
 * at `path`.
 * @param content the bytes, at once or in chunks
 * @throws `EEXIST`, `ENOSPC`, `EIO`, …; `AtomicFsError` `short-write` when the disk stored less than
 *   it was given without saying so
 */
export function writeNewFile(
  fileSystem: FileSystem,
  path: string,
  content: Uint8Array | Iterable<Uint8Array>,
  { mode, sync = true }: WriteOptions = {},
): FileDigest {
  const handle = fileSystem.open(path, 'create', mode);
  try {
    const digest = writeAll(handle, content instanceof Uint8Array ? [content] : content);
    const stored = handle.stat();
    if (stored.size !== digest.size) {
      throw new AtomicFsError(
        'short-write',
        `"${path}" holds ${stored.size} bytes where ${digest.size} were written`,
      );
    }
    // the umask may have taken bits away
    if (mode !== undefined && (stored.mode & 0o777) !== mode) handle.setMode(mode);
    if (sync) handle.sync();
    handle.close();
    return digest;
  } catch (error) {
    discard(fileSystem, handle, path);
    throw error;
  }
}

/** The system may take fewer bytes than it was given; none at all is an error. */
function writeAll(handle: FileHandle, chunks: Iterable<Uint8Array>): FileDigest {
  const hash = createHash('sha256');
  let size = 0;
  for (const chunk of chunks) {
    hash.update(chunk);
    size += chunk.length;
    for (let rest = chunk; rest.length > 0;) {
      const written = handle.write(rest);
      if (written === 0) throw new AtomicFsError('short-write', 'the disk takes no more bytes');
      rest = rest.subarray(written);
    }
  }
  return { size, sha256: hash.digest('hex') };
}

/** The first error is the one to report: what fails while cleaning up after it is passed over. */
function discard(fileSystem: FileSystem, handle: FileHandle, path: string): void {
  for (const step of [() => handle.close(), () => fileSystem.unlink(path)]) {
    try {
      step();
    } catch {
      // reported by the error that led here
    }
  }
}
