import { dirname } from 'node:path';

import { errorCode } from './errors.ts';
import type { FileSystem } from './file-system.ts';

/**
 * Makes a directory and whatever is missing above it, each durable: synced in its parent.
 * @returns the directories that were made, parents first; empty when all were there
 * @throws `ENOTDIR` when something on the way is no directory
 */
export function makeDirectories(fileSystem: FileSystem, path: string, mode?: number): string[] {
  const made: string[] = [];
  for (const directory of missingDirectories(fileSystem, path)) {
    try {
      fileSystem.makeDirectory(directory, mode);
      made.push(directory);
    } catch (error) {
      // somebody else made it meanwhile
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    fileSystem.syncDirectory(dirname(directory));
  }
  return made;
}

/** The directories that `makeDirectories(path)` would make, parents first. Errors as there. */
export function missingDirectories(fileSystem: FileSystem, path: string): string[] {
  const missing: string[] = [];
  for (let directory = path; ; directory = dirname(directory)) {
    const stat = fileSystem.stat(directory);
    if (stat?.kind === 'directory' || stat?.kind === 'symlink') return missing;
    if (stat !== undefined) throw notADirectory(directory);
    missing.unshift(directory);
  }
}

function notADirectory(path: string): Error {
  return Object.assign(new Error(`ENOTDIR: "${path}" is not a directory`), {
    code: 'ENOTDIR',
    path,
  });
}
