/** Removes the journal directory of a settled mutation, the record last. */
import { dirname, join } from 'node:path';

import { hashFile, makeDirectories, removeTree } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import type { MutationLayout } from './layout.ts';
import { isSameDigest, RECORD_STATES, type JournalRecord } from './record.ts';

const isRecord = (name: string): boolean => RECORD_STATES.some((state) => state === name);

/** Cut short anywhere, it may be called again. */
export function discard(context: Context, mutation: MutationLayout): void {
  const { fileSystem } = context;
  const names = fileSystem.list(mutation.directory);
  for (const name of [...names.filter((one) => !isRecord(one)), ...names.filter(isRecord)]) {
    removeTree(fileSystem, join(mutation.directory, name));
  }
  fileSystem.removeDirectory(mutation.directory);
}

/**
 * For a committed mutation, before its originals go or are kept: one that was written to through its old name meanwhile (an
 * editor that had it open) holds an edit that exists nowhere else: it moves to `recovered/` (I8).
 * @returns where edits were kept, relative to the root
 */
export function keepLateEdits(
  context: Context,
  mutation: MutationLayout,
  record: JournalRecord,
): string[] {
  const { fileSystem, layout } = context;
  const kept: string[] = [];
  for (const [n, { path, before }] of record.touched.entries()) {
    if (before?.saved !== 'link') continue;
    const original = fileSystem.stat(mutation.before(n));
    if (original?.kind !== 'file' || original.links > 1) continue;
    if (original.size === before.size && original.modified === before.modified) continue;
    // a copy of the whole directory has other times and the same bytes
    if (isSameDigest(hashFile(fileSystem, mutation.before(n)), before)) continue;
    const place = layout.recovered(record.id, path);
    makeDirectories(fileSystem, dirname(place));
    fileSystem.rename(mutation.before(n), place);
    fileSystem.syncDirectory(dirname(place));
    kept.push(`${layout.stateDirectory}/recovered/${record.id}/${path}`);
  }
  return kept;
}
