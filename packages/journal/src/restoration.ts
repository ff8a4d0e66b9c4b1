/** Which paths of a mutation that was set aside can be brought back, and which cannot. Changes nothing. */
import { basename, dirname, join } from 'node:path';

import { hashFile, isSameFile, removeFile, removeTree, type FileDigest } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import type { RestoreReport } from './contract.ts';
import { notRestorable } from './errors.ts';
import type { MutationLayout } from './layout.ts';
import { isRealDirectory } from './own-directories.ts';
import { changeState, readRecord } from './record-file.ts';
import { isNoChange, type Before, type JournalRecord, type Touched } from './record.ts';
import { removeMadeDirectories, syncTouchedDirectories } from './roll-back.ts';

/** What restoring one set-aside mutation comes to. */
export interface Restoration {
  readonly operation: string;
  readonly subject?: string;
  /** Where each path that can be brought back comes from; `undefined`: it goes. */
  readonly back: readonly {
    readonly path: string;
    readonly expect: 'absent' | { readonly sha256: string };
    readonly original: { readonly file: string; readonly mode: number } | undefined;
  }[];
  readonly left: RestoreReport['left'];
  /** Removes what was set aside, once all is back; cut short anywhere, it may be called again. */
  readonly remove: () => void;
}

/** @throws JournalError `not-restorable` */
export function restorationOf(
  context: Context,
  mutation: MutationLayout,
  name: string,
): Restoration {
  const record = usableRecord(context, mutation, name);
  if (record === 'settled') {
    const remove = (): void => removeSettled(context, mutation);
    return { operation: 'change', back: [], left: [], remove };
  }
  const verdicts = record.touched.map((touched, n) => judge(context, mutation, n, touched));
  return {
    operation: record.operation,
    ...(record.subject === undefined ? {} : { subject: record.subject }),
    back: verdicts.flatMap((verdict) => ('expect' in verdict ? [verdict] : [])),
    left: verdicts.flatMap((verdict) => ('reason' in verdict ? [verdict] : [])),
    remove() {
      removeMadeDirectories(context, record);
      syncTouchedDirectories(context, record);
      changeState(context, mutation, 'active', 'rolled_back');
      removeSettled(context, mutation);
    },
  };
}

/** `settled`: all of it is back, and an earlier removal was cut short. */
function usableRecord(
  context: Context,
  mutation: MutationLayout,
  name: string,
): JournalRecord | 'settled' {
  const { fileSystem } = context;
  if (fileSystem.stat(mutation.directory)?.kind !== 'directory') {
    throw notRestorable(`"${name}" cannot be restored: it is no directory`);
  }
  const found = readRecord(context, mutation);
  if (found.kind === 'none' && fileSystem.list(mutation.directory).length === 0) return 'settled';
  const why = {
    none: 'it has no record',
    'later-version': 'a later version of this program made it',
    unreadable: found.kind === 'unreadable' ? `its record cannot be read (${found.reason})` : '',
    record: '',
  }[found.kind];
  if (found.kind !== 'record') throw notRestorable(`"${name}" cannot be restored: ${why}`);
  if (found.state === 'active') return found.record;
  if (found.state === 'rolled_back') return 'settled';
  throw notRestorable(`there is nothing to restore of "${name}": it had been committed`);
}

/** The record goes when all else is durably gone, so that what is left is never without it. */
function removeSettled({ fileSystem, layout }: Context, mutation: MutationLayout): void {
  const { directory } = mutation;
  // whoever gave it this state may have died before the sync (I5)
  fileSystem.syncDirectory(directory);
  const record = basename(mutation.record('rolled_back'));
  for (const name of fileSystem.list(directory)) {
    if (name !== record) removeTree(fileSystem, join(directory, name));
  }
  fileSystem.syncDirectory(directory);
  removeFile(fileSystem, mutation.record('rolled_back'));
  fileSystem.syncDirectory(directory);
  fileSystem.removeDirectory(directory);
  fileSystem.syncDirectory(layout.quarantineDirectory);
}

type Verdict =
  | { readonly path: string; readonly reason: string }
  | Restoration['back'][number]
  | { readonly path: string; readonly same: true };

/** The live path is what the mutation left: then it comes back. It is as before: then it is back. */
function judge(context: Context, mutation: MutationLayout, n: number, touched: Touched): Verdict {
  const { fileSystem, layout } = context;
  const { path, before, after } = touched;
  const live = layout.live(path);
  if (!isRealDirectory(context, dirname(live))) {
    return { path, reason: 'a link, or no directory, is on the way to it' };
  }
  const stat = fileSystem.stat(live);
  if (stat !== undefined && stat.kind !== 'file') return { path, reason: 'it is no regular file' };
  const saved = mutation.before(n);
  const now = stat === undefined ? null : hashFile(fileSystem, live);
  // of the same bytes under other permission bits only the bits tell before and after apart
  const hasBits = after?.mode === undefined || (stat && stat.mode & 0o777) !== after.mode;
  const isBack = isSame(now, before) && hasBits;
  if (isBack || isNoChange(touched) || isSameFile(fileSystem, live, saved)) {
    return { path, same: true };
  }
  if (!isSame(now, after)) {
    return { path, reason: now === null ? 'it was removed since' : 'it was changed since' };
  }
  const expect = now === null ? 'absent' : { sha256: now.sha256 };
  if (before === null) return { path, expect, original: undefined };
  const fault = originalFault(context, mutation, n, before);
  if (fault !== undefined) return { path, reason: fault };
  return { path, expect, original: { file: saved, mode: before.mode } };
}

function isSame(a: FileDigest | null, b: FileDigest | null): boolean {
  if (a === null || b === null) return a === b;
  return a.size === b.size && a.sha256 === b.sha256;
}

/** One that was written to through its old name holds an edit: that is what comes back. */
function originalFault(
  { fileSystem }: Context,
  mutation: MutationLayout,
  n: number,
  before: Before,
): string | undefined {
  const saved = mutation.before(n);
  const stat = fileSystem.stat(saved);
  if (stat?.kind !== 'file' || fileSystem.stat(mutation.beforeDirectory)?.kind !== 'directory') {
    return 'its saved original is missing';
  }
  if (isSame(before, hashFile(fileSystem, saved))) return undefined;
  const isEdited = before.saved === 'link' && stat.modified !== before.modified;
  return isEdited ? undefined : 'its saved original is damaged';
}
