/** Are the journal's own directories and files what they must be? */
import { basename, join } from 'node:path';

import { isTemporaryName, type FileStat } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import type { Violation } from './contract.ts';
import type { LockProvider } from './lock/lock.ts';
import { PID_FILE_LOCKS, PID_FILE_MARK } from './lock/pid-file-name.ts';
import { ownDirectories } from './own-directories.ts';

/** What its owner must be able to do, and what nobody else may. */
const NEEDED = { directory: 0o700, file: 0o600 };
const FOR_EVERYBODY = 0o002;

export function checkOwnFiles(context: Context, locks: LockProvider): Violation[] {
  const { fileSystem, layout } = context;
  const { stateDirectory } = layout;
  const kinds = ownDirectories(context).flatMap(({ path, shown }) =>
    checkKind(fileSystem.stat(path), shown, 'directory'),
  );
  // no name below a link may be looked at
  if (kinds.some(({ path }) => path === stateDirectory)) return kinds;
  const state = join(layout.root, stateDirectory);
  const names = fileSystem.stat(state) === undefined ? [] : fileSystem.list(state);
  const files = names.flatMap((name): Violation[] => {
    const path = join(state, name);
    const shown = `${stateDirectory}/${name}`;
    const stat = fileSystem.stat(path);
    if (path === layout.lockFile) return checkKind(stat, shown, 'file');
    if (isTemporaryName(name)) return [temporaryLeft(shown)];
    return stat?.kind === 'file' ? checkMode(stat, shown) : [];
  });
  return [...kinds, ...files, ...checkLock(context, locks, names)];
}

function checkKind(
  stat: FileStat | undefined,
  path: string,
  wanted: 'file' | 'directory',
): Violation[] {
  if (stat === undefined) return [];
  if (stat.kind === wanted) return checkMode(stat, path);
  const message = `"${path}" must be a ${wanted} and is ${KINDS[stat.kind]}`;
  return [{ code: 'wrong-kind', path, message }];
}

const KINDS = {
  file: 'a file',
  directory: 'a directory',
  symlink: 'a symbolic link',
  other: 'something else',
};

/** Windows has no such bits. */
function checkMode({ kind, mode }: FileStat, path: string): Violation[] {
  if (process.platform === 'win32') return [];
  const needed = kind === 'directory' ? NEEDED.directory : NEEDED.file;
  const bits = (mode & 0o777).toString(8);
  if ((mode & needed) !== needed) {
    const message = `"${path}" cannot be used by its owner (mode ${bits})`;
    return [{ code: 'permissions', path, message }];
  }
  if ((mode & FOR_EVERYBODY) === 0) return [];
  const message = `"${path}" can be changed by everybody (mode ${bits})`;
  return [{ code: 'permissions', path, message }];
}

function checkLock(
  { fileSystem, layout }: Context,
  locks: LockProvider,
  names: readonly string[],
): Violation[] {
  const path = layout.lockFile.slice(layout.root.length + 1).replaceAll('\\', '/');
  const violations: Violation[] = [];
  const isUsed = fileSystem.stat(layout.journalDirectory)?.kind === 'directory';
  const isThere = fileSystem.stat(layout.lockFile) !== undefined;
  if (isUsed && !isThere && locks.look?.(layout.lockFile) === 'missing') {
    const message = `the lock file "${path}" was removed: whoever held it excludes nobody`;
    violations.push({ code: 'lock-missing', path, message });
  }
  const pidFile = names.find((name) => name.startsWith(`${basename(path)}${PID_FILE_MARK}`));
  if (locks.name !== PID_FILE_LOCKS && pidFile !== undefined) {
    const shown = `${layout.stateDirectory}/${pidFile}`;
    const message = `a process holds the lock by "${shown}", which this one (${locks.name}) does not heed`;
    violations.push({ code: 'other-lock', path: shown, message });
  }
  return violations;
}

export function temporaryLeft(path: string): Violation {
  return { code: 'temporary-left', path, message: `"${path}" is a temporary file that was left` };
}
