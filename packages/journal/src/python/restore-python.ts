/**
 * Brings back what can be of a journal of the Python program that was set aside. That journal does
 * not say what its mutation wrote, so a live file that is not the original may be anybody's: only what
 * is missing comes back.
 */
import { join } from 'node:path';

import { readFile, removeFile, removeTree } from '@openkb/atomic-fs';

import type { Context } from '../context.ts';
import type { RestoreReport } from '../contract.ts';
import { notRestorable } from '../errors.ts';
import { isRealDirectory } from '../own-directories.ts';
import type { Restoration } from '../restoration.ts';
import { readPythonRecord, type PythonRecord } from './python-record.ts';
import { filesBelow, isSameContent } from './recover-python.ts';

const UNKNOWN = 'its journal does not say whether the unfinished change wrote it';

/** @throws JournalError `not-restorable` */
export function pythonRestoration(context: Context, name: string): Restoration {
  const { fileSystem, layout } = context;
  const file = join(layout.quarantineDirectory, name);
  const record = usableRecord(context, name, file);
  const back: Restoration['back'][number][] = [];
  const left: RestoreReport['left'][number][] = [];
  for (const entry of record.entries) {
    try {
      restoreEntry(context, entry, back, left);
    } catch (error) {
      left.push({ path: entry.target, reason: (error as Error).message });
    }
  }
  return {
    operation: record.operation,
    back,
    left,
    remove() {
      removeFile(fileSystem, file);
      fileSystem.syncDirectory(layout.quarantineDirectory);
      removeTree(fileSystem, layout.live(record.backupDirectory));
    },
  };
}

function usableRecord(context: Context, name: string, file: string): PythonRecord {
  const { fileSystem, layout } = context;
  const cannot = (why: string) => notRestorable(`"${name}" cannot be restored: ${why}`);
  if (!/\.json(-[0-9a-z]+)?$/.test(name) || fileSystem.stat(file)?.kind !== 'file') {
    throw cannot('it is no journal');
  }
  const text = Buffer.from(readFile(fileSystem, file)).toString('utf8');
  const record = readPythonRecord(text, layout.stateDirectory);
  if (typeof record === 'string') throw cannot(record);
  if (record.status !== 'active') throw cannot('it had been finished');
  const backup = layout.live(record.backupDirectory);
  if (!isRealDirectory(context, backup) || fileSystem.stat(backup) === undefined) {
    throw cannot('its saved originals are missing');
  }
  return record;
}

function restoreEntry(
  context: Context,
  { target, backup }: PythonRecord['entries'][number],
  back: Restoration['back'][number][],
  left: RestoreReport['left'][number][],
): void {
  const { fileSystem, layout } = context;
  const original = backup === undefined ? undefined : fileSystem.stat(layout.live(backup));
  if (backup !== undefined && original === undefined) {
    left.push({ path: target, reason: 'its saved original is missing' });
    return;
  }
  const below = (key: string) => (key === '' ? target : `${target}/${key}`);
  const saved = backup === undefined ? new Map<string, string>() : filesBelow(context, backup);
  const now = filesBelow(context, target);
  for (const [key, from] of saved) {
    const path = below(key);
    const source = layout.live(from);
    const mode = (fileSystem.stat(source)?.mode ?? 0o644) & 0o777;
    if (!now.has(key)) back.push({ path, expect: 'absent', original: { file: source, mode } });
    else if (!isSameContent(context, layout.live(path), from)) left.push({ path, reason: UNKNOWN });
  }
  for (const [key, path] of now) if (!saved.has(key)) left.push({ path, reason: UNKNOWN });
}
