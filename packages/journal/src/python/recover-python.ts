/**
 * Recovers mutations that the Python program left unfinished, by a mutation of our own: what its
 * snapshot holds becomes a change set, so that a crash in the middle of it is recovered like any other.
 */
import { join } from 'node:path';

import { hashFile, readFile, removeFile, removeTree } from '@openkb/atomic-fs';

import type { Change } from '../change-set.ts';
import { commit } from '../commit.ts';
import type { Context } from '../context.ts';
import type { PendingMutation, RecoveryReport } from '../contract.ts';
import { JournalError } from '../errors.ts';
import { keepEdit, keptEdits } from '../keep-edit.ts';
import { isRealDirectory } from '../own-directories.ts';
import { setAside } from '../set-aside.ts';
import { readPythonRecord, type PythonRecord } from './python-record.ts';

/** `*.json` in `journal/`, the newest first. */
export function pythonJournals({ fileSystem, layout }: Context): string[] {
  if (fileSystem.stat(layout.journalDirectory)?.kind !== 'directory') return [];
  const age = (name: string): number =>
    fileSystem.stat(join(layout.journalDirectory, name))?.modified ?? 0;
  return fileSystem
    .list(layout.journalDirectory)
    .filter((name) => name.endsWith('.json'))
    .toSorted((a, b) => age(b) - age(a) || (a < b ? 1 : -1));
}

/** What is known of one without the lock. */
export function describePython({ fileSystem, layout }: Context, name: string): PendingMutation {
  let record: ReturnType<typeof readPythonRecord> = 'it cannot be read';
  try {
    const bytes = readFile(fileSystem, join(layout.journalDirectory, name));
    record = readPythonRecord(Buffer.from(bytes).toString('utf8'), layout.stateDirectory);
  } catch {
    // told as unreadable
  }
  if (typeof record === 'string') return { id: name, state: 'unreadable', attempts: 0 };
  return { id: name, state: record.status, operation: record.operation, attempts: 0 };
}

/**
 * Resolves one: rolls back what was active, removes what was settled, sets aside what cannot be
 * trusted.
 * @throws when the disk refuses; the journal is then still there
 */
export function recoverPython(context: Context, name: string): RecoveryReport {
  const { fileSystem, layout } = context;
  const file = join(layout.journalDirectory, name);
  const id = name.slice(0, -'.json'.length);
  if (fileSystem.stat(file)?.kind !== 'file') return quarantined(context, name, 'it is no file');
  const text = Buffer.from(readFile(fileSystem, file)).toString('utf8');
  const record = readPythonRecord(text, layout.stateDirectory);
  if (typeof record === 'string') return quarantined(context, name, record);
  if (!isRealDirectory(context, layout.live(record.backupDirectory))) {
    return quarantined(context, name, `its backup "${record.backupDirectory}" is a link`);
  }
  const kept: string[] = [];
  if (record.status === 'active') {
    try {
      kept.push(...restoreSnapshot(context, id, record));
    } catch (error) {
      if (error instanceof JournalError && error.code !== 'bad-path') throw error;
      return quarantined(context, name, (error as Error).message);
    }
  }
  removeTree(fileSystem, layout.live(record.backupDirectory));
  removeFile(fileSystem, file);
  fileSystem.syncDirectory(layout.journalDirectory);
  const outcome = record.status === 'committed' ? 'finished' : 'rolled back';
  return { id, operation: record.operation, outcome, kept };
}

function restoreSnapshot(context: Context, id: string, record: PythonRecord): string[] {
  const { fileSystem, layout } = context;
  const changes = new Map<string, Change>();
  for (const { target, backup } of record.entries) {
    const now = filesBelow(context, target);
    const saved = backup === undefined ? new Map<string, string>() : filesBelow(context, backup);
    if (backup !== undefined && saved.size === 0 && !exists(context, backup)) {
      throw new Error(`the saved original of "${target}" is missing`);
    }
    for (const path of now.values()) {
      if (!changes.has(path)) changes.set(path, { kind: 'remove', path });
    }
    for (const [below, from] of saved) {
      const path = below === '' ? target : `${target}/${below}`;
      const live = layout.live(path);
      const same = fileSystem.stat(live)?.kind === 'file' && isSameContent(context, live, from);
      if (same) changes.delete(path);
      else
        changes.set(path, { kind: 'write', path, bytes: readFile(fileSystem, layout.live(from)) });
    }
  }
  // its journal does not say what it wrote itself, so every version that goes is kept
  for (const { path } of changes.values()) {
    if (fileSystem.stat(layout.live(path)) !== undefined) keepEdit(context, id, path);
  }
  commit(context, {
    operation: 'recover',
    subject: `${record.operation} of the Python program`,
    changes: [...changes.values()],
  });
  return keptEdits(context, id);
}

function exists({ fileSystem, layout }: Context, path: string): boolean {
  return fileSystem.stat(layout.live(path)) !== undefined;
}

/** Path below `path` ('' for a file) -> path relative to the root. */
export function filesBelow(context: Context, path: string, below = ''): Map<string, string> {
  const { fileSystem, layout } = context;
  const kind = fileSystem.stat(layout.live(path))?.kind;
  if (kind === undefined) return new Map();
  if (kind === 'file') return new Map([[below, path]]);
  if (kind !== 'directory') throw new Error(`"${path}" is a ${kind}`);
  const found = new Map<string, string>();
  for (const name of fileSystem.list(layout.live(path))) {
    const next = below === '' ? name : `${below}/${name}`;
    for (const [key, value] of filesBelow(context, `${path}/${name}`, next)) found.set(key, value);
  }
  return found;
}

export function isSameContent(
  { fileSystem, layout }: Context,
  live: string,
  saved: string,
): boolean {
  const from = layout.live(saved);
  if (fileSystem.stat(live)?.size !== fileSystem.stat(from)?.size) return false;
  return hashFile(fileSystem, live).sha256 === hashFile(fileSystem, from).sha256;
}

function quarantined(context: Context, name: string, fault: string): RecoveryReport {
  const kept = setAside(context, name);
  return {
    id: name.slice(0, -'.json'.length),
    outcome: 'set aside',
    kept: [kept],
    reason: `a journal of the Python program cannot be used (${fault}); kept in "${kept}"`,
  };
}
