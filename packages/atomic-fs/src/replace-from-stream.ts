import type { FileSystem } from './file-system.ts';
import { NewFile } from './new-file.ts';
import type { FileDigest } from './read-file.ts';
import { putInPlace, siblingOptions, type ReplaceOptions } from './replace-file.ts';
import { temporarySibling } from './temporary-name.ts';

/**
 * `replaceFile` for bytes that arrive over time (a download, another program's output): each chunk
 * goes to the temporary sibling before the next one is asked for, so that memory holds one of them.
 * `path` keeps its old content until the stream has ended. A stream that fails, or that was aborted
 * and says so by an error, leaves the old file and no temporary one. A process that dies while
 * it waits leaves the sibling: see `removeLeftovers`.
 * @param chunks any async iterable of bytes, a `Readable` or a web `ReadableStream` too
 * @returns size and SHA-256 of what arrived
 * @throws as `replaceFile`; whatever the stream throws
 */
export async function replaceFromStream(
  fileSystem: FileSystem,
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  options: ReplaceOptions,
): Promise<FileDigest> {
  const sibling = temporarySibling(path, options.id);
  const file = new NewFile(fileSystem, sibling, siblingOptions(fileSystem, path, options));
  let digest: FileDigest;
  try {
    for await (const chunk of chunks) file.write(chunk);
    digest = file.finish();
  } catch (error) {
    file.discard();
    throw error;
  }
  putInPlace(fileSystem, sibling, path, options);
  return digest;
}
