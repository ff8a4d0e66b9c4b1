/** Removes the journal directory of a settled mutation, the record last. */
import { dirname } from 'node:path';

import { makeDirectories, removeFile, removeTree } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import type { MutationLayout } from './layout.ts';
import { removeRecord } from './record-file.ts';
import type { JournalRecord } from './record.ts';

/** Cut short anywhere, it may be called again. */
export function discard(context: Context, mutation: MutationLayout): void {
  const { fileSystem } = context;
  removeTree(fileSystem, mutation.afterDirectory);
  removeTree(fileSystem, mutation.beforeDirectory);
  removeFile(fileSystem, mutation.attempts);
  removeRecord(context, mutation);
  removeTree(fileSystem, mutation.directory);
}

/**
 * Discards a committed mutation. An original that was written to through its old name meanwhile (an
 * editor that had it open) holds an edit that exists nowhere else: it is kept (I8).
 * @returns where edits were kept, relative to the root
 */
export function discardCommitted(
  context: Context,
  mutation: MutationLayout,
  record: JournalRecord,
): string[] {
  const { fileSystem, layout } = context;
  const kept: string[] = [];
  for (const [n, { path, before }] of record.touched.entries()) {
    if (before?.saved !== 'link') continue;
    const original = fileSystem.stat(mutation.before(n));
    if (original === undefined || original.links > 1) continue;
    if (original.size === before.size && original.modified === before.modified) continue;
    const place = layout.recovered(record.id, path);
    makeDirectories(fileSystem, dirname(place));
    fileSystem.rename(mutation.before(n), place);
    fileSystem.syncDirectory(dirname(place));
    kept.push(`${layout.stateDirectory}/recovered/${record.id}/${path}`);
  }
  discard(context, mutation);
  return kept;
}
