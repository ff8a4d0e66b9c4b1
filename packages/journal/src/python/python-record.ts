/**
 * Journals of the Python program, `journal/<uuid>.json`, version 1: absolute paths, snapshots of whole
 * files and directories in `staging/rollback-<uuid>/`, no checksum and no afters
 * (VectifyAI/OpenKB, openkb/mutation.py). Read only; ours are never written in this form.
 */
import { pathFault } from '../paths.ts';

export interface PythonRecord {
  readonly operation: string;
  readonly status: 'active' | 'committed' | 'rolled_back';
  /** Relative to the root, posix: `.openkb/staging/rollback-…`. */
  readonly backupDirectory: string;
  readonly entries: readonly {
    /** Relative to the root: a file or a directory that the mutation may have touched. */
    readonly target: string;
    /** Its copy from before, relative to the root; `undefined`: there was nothing. */
    readonly backup: string | undefined;
  }[];
}

/**
 * Paths are taken relative to the `kb_dir` that the record itself names, so that a knowledge base
 * that was moved or copied is recovered in its place.
 * @returns the record, or why it must not be acted upon
 */
export function readPythonRecord(text: string, stateDirectory: string): PythonRecord | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is no JSON';
  }
  if (!isObject(value)) return 'it is no object';
  if (value['version'] !== undefined && value['version'] !== 1) return 'its version is not 1';
  const { kb_dir: home, backup_dir: backups, entries, operation } = value;
  const status = value['status'] ?? 'active';
  if (typeof home !== 'string' || typeof backups !== 'string' || !Array.isArray(entries)) {
    return 'it lacks what a journal has';
  }
  if (status !== 'active' && status !== 'committed' && status !== 'rolled_back') {
    return 'its status is unknown';
  }
  const backupDirectory = relative(home, backups);
  if (backupDirectory === undefined || !isBackup(backupDirectory, stateDirectory)) {
    return `its backup "${backups}" lies outside`;
  }
  const read: { target: string; backup: string | undefined }[] = [];
  for (const entry of entries as unknown[]) {
    if (!isObject(entry) || typeof entry['target'] !== 'string') return 'it has an odd entry';
    const target = relative(home, entry['target']);
    if (target === undefined || pathFault(target, stateDirectory) !== undefined) {
      return `its path "${entry['target']}" lies outside`;
    }
    const saved = entry['backup'] ?? undefined;
    const backup = typeof saved === 'string' ? relative(home, saved) : undefined;
    if (saved !== undefined && !(backup ?? '').startsWith(`${backupDirectory}/`)) {
      return `its backup ${JSON.stringify(saved)} lies outside`;
    }
    read.push({ target, backup });
  }
  const name = typeof operation === 'string' ? operation : 'mutation';
  return { operation: name, status, backupDirectory, entries: read };
}

function relative(home: string, path: string): string | undefined {
  const [base, full] = [home, path].map((one) => one.replaceAll('\\', '/').replace(/\/+$/, ''));
  if (!full!.startsWith(`${base}/`)) return undefined;
  const rest = full!.slice(base!.length + 1);
  return rest.split('/').some((part) => ['', '.', '..'].includes(part)) ? undefined : rest;
}

function isBackup(path: string, stateDirectory: string): boolean {
  const prefix = `${stateDirectory}/staging/rollback-`;
  return path.startsWith(prefix) && !path.slice(prefix.length).includes('/');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
