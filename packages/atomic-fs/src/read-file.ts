import { createHash } from 'node:crypto';

import { AtomicFsError, errorCode } from './errors.ts';
import type { FileHandle, FileSystem } from './file-system.ts';

/** Bytes read at a time: enough that the calls do not count, and a whole process needs few of them. */
const CHUNK = 1 << 16;

/**
 * Reads a whole regular file.
 * @throws the error of `open` (`ENOENT`, `EACCES`, `ELOOP` for a symbolic link, …);
 *   `AtomicFsError` `not-a-file` for a pipe or a device, at once
 */
export function readFile(fileSystem: FileSystem, path: string): Uint8Array {
  const handle = fileSystem.open(path, 'read');
  try {
    const size = sizeOf(handle, path);
    // one byte more than the file has, so that its end is seen
    let bytes: Uint8Array = new Uint8Array(size + 1);
    for (let length = 0; ;) {
      const read = handle.read(bytes.subarray(length), length);
      length += read;
      if (isAtEnd(read, length, size)) return bytes.subarray(0, length);
      if (length === bytes.length) bytes = longer(bytes);
    }
  } finally {
    handle.close();
  }
}

/** Of a file that grows while it is read, or that does not tell its size (`/proc`). */
function longer(bytes: Uint8Array): Uint8Array {
  const next = new Uint8Array(bytes.length * 2 + 4096);
  next.set(bytes);
  return next;
}

/** Nothing was read, or exactly what the file had: then its end need not be asked for once more. */
const isAtEnd = (read: number, position: number, size: number): boolean =>
  read === 0 || (position === size && size > 0);

function sizeOf(handle: FileHandle, path: string): number {
  const { kind, size } = handle.stat();
  if (kind !== 'other') return size;
  throw new AtomicFsError('not-a-file', `"${path}" is a pipe or a device`);
}

/** As `readFile`, or `undefined` where there is nothing, also where it goes away meanwhile. */
export function readFileIfThere(fileSystem: FileSystem, path: string): Uint8Array | undefined {
  if (fileSystem.stat(path) === undefined) return undefined;
  try {
    return readFile(fileSystem, path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The file's bytes, at most 64 KiB at a time, in one array that is filled anew for each step: who keeps
 * a chunk copies it. The file is closed at the end. Errors as `readFile`.
 */
export function* readChunks(fileSystem: FileSystem, path: string): Generator<Uint8Array> {
  const handle = fileSystem.open(path, 'read');
  try {
    const size = sizeOf(handle, path);
    const buffer = new Uint8Array(Math.min(CHUNK, Math.max(size, 4095) + 1));
    for (let position = 0; ;) {
      const read = handle.read(buffer, position);
      position += read;
      if (read > 0) yield buffer.subarray(0, read);
      if (isAtEnd(read, position, size)) return;
    }
  } finally {
    handle.close();
  }
}

export interface FileDigest {
  /** Bytes. */
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Size and SHA-256 of a file, in bounded memory. Errors as `readFile`. */
export function hashFile(fileSystem: FileSystem, path: string): FileDigest {
  const hash = createHash('sha256');
  let size = 0;
  for (const chunk of readChunks(fileSystem, path)) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest('hex') };
}

/** Size and SHA-256 of bytes in memory. */
export function hashBytes(bytes: Uint8Array): FileDigest {
  return { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
