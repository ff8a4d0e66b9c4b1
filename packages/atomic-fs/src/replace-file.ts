import { dirname } from 'node:path';

import type { FileSystem } from './file-system.ts';
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
 * not followed. After an error the old file is untouched and no temporary file is left.
 * @throws the system's error (`ENOSPC`, `EACCES`, …) or `AtomicFsError` `short-write`
 */
export function replaceFile(
  fileSystem: FileSystem,
  path: string,
  content: Uint8Array | string,
  { id, mode, durable = true }: ReplaceOptions,
): void {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const there = fileSystem.stat(path);
  const bits = mode ?? (there?.kind === 'file' ? there.mode & 0o777 : undefined);
  const sibling = temporarySibling(path, id);
  writeNewFile(fileSystem, sibling, bytes, {
    sync: durable,
    ...(bits === undefined ? {} : { mode: bits }),
  });
  try {
    fileSystem.rename(sibling, path);
  } catch (error) {
    try {
      fileSystem.unlink(sibling);
    } catch {
      // the rename's error is the one to report
    }
    throw error;
  }
  if (durable) fileSystem.syncDirectory(dirname(path));
}
