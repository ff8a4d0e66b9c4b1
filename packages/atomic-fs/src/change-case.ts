import { dirname } from 'node:path';

import { AtomicFsError } from './errors.ts';
import type { FileSystem } from './file-system.ts';
import { isSameFile } from './hard-link-or-copy.ts';

export interface ChangeCaseOptions {
  /**
   * Where the file is between its two names: an unused path on the same device that the caller looks
   * at after a crash. No temporary sibling, as those are removed.
   */
  readonly via: string;
}

/**
 * Renames a file to a name that may be the same one to the disk, as `Foo.md` and `foo.md` are on
 * macOS and Windows: there by way of a third name, since a rename between two names of one file does
 * nothing. Durable. After a crash the file is whole, under `from`, `via` or `to`; one that is found
 * at `via` is moved to either of the other two, once the directory is synced.
 * @throws `EEXIST` when another file has the name `to`, or any the name `via`: nothing is changed; the
 *   system's errors, with the file where it was; `AtomicFsError` `outcome-unknown`, with the first
 *   error as its `cause`, when it could be moved neither on nor back, or not durably back
 */
export function changeCase(
  fileSystem: FileSystem,
  from: string,
  to: string,
  { via }: ChangeCaseOptions,
): void {
  if (fileSystem.stat(to) === undefined) fileSystem.rename(from, to);
  else if (isSameFile(fileSystem, from, to)) renameVia(fileSystem, from, to, via);
  else throw taken(to);
  for (const directory of new Set([to, from].map((path) => dirname(path)))) {
    fileSystem.syncDirectory(directory);
  }
}

function renameVia(fileSystem: FileSystem, from: string, to: string, via: string): void {
  if (fileSystem.stat(via) !== undefined) throw taken(via);
  fileSystem.rename(from, via);
  try {
    // still there: a second link, not the same name
    if (fileSystem.stat(to) !== undefined) throw taken(to);
    fileSystem.rename(via, to);
  } catch (error) {
    putBack(fileSystem, via, from, error);
    throw error;
  }
}

function putBack(fileSystem: FileSystem, via: string, from: string, error: unknown): void {
  try {
    if (fileSystem.stat(from) !== undefined) throw taken(from);
    fileSystem.rename(via, from);
    fileSystem.syncDirectory(dirname(from));
  } catch {
    const text = `"${from}" may be at "${via}": it could not be moved on, nor safely back`;
    throw new AtomicFsError('outcome-unknown', text, { cause: error });
  }
}

function taken(path: string): Error {
  return Object.assign(new Error(`EEXIST: "${path}" is there already`), { code: 'EEXIST', path });
}
