import { dirname } from 'node:path';

import type { FileSystem } from './file-system.ts';
import type { WriteOptions } from './new-file.ts';
import type { FileDigest } from './read-file.ts';
import { renameOrDiscard } from './rename-or-discard.ts';
import { temporarySibling } from './temporary-name.ts';
import { writeNewFile } from './write-new-file.ts';

export interface ReplaceOptions {
  /** Letters and digits, unused so far: names the temporary sibling. */
  readonly id: string;
  /** Permission bits; by default those of the file that is replaced, else as the umask allows. */
  readonly mode?: number;
  /** Survive a power cut (default true): the data is synced before the rename, the name after it. */
  readonly durable?: boolean;
}

/**
 * Overwrites a file, or makes it, so that no reader and no crash ever shows half of it: temporary
 * sibling, all bytes, sync, rename, sync of the directory. A symbolic link at `path` is replaced,
 * not followed. After an error the old file is untouched and no temporary file is left; after a
 * failed sync of the directory, which comes last, the new file is there and may not survive a power
 * cut.
 * @param content text is stored as UTF-8; chunks are written as they come, one at a time
 * @returns size and SHA-256 of what was written
 * @throws the system's error (`ENOSPC`, `EACCES`, …) or `AtomicFsError` `short-write`
 */
export function replaceFile(
  fileSystem: FileSystem,
  path: string,
  content: Uint8Array | string | Iterable<Uint8Array>,
  options: ReplaceOptions,
): FileDigest {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const sibling = temporarySibling(path, options.id);
  const digest = writeNewFile(
    fileSystem,
    sibling,
    bytes,
    siblingOptions(fileSystem, path, options),
  );
  putInPlace(fileSystem, sibling, path, options);
  return digest;
}

/** How the temporary sibling is written: from its first byte on no more readable than what it replaces. */
export function siblingOptions(
  fileSystem: FileSystem,
  path: string,
  { mode, durable = true }: ReplaceOptions,
): WriteOptions {
  const there = fileSystem.stat(path);
  const bits = mode ?? (there?.kind === 'file' ? there.mode & 0o777 : undefined);
  return { sync: durable, ...(bits === undefined ? {} : { mode: bits }) };
}

/** The last two steps: the finished sibling takes the place of `path`, durably when asked for. */
export function putInPlace(
  fileSystem: FileSystem,
  sibling: string,
  path: string,
  { durable = true }: ReplaceOptions,
): void {
  renameOrDiscard(fileSystem, sibling, path);
  if (durable) fileSystem.syncDirectory(dirname(path));
}
