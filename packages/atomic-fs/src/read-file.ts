import { createHash } from 'node:crypto';

import type { FileSystem } from './file-system.ts';

/** Bytes read at a time: large enough that the calls do not count, small enough to keep memory flat. */
const CHUNK = 1 << 20;

/**
 * Reads a whole regular file.
 * @throws the error of `open` (`ENOENT`, `EACCES`, `ELOOP` for a symbolic link, …)
 */
export function readFile(fileSystem: FileSystem, path: string): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (const chunk of readChunks(fileSystem, path)) {
    chunks.push(chunk);
    size += chunk.length;
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size);
}

/** As `readFile`, or `undefined` where there is nothing. */
export function readFileIfThere(fileSystem: FileSystem, path: string): Uint8Array | undefined {
  return fileSystem.stat(path) === undefined ? undefined : readFile(fileSystem, path);
}

/** The file's bytes, one fresh array of at most 1 MiB after the other; the file is closed at the end. */
export function* readChunks(fileSystem: FileSystem, path: string): Generator<Uint8Array> {
  const handle = fileSystem.open(path, 'read');
  try {
    // one byte more than the file has, so that its end is seen without a second read
    let length = Math.min(CHUNK, handle.stat().size + 1);
    for (let position = 0; ;) {
      const buffer = new Uint8Array(length);
      const read = handle.read(buffer, position);
      if (read === 0) return;
      yield buffer.subarray(0, read);
      position += read;
      length = read < length ? Math.min(CHUNK, 4096) : CHUNK;
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
