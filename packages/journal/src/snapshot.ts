/** Saves the originals of the touched paths, and compares them with what was expected (I3, I8). */
import { hardLinkOrCopy, hashFile, type FileStat } from '@openkb/atomic-fs';

import type { Expectation } from './change-set.ts';
import type { Context } from './context.ts';
import { JournalError } from './errors.ts';
import type { MutationLayout } from './layout.ts';
import type { Plan } from './plan.ts';
import type { Before } from './record.ts';
import { syncFile } from './sync-file.ts';

/** Writers often leave a file's data to the system, which writes it out within half a minute. */
const MAYBE_UNSYNCED_MS = 60_000;

/** One touched path as it was saved. */
export interface Saved {
  readonly before: Before | null;
  /** The live file when it was saved; publishing looks whether it is still the same. */
  readonly stat: FileStat | undefined;
}

/**
 * @returns one entry for each change of the plan
 * @throws JournalError `conflict` naming every path that is not as expected
 */
export function takeSnapshot(context: Context, mutation: MutationLayout, plan: Plan): Saved[] {
  const saved = plan.changes.map(({ path }, n) => saveOriginal(context, mutation, path, n));
  const moved = plan.changes.filter(
    ({ expect }, n) => expect !== undefined && !fits(expect, saved[n]!.before),
  );
  if (moved.length > 0) throw conflict(moved.map(({ path }) => path));
  return saved;
}

export function conflict(paths: readonly string[]): JournalError {
  const names = paths.map((path) => `"${path}"`).join(', ');
  const text = `changed meanwhile: ${names}; nothing was written`;
  return new JournalError('conflict', text, { paths });
}

function saveOriginal(context: Context, mutation: MutationLayout, path: string, n: number): Saved {
  const { fileSystem, layout, clock } = context;
  const live = layout.live(path);
  const stat = fileSystem.stat(live);
  if (stat === undefined) return { before: null, stat };
  const copy = mutation.before(n);
  const saved = hardLinkOrCopy(fileSystem, live, copy);
  // `cp -p` and archives give a new file an old time of modification
  const written = Math.max(stat.modified, stat.changed ?? stat.modified);
  if (saved === 'link' && clock().getTime() - written < MAYBE_UNSYNCED_MS) {
    syncFile(fileSystem, copy);
  }
  // what was saved is hashed, not what is live: between the two somebody may write
  const { size, sha256 } = hashFile(fileSystem, copy);
  const mode = stat.mode & 0o777;
  return { before: { size, sha256, mode, modified: stat.modified, saved }, stat };
}

function fits(expect: Expectation, before: Before | null): boolean {
  return expect === 'absent' ? before === null : before?.sha256 === expect.sha256;
}
