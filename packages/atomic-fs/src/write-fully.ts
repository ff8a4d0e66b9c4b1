import { AtomicFsError } from './errors.ts';
import type { FileHandle } from './file-system.ts';

/**
 * Writes all bytes of a chunk: the system may take fewer than it was given, and then gets the rest.
 * @param path for the messages
 * @throws `AtomicFsError` `short-write` when it takes none; `TypeError` for what is no bytes, which
 *   streams without a type hand out
 */
export function writeFully(handle: FileHandle, chunk: Uint8Array, path: string): void {
  if (!(chunk instanceof Uint8Array)) {
    throw new TypeError(`a chunk for "${path}" is a ${typeof chunk} instead of bytes`);
  }
  for (let rest = chunk; rest.length > 0;) {
    const written = handle.write(rest);
    if (written === 0) {
      throw new AtomicFsError('short-write', `the disk takes no more bytes of "${path}"`);
    }
    rest = rest.subarray(written);
  }
}
