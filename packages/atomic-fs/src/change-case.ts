import { dirname } from 'node:path';

import type { FileSystem } from './file-system.ts';

export interface ChangeCaseOptions {
  /**
   * Where the file is between its two names: an unused path on the same device that the caller looks
   * at after a crash. No temporary sibling, as those are removed.
   */
  readonly via: string;
}

/**
 * Renames a file to a name that may be the same one to the disk, as `Foo.md` and `foo.md` are on
 * macOS and Windows: by way of a third name, since a rename between two names of one file does
 * nothing. Durable. After a crash the file is whole, under `from`, `via` or `to`; one that is found
 * at `via` is moved to `to` (or back), where nothing is by then.
 * @throws `EEXIST` when another file has the name `to`: nothing is changed; the system's errors,
 *   after which the file is where it was, unless that is impossible too and it is at `via`
 */
export function changeCase(
  fileSystem: FileSystem,
  from: string,
  to: string,
  { via }: ChangeCaseOptions,
): void {
  if (fileSystem.stat(via) !== undefined) throw taken(via);
  fileSystem.rename(from, via);
  try {
    fileSystem.syncDirectory(dirname(via));
    // only now is it known whether this was the same file by another name
    if (fileSystem.stat(to) !== undefined) throw taken(to);
    fileSystem.rename(via, to);
  } catch (error) {
    putBack(fileSystem, via, from);
    throw error;
  }
  for (const directory of new Set([to, from, via].map(dirname)))
    fileSystem.syncDirectory(directory);
}

function putBack(fileSystem: FileSystem, via: string, from: string): void {
  try {
    if (fileSystem.stat(from) === undefined) fileSystem.rename(via, from);
  } catch {
    // the first error is the one to report; the file is at `via`, where the caller looks
  }
}

function taken(path: string): Error {
  return Object.assign(new Error(`EEXIST: "${path}" is there already`), { code: 'EEXIST', path });
}
