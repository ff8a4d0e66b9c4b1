import { join } from 'node:path';

import { errorCode } from './errors.ts';
import type { FileSystem } from './file-system.ts';

/**
 * Removes a name that is no directory. Not durable until its directory is synced.
 * @returns whether there was something to remove
 */
export function removeFile(fileSystem: FileSystem, path: string): boolean {
  try {
    fileSystem.unlink(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Removes a directory and all below it, or a single file. Symbolic links go, what they lead to
 * stays. Nothing there is fine. Cut short, it may be called again.
 */
export function removeTree(fileSystem: FileSystem, path: string): void {
  const stat = fileSystem.stat(path);
  if (stat === undefined) return;
  if (stat.kind !== 'directory') {
    removeFile(fileSystem, path);
    return;
  }
  for (const name of fileSystem.list(path)) removeEntry(fileSystem, join(path, name));
  fileSystem.removeDirectory(path);
}

/** Most are files: asking each first would cost as much again. */
function removeEntry(fileSystem: FileSystem, path: string): void {
  try {
    removeFile(fileSystem, path);
  } catch (error) {
    // how Linux and others refuse to unlink a directory
    if (!['EISDIR', 'EPERM'].includes(errorCode(error) ?? '')) throw error;
    removeTree(fileSystem, path);
  }
}
