import type { FileSystem } from './file-system.ts';
import { NewFile, type WriteOptions } from './new-file.ts';
import type { FileDigest } from './read-file.ts';

/**
 * Writes a file that must not exist yet, forces its data to disk and tells what was written. Its
 * name is durable only when the caller has synced the directory. After an error nothing is left
 * at `path`.
 * @param content the bytes, at once or in chunks
 * @throws `EEXIST`, `ENOSPC`, `EIO`, …; `AtomicFsError` `short-write` when the disk stored less than
 *   it was given without saying so; whatever the chunks throw
 */
export function writeNewFile(
  fileSystem: FileSystem,
  path: string,
  content: Uint8Array | Iterable<Uint8Array>,
  options: WriteOptions = {},
): FileDigest {
  const file = new NewFile(fileSystem, path, options);
  try {
    for (const chunk of content instanceof Uint8Array ? [content] : content) file.write(chunk);
    return file.finish();
  } catch (error) {
    file.discard();
    throw error;
  }
}
