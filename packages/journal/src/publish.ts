/** Changes the live paths. Only after the record is durable (I3). */
import { dirname, join } from 'node:path';

import { moveIntoPlace, type FileStat } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import type { MutationLayout } from './layout.ts';
import type { Plan } from './plan.ts';
import { conflict, type Saved } from './snapshot.ts';
import type { Staged } from './stage-contents.ts';

/**
 * Makes the missing directories, then publishes or removes each path in order, and syncs every
 * directory whose entries changed.
 * @throws JournalError `conflict` when a live file is not the one that was saved a moment ago
 */
export function publish(
  context: Context,
  mutation: MutationLayout,
  plan: Plan,
  saved: readonly Saved[],
  staged: readonly Staged[],
): void {
  const { fileSystem, layout } = context;
  checkStillSaved(context, plan, saved);
  const directories = new Set<string>();
  for (const path of plan.missing) {
    fileSystem.makeDirectory(join(layout.root, path));
    directories.add(dirname(join(layout.root, path)));
  }
  for (const [n, { path }] of plan.changes.entries()) {
    if (isUnchanged(saved[n]!, staged[n])) continue;
    const live = layout.live(path);
    if (!isSameStat(saved[n]!.stat, fileSystem.stat(live))) throw conflict([path]);
    const content = staged[n];
    if (content === undefined) fileSystem.unlink(live);
    else moveIntoPlace(fileSystem, content.file, live, { id: mutation.temporaryId(n) });
    directories.add(dirname(live));
  }
  for (const directory of directories) fileSystem.syncDirectory(directory);
}

/** Once for all before the first change, so that an edit made meanwhile costs no staged file. */
function checkStillSaved(
  { fileSystem, layout }: Context,
  plan: Plan,
  saved: readonly Saved[],
): void {
  const moved = plan.changes
    .map(({ path }) => path)
    .filter((path, n) => !isSameStat(saved[n]!.stat, fileSystem.stat(layout.live(path))));
  if (moved.length > 0) throw conflict(moved);
}

/** A change that leaves the path as it is: the same bytes, or the removal of nothing. */
export function isUnchanged({ before }: Saved, staged: Staged): boolean {
  if (before === null || staged === undefined) return before === null && staged === undefined;
  return before.size === staged.after.size && before.sha256 === staged.after.sha256;
}

function isSameStat(a: FileStat | undefined, b: FileStat | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.inode === b.inode &&
    a.device === b.device &&
    a.size === b.size &&
    a.modified === b.modified &&
    a.kind === b.kind
  );
}
