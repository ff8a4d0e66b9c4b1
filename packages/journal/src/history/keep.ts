/**
 * What becomes of a committed mutation: discarded, or kept for `history` and `undo` (DESIGN.md section 5).
 * Everything here comes after the commit point: a failure is a warning, and cut short anywhere the next
 * exclusive lock goes on (I16).
 */
import { dirname } from 'node:path';

import { makeDirectories, removeFile } from '@openkb/atomic-fs';

import type { Context } from '../context.ts';
import { discard, keepLateEdits } from '../discard.ts';
import { mutationIds, type MutationLayout } from '../layout.ts';
import { readRecord } from '../record-file.ts';
import { isNoChange, type JournalRecord } from '../record.ts';
import { removeEmptied } from '../remove-emptied.ts';

/**
 * Called again, where it was cut short, by the next exclusive lock: the record goes last.
 * @returns where people's edits of originals were kept, relative to the root
 */
export function settleCommitted(
  context: Context,
  mutation: MutationLayout,
  record: JournalRecord,
): string[] {
  removeEmptied(context, record);
  const edits = keepLateEdits(context, mutation, record);
  if (isToBeKept(context, mutation, record)) keep(context, mutation);
  else discard(context, mutation);
  return edits;
}

function isToBeKept(
  { fileSystem, layout, keep: most = 0 }: Context,
  { id }: MutationLayout,
  { touched }: JournalRecord,
): boolean {
  // one that is there already came from a copy of this directory: the two are one mutation
  const isThere = fileSystem.stat(layout.kept(id).directory) !== undefined;
  return most > 0 && !touched.every(isNoChange) && !isThere;
}

/** By one rename of what is durable already; at which of the two places a power cut leaves it is all one. */
function keep({ fileSystem, layout }: Context, mutation: MutationLayout): void {
  const made = makeDirectories(fileSystem, layout.historyDirectory);
  // whoever made it may have died before the sync; one that has entries was synced before the first
  if (made.length === 0 && fileSystem.list(layout.historyDirectory).length === 0) {
    fileSystem.syncDirectory(dirname(layout.historyDirectory));
  }
  fileSystem.rename(mutation.directory, layout.kept(mutation.id).directory);
}

/** Ids in `history/`, newest first. */
export function keptIds({ fileSystem, layout }: Context): string[] {
  const directory = layout.historyDirectory;
  if (fileSystem.stat(directory)?.kind !== 'directory') return [];
  return mutationIds(fileSystem.list(directory));
}

/** Of a kept mutation; `undefined` where there is none, or it cannot be read. */
export function keptRecord(context: Context, id: string): JournalRecord | undefined {
  try {
    const found = readRecord(context, context.layout.kept(id));
    return found.kind === 'record' && found.state === 'committed' ? found.record : undefined;
  } catch {
    return undefined;
  }
}

/** Bytes that the originals of a mutation take which only `history/` holds. */
const bytesOf = ({ touched }: JournalRecord): number =>
  touched.reduce((sum, one) => sum + (isNoChange(one) ? 0 : (one.before?.size ?? 0)), 0);

/** A mutation that is kept no more, and where people's edits of its originals are, relative to the root. */
export interface Pruned {
  readonly id: string;
  readonly edits: readonly string[];
}

/**
 * Removes the oldest kept mutations until as many are left as are to be kept. By name alone, unless there is
 * a budget of bytes, so that what a cut left of an old one goes too. Nothing to do without `keep`.
 */
export function prune(context: Context): Pruned[] {
  if (context.keep === undefined) return [];
  const ids = keptIds(context);
  return ids.slice(countThatFits(context, ids)).map((id) => ({ id, edits: forget(context, id) }));
}

/** A history may come from somebody else: nothing is moved or removed through a link. */
function forget(context: Context, id: string): string[] {
  const { fileSystem, layout } = context;
  const kept = layout.kept(id);
  if (fileSystem.stat(kept.directory)?.kind !== 'directory') {
    removeFile(fileSystem, kept.directory);
    return [];
  }
  const isOwn = fileSystem.stat(kept.beforeDirectory)?.kind === 'directory';
  const record = isOwn ? keptRecord(context, id) : undefined;
  const edits = record === undefined ? [] : keepLateEdits(context, kept, record);
  discard(context, kept);
  return edits;
}

function countThatFits(context: Context, ids: readonly string[]): number {
  const { keep: most = 0, keepBytes } = context;
  if (keepBytes === undefined) return most;
  let room = keepBytes;
  const tooMany = ids.slice(0, most).findIndex((id) => {
    const record = keptRecord(context, id);
    room -= record === undefined ? 0 : bytesOf(record);
    return room < 0;
  });
  return tooMany === -1 ? most : tooMany;
}
