/** Writes the content of every change to a finished, synced file on its way to the live path. */
import { join, sep } from 'node:path';

import {
  hashFile,
  readChunks,
  writeNewFile,
  type FileDigest,
  type FileSystem,
} from '@openkb/atomic-fs';

import type { Append, Publish, Write } from './change-set.ts';
import type { Context } from './context.ts';
import { JournalError } from './errors.ts';
import type { MutationLayout } from './layout.ts';
import type { FileChange, Plan } from './plan.ts';
import type { After, Before } from './record.ts';
import type { Saved } from './snapshot.ts';
import { syncFile } from './sync-file.ts';

/** A finished file and what it holds; `undefined` for a removal. */
export type Staged = { readonly file: string; readonly after: After } | undefined;

/** @returns one entry for each change of the plan */
export function stageContents(
  context: Context,
  mutation: MutationLayout,
  plan: Plan,
  saved: readonly Saved[],
): Staged[] {
  return plan.changes.map((change, n) =>
    stageContent(context, mutation, n, change, saved[n]!.before),
  );
}

function stageContent(
  context: Context,
  mutation: MutationLayout,
  n: number,
  change: FileChange,
  before: Before | null,
): Staged {
  if (change.kind === 'remove') return undefined;
  if (change.kind === 'publish') return stagedByCaller(context, change, before);
  const { fileSystem } = context;
  const file = mutation.after(n);
  const content =
    change.kind === 'write' ? change.bytes : appended(fileSystem, mutation, n, change, before);
  const mode = modeOf(change, before);
  const digest = writeNewFile(fileSystem, file, content, mode === undefined ? {} : { mode });
  return { file, after: afterOf(digest, mode, before) };
}

/** An append is a replacement too: a reader never sees half a line, and nothing is torn. */
function appended(
  fileSystem: FileSystem,
  mutation: MutationLayout,
  n: number,
  change: Append,
  before: Before | null,
): Iterable<Uint8Array> {
  return before === null
    ? [change.bytes]
    : concatenated(readChunks(fileSystem, mutation.before(n)), change.bytes);
}

function* concatenated(chunks: Iterable<Uint8Array>, last: Uint8Array): Generator<Uint8Array> {
  yield* chunks;
  yield last;
}

function stagedByCaller(
  { fileSystem, layout }: Context,
  change: Publish,
  before: Before | null,
): Staged {
  const stat = fileSystem.stat(change.staged);
  const known = change.digest;
  const isInside = change.staged.startsWith(join(layout.stagingDirectory, sep));
  if (!isInside || stat?.kind !== 'file' || (known !== undefined && known.size !== stat.size)) {
    const what = isInside ? 'is not what it was' : 'does not lie in the staging directory';
    const text = `the staged file of "${change.path}" ${what}`;
    throw new JournalError('bad-path', text, { paths: [change.path] });
  }
  const mode = modeOf(change, before);
  if (mode !== undefined && mode !== (stat.mode & 0o777)) {
    syncFile(fileSystem, change.staged, mode);
  }
  const digest = known ?? hashFile(fileSystem, change.staged);
  return { file: change.staged, after: afterOf(digest, mode, before) };
}

function afterOf(digest: FileDigest, mode: number | undefined, before: Before | null): After {
  const isOther = before !== null && mode !== undefined && mode !== before.mode;
  return isOther ? { ...digest, mode } : digest;
}

/** What is replaced keeps its permission bits; they are never widened by accident. */
function modeOf(change: Write | Publish | Append, before: Before | null): number | undefined {
  const wanted = 'mode' in change ? change.mode : undefined;
  return wanted === undefined ? before?.mode : wanted & 0o777;
}
