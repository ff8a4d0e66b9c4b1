import { join } from 'node:path';

import type { FileSystem } from './file-system.ts';
import { removeFile } from './remove.ts';
import { isTemporaryName } from './temporary-name.ts';

export interface LeftoverOptions {
  /** Look into the directories below too (default false). */
  readonly deep?: boolean;
}

/**
 * Removes the temporary siblings that processes left behind when they died: files with a name of
 * `isTemporaryName`. Everything else stays, links and directories with such a name too; no link is
 * followed. A sibling does not tell whether its process lives, so the caller sees to it that nobody
 * writes there at the time: it holds the lock that writers hold. Durable; may be called again.
 * @returns the paths that were removed, in the order of their names
 * @throws the first error of the system; what was removed until then is gone
 */
export function removeLeftovers(
  fileSystem: FileSystem,
  directory: string,
  { deep = false }: LeftoverOptions = {},
): string[] {
  const below: string[] = [];
  const removed: string[] = [];
  for (const name of fileSystem.list(directory)) {
    const path = join(directory, name);
    // only what matters is looked at: a call for each page would make this slow
    if (!deep && !isTemporaryName(name)) continue;
    const kind = fileSystem.stat(path)?.kind;
    if (kind === 'directory') below.push(path);
    if (kind !== 'file' || !isTemporaryName(name)) continue;
    if (removeFile(fileSystem, path)) removed.push(path);
  }
  if (removed.length > 0) fileSystem.syncDirectory(directory);
  if (!deep) return removed;
  return [...removed, ...below.flatMap((path) => removeLeftovers(fileSystem, path, { deep }))];
}
