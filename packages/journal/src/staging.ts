/**
 * Private directories for files that are prepared without the lock. Each has a lock file beside
 * it, held for as long as its owner lives: a free lock means a dead owner, whatever its pid says.
 */
import { join } from 'node:path';

import { makeDirectories, removeFile, removeTree, writeNewFile } from '@openkb/atomic-fs';

import type { Change } from './change-set.ts';
import type { Context } from './context.ts';
import type { Staging } from './contract.ts';
import { JournalError } from './errors.ts';
import { changesToUndo } from './history/undo-changes.ts';
import { stagingLock, stagingName, stagingNames } from './layout.ts';
import type { HeldLock, LockProvider } from './lock/lock.ts';
import { checkOwnDirectories } from './own-directories.ts';
import { reasonOf } from './reason.ts';

/** @throws JournalError `not-written` where the disk refuses */
export function createStaging(context: Context, locks: LockProvider): Staging {
  const { fileSystem, layout } = context;
  try {
    checkOwnDirectories(context);
    makeDirectories(fileSystem, layout.stagingDirectory);
    const { directory, lock } = lockedName(context, locks);
    fileSystem.makeDirectory(directory);
    return {
      directory,
      prepare: (changes) => prepareChanges(context, directory, changes),
      undo: (id) => changesToUndo(context, directory, id),
      discard() {
        try {
          removeTree(fileSystem, directory);
          removeFile(fileSystem, stagingLock(directory));
        } finally {
          lock.release();
        }
      },
    };
  } catch (cause) {
    if (cause instanceof JournalError) throw cause;
    const text = `nothing can be prepared in "${layout.stagingDirectory}": ${reasonOf(cause)}`;
    throw new JournalError('not-written', text, { cause });
  }
}

/**
 * The lock first: a directory without a locked file beside it is taken for a dead one's. Who reaps
 * may look at the new lock file before it is locked, and hold it for an instant.
 */
function lockedName(
  { layout, randomId }: Context,
  locks: LockProvider,
): { directory: string; lock: HeldLock } {
  for (let tries = 0; tries < 10; tries += 1) {
    const directory = join(layout.stagingDirectory, stagingName(randomId()));
    const lock = locks.tryLock(stagingLock(directory), 'exclusive');
    if (lock !== undefined) return { directory, lock };
  }
  throw new Error('every new lock there is taken');
}

/** Removes what dead owners left. Only under the exclusive lock. */
export function reapStaging({ fileSystem, layout }: Context, locks: LockProvider): void {
  if (fileSystem.stat(layout.stagingDirectory)?.kind !== 'directory') return;
  for (const name of stagingNames(fileSystem.list(layout.stagingDirectory))) {
    const directory = join(layout.stagingDirectory, name);
    const lock = locks.tryLock(stagingLock(directory), 'exclusive');
    if (lock === undefined) continue;
    try {
      removeTree(fileSystem, directory);
      removeFile(fileSystem, stagingLock(directory));
    } catch {
      // a file in use (Windows) or not ours to remove: the next one tries again
    } finally {
      lock.release();
    }
  }
}

function prepareChanges(
  { fileSystem, randomId }: Context,
  directory: string,
  changes: readonly Change[],
): Change[] {
  return changes.map((change) => {
    if (change.kind !== 'write') return change;
    const staged = join(directory, `w${randomId()}`);
    const { bytes, ...rest } = change;
    try {
      const digest = writeNewFile(fileSystem, staged, bytes);
      return { ...rest, kind: 'publish', staged, digest };
    } catch (cause) {
      const text = `"${change.path}" cannot be prepared: ${reasonOf(cause)}`;
      throw new JournalError('not-written', text, { cause, paths: [change.path] });
    }
  });
}
