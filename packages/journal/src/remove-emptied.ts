/** Directories that a committed mutation leaves empty (DESIGN.md section 5, step 11). */
import { dirname, join } from 'node:path';

import { errorCode } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import { JournalError } from './errors.ts';
import { checkOnDisk } from './paths.ts';
import type { JournalRecord } from './record.ts';

/**
 * Removes, durably, those of them that are empty. Idempotent: each parent is synced, also where an earlier try that
 * was cut short has removed the directory already.
 */
export function removeEmptied(context: Context, { emptied = [] }: JournalRecord): void {
  const { fileSystem, layout } = context;
  const parents = new Set<string>();
  for (const path of emptied) {
    if (!isOwnPath(context, path)) continue;
    const directory = join(layout.root, path);
    parents.add(dirname(directory));
    if (fileSystem.stat(directory)?.kind !== 'directory') continue;
    if (fileSystem.list(directory).length > 0) continue;
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

/** A directory on the way may have become a link since the mutation was planned: nothing goes through it (I2). */
function isOwnPath({ fileSystem, layout }: Context, path: string): boolean {
  try {
    checkOnDisk(fileSystem, layout, path, 'directory', new Set());
    return true;
  } catch (error) {
    if (error instanceof JournalError && error.code === 'bad-path') return false;
    throw error;
  }
}
