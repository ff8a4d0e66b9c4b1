/** A journal over a temporary directory of the real disk, and ways to interrupt it. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import { nodeFileSystem, type FileSystem } from '@openkb/atomic-fs';
import { expect, onTestFinished } from 'vitest';

import {
  kernelLocks,
  openJournal,
  type Change,
  type Journal,
  type JournalOptions,
} from '../../src/index.ts';

export const disk = nodeFileSystem();
let ids = 0;

export function temporaryRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'openkb-journal-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, '.openkb'));
  return root;
}

export function journalOf(
  root: string,
  fileSystem: FileSystem = disk,
  options: Pick<JournalOptions, 'keep' | 'keepBytes'> = {},
): Journal {
  return openJournal({
    root,
    fileSystem,
    locks: kernelLocks(),
    clock: () => new Date('2026-01-02T03:04:05Z'),
    randomId: () => (ids += 1).toString(16).padStart(8, '0'),
    command: 'test command',
    ...options,
  });
}

export function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const umask = process.umask();

/**
 * Every file below `root` but those of the state directory: path -> text, after its permission
 * bits where they are not the usual ones.
 */
export function tree(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (directory: string): void => {
    for (const name of readdirSync(directory).toSorted()) {
      const path = join(directory, name);
      const stat = statSync(path);
      const usual = (stat.isDirectory() ? 0o777 : 0o666) & ~umask;
      const bits = stat.mode & 0o777;
      const mode = bits === usual ? '' : `${bits.toString(8)} `;
      if (path === join(root, '.openkb')) continue;
      if (stat.isDirectory()) {
        found[`${relative(root, path)}/`] = mode;
        walk(path);
      } else found[relative(root, path)] = `${mode}${readFileSync(path, 'utf8')}`;
    }
  };
  walk(root);
  return found;
}

export const text = (value: string) => Buffer.from(value);

/** A write of text. */
export const put = (path: string, content = 'after'): Change => ({
  kind: 'write',
  path,
  bytes: text(content),
});

/** Saves as editors do: a temporary file renamed over the old one. */
export function save(root: string, path: string, content: string): void {
  const temporary = join(root, 'editor.tmp');
  writeFileSync(temporary, content);
  renameSync(temporary, join(root, path));
}

/** Commits through one session. */
export async function commitOnce(journal: Journal, changes: readonly Change[]) {
  const session = await journal.acquire('exclusive');
  try {
    return session.commit({ operation: 'test', subject: 'subject.md', changes });
  } finally {
    session.release();
  }
}

/** The next exclusive lock; what it recovered. */
export async function recoverNow(root: string, fileSystem: FileSystem = disk) {
  const session = await journalOf(root, fileSystem).acquire('exclusive');
  session.release();
  return session.recovered;
}

export class Stopped extends Error {}

export const atCommitPoint = (call: string, path: string): boolean =>
  call === 'rename' && path.endsWith('/committed');

/** Leaves a mutation behind as a process does that died before the call that `when` picks. */
export async function cut(
  root: string,
  changes: readonly Change[],
  when: (call: string, path: string) => boolean = atCommitPoint,
): Promise<void> {
  const attempt = commitOnce(journalOf(root, stopping(when)), changes);
  await expect(attempt).rejects.toMatchObject({ name: 'JournalError' });
}

/**
 * A disk that stops at the first call that `when` picks: from then on every call throws, as if the
 * process had died before it.
 */
export function stopping(when: (call: string, path: string) => boolean): FileSystem {
  let stopped = false;
  const check = (call: string, path: string): void => {
    stopped ||= when(call, path);
    if (stopped) throw new Stopped(`stopped at ${call} ${path}`);
  };
  return watched(check);
}

/** A disk that throws an error with `code` from the calls that `when` picks. */
export function failing(code: string, when: (call: string, path: string) => boolean): FileSystem {
  return watched((call, path) => {
    if (when(call, path)) throw Object.assign(new Error(`${code}: ${call} ${path}`), { code });
  });
}

function watched(check: (call: string, path: string) => void): FileSystem {
  return {
    open(path, flag, mode) {
      check('open', path);
      const handle = disk.open(path, flag, mode);
      return {
        ...handle,
        write(bytes) {
          check('write', path);
          return handle.write(bytes);
        },
        sync() {
          check('sync', path);
          handle.sync();
        },
      };
    },
    list(path) {
      check('list', path);
      return disk.list(path);
    },
    stat(path) {
      check('stat', path);
      return disk.stat(path);
    },
    makeDirectory(path, mode) {
      check('makeDirectory', path);
      disk.makeDirectory(path, mode);
    },
    rename(from, to) {
      check('rename', to);
      disk.rename(from, to);
    },
    link(from, to) {
      check('link', to);
      disk.link(from, to);
    },
    unlink(path) {
      check('unlink', path);
      disk.unlink(path);
    },
    removeDirectory(path) {
      check('removeDirectory', path);
      disk.removeDirectory(path);
    },
    syncDirectory(path) {
      check('syncDirectory', path);
      disk.syncDirectory(path);
    },
  };
}
