/**
 * Rollback (DESIGN.md section 5): the same code for a mutation that failed in this process and for
 * one that another process left unfinished. It looks at what is, not at what was done (I7).
 */
import { dirname, join } from 'node:path';

import {
  copyIntoPlace,
  errorCode,
  hashFile,
  isLinkRefusal,
  makeDirectories,
  removeFile,
  temporarySibling,
  type FileStat,
  type FileSystem,
} from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import { discard } from './discard.ts';
import { keepEdit, keptEdits } from './keep-edit.ts';
import type { MutationLayout } from './layout.ts';
import { changeState } from './record-file.ts';
import { isNoChange, isSameDigest, type JournalRecord, type Touched } from './record.ts';
import { isSameStat } from './same-stat.ts';

/** How a touched path is found. `foreign`: neither before nor after, so a person changed it. */
type Found = 'unchanged' | 'published' | 'foreign';

interface Step {
  readonly n: number;
  readonly touched: Touched;
  readonly found: Found;
  /** What lay at the live path when it was looked at. */
  readonly stat: FileStat | undefined;
}

/**
 * Brings every touched path back to what it held before and settles the mutation as `rolled_back`.
 * @param begun positions of the changes that this process had begun to make; the others are left
 *   alone, whatever they hold. Without it (another process's mutation) every path is looked at.
 * @returns where people's edits were kept, relative to the root
 * @throws when an original is missing or damaged (nothing was touched), or the disk refuses; the
 *   journal is then still active
 */
export function rollBack(
  context: Context,
  mutation: MutationLayout,
  record: JournalRecord,
  begun?: ReadonlySet<number>,
): string[] {
  const steps = record.touched
    .map((touched, n) => look(context, mutation, n, touched))
    .filter(({ n }) => begun === undefined || begun.has(n))
    .toReversed();
  const changed = steps.filter(({ found }) => found !== 'unchanged');
  for (const step of changed) verifyOriginal(context, mutation, step);
  for (const step of steps) removeTemporary(context, mutation, step);
  for (const { found, touched } of changed) {
    if (found === 'foreign') keepEdit(context, record.id, touched.path);
  }
  for (const step of changed) restore(context, mutation, record, step);
  removeMadeDirectories(context, record);
  syncTouchedDirectories(context, record);
  const kept = keptEdits(context, record.id);
  changeState(context, mutation, 'active', 'rolled_back');
  discard(context, mutation);
  return kept;
}

function look(context: Context, mutation: MutationLayout, n: number, touched: Touched): Step {
  const stat = context.fileSystem.stat(context.layout.live(touched.path));
  return { n, touched, stat, found: isNoChange(touched) ? 'unchanged' : find() };

  function find(): Found {
    const { fileSystem, layout } = context;
    const { path, before, after } = touched;
    // a removal that was published, or somebody else's: either way there is nothing to keep
    if (stat === undefined) return before === null ? 'unchanged' : 'published';
    if (stat.kind === 'directory') return 'foreign';
    if (stat.kind !== 'file') throw new Error(`"${path}" is no regular file any more`);
    const original = before === null ? undefined : fileSystem.stat(mutation.before(n));
    if (original?.inode === stat.inode && original.device === stat.device) return 'unchanged';
    const now = hashFile(fileSystem, layout.live(path));
    if (before !== null && isSameDigest(before, now)) {
      // of the same bytes under other permission bits only the bits tell the two apart
      const isOurs = after !== null && isSameDigest(before, after) && after.mode === modeOf(stat);
      return isOurs ? 'published' : 'unchanged';
    }
    return after !== null && isSameDigest(after, now) ? 'published' : 'foreign';
  }
}

const modeOf = ({ mode }: FileStat): number => mode & 0o777;

function verifyOriginal(
  { fileSystem }: Context,
  mutation: MutationLayout,
  { n, touched: { path, before } }: Step,
): void {
  if (before === null) return;
  const original = mutation.before(n);
  if (fileSystem.stat(original)?.kind !== 'file') {
    throw new Error(`the saved original of "${path}" is missing`);
  }
  if (isSameDigest(before, hashFile(fileSystem, original))) return;
  // written to through its old name since it was saved: that edit is what comes back
  const { modified } = fileSystem.stat(original) ?? before;
  if (before.saved === 'link' && modified !== before.modified) return;
  throw new Error(`the saved original of "${path}" is damaged`);
}

/** What a copy into place left, of the mutation itself or of an earlier rollback. */
function removeTemporary(
  { fileSystem, layout }: Context,
  mutation: MutationLayout,
  { n, touched: { path } }: Step,
): void {
  const sibling = temporarySibling(layout.live(path), mutation.temporaryId(n));
  if (fileSystem.stat(sibling) !== undefined) removeFile(fileSystem, sibling);
}

/** By link and rename, which need no disk space; a file is never removed before its original is there. */
function restore(
  context: Context,
  mutation: MutationLayout,
  record: JournalRecord,
  { n, touched, found, stat }: Step,
): void {
  const { fileSystem, layout } = context;
  const live = layout.live(touched.path);
  // looking at all paths took its time: somebody may have saved this one meanwhile
  const now = fileSystem.stat(live);
  if (found !== 'foreign' && now !== undefined && !isSameStat(stat, now)) {
    keepEdit(context, record.id, touched.path);
  }
  if (touched.before === null) {
    removeFile(fileSystem, live);
    return;
  }
  if (fileSystem.stat(dirname(live)) === undefined) makeDirectories(fileSystem, dirname(live));
  if (touched.before.saved === 'link' && linkIntoPlace(context, mutation, n, live)) return;
  copyIntoPlace(fileSystem, mutation.before(n), live, { id: mutation.temporaryId(n) });
}

/** @returns false where the file system links no longer, or not from there */
function linkIntoPlace(
  { fileSystem }: Context,
  mutation: MutationLayout,
  n: number,
  live: string,
): boolean {
  try {
    linkAnew(fileSystem, mutation.before(n), mutation.undo(n));
    fileSystem.rename(mutation.undo(n), live);
    return true;
  } catch (error) {
    if (!isLinkRefusal(error)) throw error;
    return false;
  }
}

/** An earlier rollback that was cut short may have left the name. */
function linkAnew(fileSystem: FileSystem, from: string, to: string): void {
  try {
    fileSystem.link(from, to);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    removeFile(fileSystem, to);
    fileSystem.link(from, to);
  }
}

/** Innermost first; one that holds something else by now stays. */
export function removeMadeDirectories(
  { fileSystem, layout }: Context,
  record: JournalRecord,
): void {
  for (const path of record.made.toReversed()) {
    const directory = layout.live(path);
    if (fileSystem.stat(directory)?.kind !== 'directory') continue;
    if (fileSystem.list(directory).length > 0) continue;
    fileSystem.removeDirectory(directory);
  }
}

/**
 * Every directory that the mutation may have changed, not only those changed just now: an earlier
 * rollback may have been cut short between its renames and its syncs.
 */
export function syncTouchedDirectories(
  { fileSystem, layout }: Context,
  record: JournalRecord,
): void {
  const paths = [...record.touched.map(({ path }) => path), ...record.made];
  const directories = new Set(paths.map((path) => dirname(join(layout.root, path))));
  for (const directory of directories) {
    if (fileSystem.stat(directory)?.kind === 'directory') fileSystem.syncDirectory(directory);
  }
}
