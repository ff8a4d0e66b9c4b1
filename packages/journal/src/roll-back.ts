/**
 * Rollback (DESIGN.md section 5): the same code for a mutation that failed in this process and for
 * one that another process left unfinished. It looks at what is, not at what was done (I7).
 */
import { dirname, join } from 'node:path';

import {
  copyIntoPlace,
  errorCode,
  hardLinkOrCopy,
  hashFile,
  isSameFile,
  makeDirectories,
  removeFile,
  temporarySibling,
} from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import { discard } from './discard.ts';
import type { MutationLayout } from './layout.ts';
import { changeState } from './record-file.ts';
import type { JournalRecord, Touched } from './record.ts';

/** How a touched path is found. `foreign`: neither before nor after, so a person changed it. */
type Found = 'unchanged' | 'published' | 'foreign';

interface Step {
  readonly n: number;
  readonly touched: Touched;
  readonly found: Found;
}

/**
 * Brings every touched path back to what it held before and settles the mutation as `rolled_back`.
 * @returns where people's edits were kept, relative to the root
 * @throws when an original is missing or damaged (nothing was touched), or the disk refuses; the
 *   journal is then still active
 */
export function rollBack(
  context: Context,
  mutation: MutationLayout,
  record: JournalRecord,
): string[] {
  const steps = record.touched
    .map((touched, n) => ({ n, touched, found: look(context, mutation, n, touched) }))
    .toReversed();
  const changed = steps.filter(({ found }) => found !== 'unchanged');
  for (const step of changed) verifyOriginal(context, mutation, step);
  for (const step of steps) removeTemporary(context, mutation, step);
  const kept = changed
    .filter(({ found }) => found === 'foreign')
    .map(({ touched }) => keepEdit(context, record, touched.path));
  for (const step of changed) restore(context, mutation, step);
  removeMadeDirectories(context, record);
  syncTouchedDirectories(context, record);
  changeState(context, mutation, 'active', 'rolled_back');
  discard(context, mutation);
  return kept;
}

function look(context: Context, mutation: MutationLayout, n: number, touched: Touched): Found {
  const { fileSystem, layout } = context;
  const { path, before, after } = touched;
  const live = layout.live(path);
  const kind = fileSystem.stat(live)?.kind;
  if (kind === undefined) {
    if (before === null) return 'unchanged';
    // a removal that was published, or somebody else's: either way there is nothing to keep
    return 'published';
  }
  if (kind !== 'file') throw new Error(`"${path}" is a ${kind} where a file was`);
  if (before !== null && isSameFile(fileSystem, live, mutation.before(n))) return 'unchanged';
  const { size, sha256 } = hashFile(fileSystem, live);
  if (before !== null && before.size === size && before.sha256 === sha256) return 'unchanged';
  return after !== null && after.size === size && after.sha256 === sha256 ? 'published' : 'foreign';
}

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
  const { size, sha256 } = hashFile(fileSystem, original);
  if (size !== before.size || sha256 !== before.sha256) {
    throw new Error(`the saved original of "${path}" is damaged`);
  }
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

/** Keeps a person's version before the original takes its place; it may have been kept before. */
function keepEdit({ fileSystem, layout }: Context, record: JournalRecord, path: string): string {
  const live = layout.live(path);
  let place = layout.recovered(record.id, path);
  makeDirectories(fileSystem, dirname(place));
  for (let version = 2; fileSystem.stat(place) !== undefined; version += 1) {
    if (hashFile(fileSystem, place).sha256 === hashFile(fileSystem, live).sha256) break;
    place = layout.recovered(record.id, `${path}.${version}`);
  }
  if (fileSystem.stat(place) === undefined) hardLinkOrCopy(fileSystem, live, place);
  const handle = fileSystem.open(place, 'read');
  try {
    handle.sync();
  } finally {
    handle.close();
  }
  fileSystem.syncDirectory(dirname(place));
  return place.slice(layout.root.length + 1).replaceAll('\\', '/');
}

/** By link and rename, which need no disk space; a file is never removed before its original is there. */
function restore(context: Context, mutation: MutationLayout, { n, touched }: Step): void {
  const { fileSystem, layout } = context;
  const live = layout.live(touched.path);
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
  removeFile(fileSystem, mutation.undo(n));
  try {
    fileSystem.link(mutation.before(n), mutation.undo(n));
    fileSystem.rename(mutation.undo(n), live);
    return true;
  } catch (error) {
    if (!['EXDEV', 'EMLINK', 'EPERM', 'ENOTSUP'].includes(errorCode(error) ?? '')) throw error;
    return false;
  }
}

/** Innermost first; one that holds something else by now stays. */
function removeMadeDirectories({ fileSystem, layout }: Context, record: JournalRecord): void {
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
function syncTouchedDirectories({ fileSystem, layout }: Context, record: JournalRecord): void {
  const paths = [...record.touched.map(({ path }) => path), ...record.made];
  const directories = new Set(paths.map((path) => dirname(join(layout.root, path))));
  for (const directory of directories) {
    if (fileSystem.stat(directory)?.kind === 'directory') fileSystem.syncDirectory(directory);
  }
}
