/** Which paths a mutation may touch (DESIGN.md section 6, invariant I2). */
import { join } from 'node:path';

import type { FileSystem } from '@openkb/atomic-fs';

import { JournalError } from './errors.ts';
import type { Layout } from './layout.ts';

/** Bytes that the usual file systems take for one name. */
const LONGEST_NAME = 255;

const OWN_DIRECTORIES = ['journal', 'history', 'staging', 'quarantine', 'recovered'];

/** Why a path may not be touched, or `undefined`. Looks at the name alone. */
export function pathFault(path: string, stateDirectory: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.includes('\0') || path.includes('\\')) return 'has a character that no path may have';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is not relative';
  const components = path.split('/');
  if (components.some((part) => part === '' || part === '.' || part === '..')) {
    return 'has an empty, "." or ".." component';
  }
  if (components.some((part) => Buffer.byteLength(part) > LONGEST_NAME)) {
    return `has a name of more than ${LONGEST_NAME} bytes`;
  }
  // on a disk that folds case `.OPENKB/Journal` is ours too
  const key = pathKey(path);
  const state = pathKey(stateDirectory);
  const isOwn =
    key === state ||
    key.startsWith(`${state}/ingest.lock`) ||
    OWN_DIRECTORIES.some((name) => `${key}/`.startsWith(`${state}/${name}/`));
  return isOwn ? "is the journal's own" : undefined;
}

/** Two names that a case-insensitive or normalising file system takes for one have one key. */
export function pathKey(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/**
 * @param areTwoFiles whether two paths that differ in case or normal form only exist as two files here
 * @throws JournalError `bad-path` when a path's name is not acceptable, or two paths are one on
 *   some file system, or one is the directory of another
 */
export function checkNames(
  files: readonly string[],
  directories: readonly string[],
  stateDirectory: string,
  areTwoFiles: (a: string, b: string) => boolean,
): void {
  for (const path of [...files, ...directories]) {
    const fault = pathFault(path, stateDirectory);
    if (fault !== undefined) throw new JournalError('bad-path', `"${path}" ${fault}`, at(path));
  }
  const keys = new Map<string, string>();
  for (const path of files) {
    const other = keys.get(pathKey(path));
    if (other !== undefined && (other === path || !areTwoFiles(path, other))) {
      throw new JournalError('bad-path', `"${path}" and "${other}" are one file`, at(path, other));
    }
    keys.set(pathKey(path), path);
  }
  for (const path of [...files, ...directories]) {
    const isDirectory = directories.includes(path);
    for (const above of ancestors(pathKey(path)).concat(isDirectory ? pathKey(path) : [])) {
      const file = keys.get(above);
      if (file !== undefined) {
        throw new JournalError('bad-path', `"${file}" is a file and a directory of "${path}"`, {
          paths: [file, path],
        });
      }
    }
  }
}

/**
 * Looks at the disk: every existing component above the path is a real directory, and the path is
 * absent or a regular file (`directory`: absent or a directory).
 * @param seen directories already looked at in this mutation
 * @throws JournalError `bad-path`
 */
export function checkOnDisk(
  fileSystem: FileSystem,
  layout: Layout,
  path: string,
  wanted: 'file' | 'directory',
  seen: Set<string>,
): void {
  for (const above of ancestors(path)) {
    if (seen.has(above)) continue;
    const kind = fileSystem.stat(join(layout.root, above))?.kind;
    if (kind === undefined) return;
    if (kind !== 'directory') throw wrongKind(path, above, kind);
    seen.add(above);
  }
  const kind = fileSystem.stat(layout.live(path))?.kind;
  if (kind !== undefined && kind !== wanted) throw wrongKind(path, path, kind);
}

function wrongKind(path: string, culprit: string, kind: string): JournalError {
  const what = { file: 'a file', directory: 'a directory', symlink: 'a symbolic link' }[kind];
  const where = culprit === path ? 'it' : `"${culprit}"`;
  const text = `"${path}" cannot be changed: ${where} is ${what ?? 'no regular file'}`;
  return new JournalError('bad-path', text, at(path));
}

/** `a/b/c` has `a` and `a/b`, outermost first. */
export function ancestors(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

const at = (...paths: string[]) => ({ paths });
