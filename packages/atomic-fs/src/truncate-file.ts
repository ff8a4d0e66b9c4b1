import type { FileSystem } from './file-system.ts';

/**
 * Cuts a file to its first `size` bytes, durably: what takes the torn tail off a log after a crash,
 * before anything is appended again. Idempotent.
 * @param size bytes; not more than the file has
 * @throws `ENOENT`, `EIO`, …; RangeError when the file is shorter already: it is not the one that the
 *   caller has read
 */
export function truncateFile(fileSystem: FileSystem, path: string, size: number): void {
  const handle = fileSystem.open(path, 'update');
  try {
    const there = handle.stat().size;
    if (there < size) {
      throw new RangeError(`"${path}" holds ${there} bytes and cannot be cut to ${size}`);
    }
    if (there > size) handle.truncate(size);
    handle.sync();
  } finally {
    handle.close();
  }
}
