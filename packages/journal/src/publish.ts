/** Changes the live paths. Only after the record is durable (I3). */
import { dirname, join } from 'node:path';

import { errorCode, moveIntoPlace } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import { JournalError } from './errors.ts';
import type { MutationLayout } from './layout.ts';
import { checkOnDisk } from './paths.ts';
import type { Plan } from './plan.ts';
import { isNoChange } from './record.ts';
import { isSameStat } from './same-stat.ts';
import { conflict, type Saved } from './snapshot.ts';
import type { Staged } from './stage-contents.ts';

/**
 * Makes the missing directories, then publishes or removes each path in order, and syncs every
 * directory whose entries changed.
 * @param begun filled with the position of each change before it is made: what is not in it has not
 *   been touched, whatever is thrown
 * @throws JournalError `conflict` when a live file is not the one that was saved a moment ago
 */
export function publish(
  context: Context,
  mutation: MutationLayout,
  plan: Plan,
  saved: readonly Saved[],
  staged: readonly Staged[],
  begun: Set<number>,
): void {
  const { fileSystem, layout } = context;
  checkStillSaved(context, plan, saved);
  const directories = new Set<string>();
  for (const path of plan.missing) {
    makeDirectory(context, path);
    directories.add(dirname(join(layout.root, path)));
  }
  for (const [n, { path }] of plan.changes.entries()) {
    if (isUnchanged(saved[n]!, staged[n])) continue;
    const live = layout.live(path);
    demandLock(context);
    if (!isSameStat(saved[n]!.stat, fileSystem.stat(live))) throw conflict([path]);
    begun.add(n);
    const content = staged[n];
    if (content === undefined) fileSystem.unlink(live);
    else moveIntoPlace(fileSystem, content.file, live, { id: mutation.temporaryId(n) });
    directories.add(dirname(live));
  }
  for (const directory of directories) fileSystem.syncDirectory(directory);
  demandLock(context);
}

/** @throws JournalError `outcome-unknown` when others may be at work on the same files */
function demandLock({ isLocked, layout }: Context): void {
  if (isLocked()) return;
  const text = `the lock file "${layout.lockFile}" was removed while it was held; the next command finds out what became of the change`;
  throw new JournalError('outcome-unknown', text);
}

/** Somebody may have made it since the plan; one that is there is as good. */
function makeDirectory({ fileSystem, layout }: Context, path: string): void {
  try {
    fileSystem.makeDirectory(join(layout.root, path));
  } catch (error) {
    const kind = fileSystem.stat(join(layout.root, path))?.kind;
    if (errorCode(error) !== 'EEXIST' || kind !== 'directory') throw error;
  }
}

/**
 * Once for all before the first change, so that an edit made meanwhile costs no staged file, and a
 * directory that became a link meanwhile leads nowhere (I2).
 */
function checkStillSaved(
  { fileSystem, layout }: Context,
  plan: Plan,
  saved: readonly Saved[],
): void {
  const moved = plan.changes
    .map(({ path }) => path)
    .filter((path, n) => !isSameStat(saved[n]!.stat, fileSystem.stat(layout.live(path))));
  if (moved.length > 0) throw conflict(moved);
  const seen = new Set<string>();
  for (const { path } of plan.changes) checkOnDisk(fileSystem, layout, path, 'file', seen);
}

/** A change that leaves the path as it is: the same bytes and permission bits, or the removal of nothing. */
export function isUnchanged({ before }: Saved, staged: Staged): boolean {
  return isNoChange({ before, after: staged?.after ?? null });
}
