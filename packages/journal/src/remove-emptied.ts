/** Directories that a committed mutation leaves empty (DESIGN.md section 5, step 11). */
import { dirname, join } from 'node:path';

import { errorCode } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import { ancestors } from './paths.ts';
import type { JournalRecord } from './record.ts';

/**
 * Removes, durably, those of them that are empty. Idempotent: each parent is synced, also where an earlier try that
 * was cut short has removed the directory already.
 */
export function removeEmptied(context: Context, { emptied = [] }: JournalRecord): void {
  const { fileSystem, layout } = context;
  const parents = new Set<string>();
  for (const path of emptied) {
    const directory = join(layout.root, path);
    if (!hasRealParents(context, path)) continue;
    parents.add(dirname(directory));
    if (isRealDirectory(context, path) && fileSystem.list(directory).length === 0)
      remove(context, directory);
  }
  for (const parent of parents)
    if (fileSystem.stat(parent)?.kind === 'directory') fileSystem.syncDirectory(parent);
}

/** Somebody may have put something into it since it was looked at. */
function remove({ fileSystem }: Context, directory: string): void {
  try {
    fileSystem.removeDirectory(directory);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errorCode(error) ?? '')) throw error;
  }
}

/** Whether a directory lies there, and no link on the way: nothing goes through one (I2). */
export function isRealDirectory(context: Context, path: string): boolean {
  const { fileSystem, layout } = context;
  return (
    hasRealParents(context, path) && fileSystem.stat(join(layout.root, path))?.kind === 'directory'
  );
}

const hasRealParents = ({ fileSystem, layout }: Context, path: string): boolean =>
  ancestors(path).every((above) => {
    const kind = fileSystem.stat(join(layout.root, above))?.kind;
    return kind === undefined || kind === 'directory';
  });
