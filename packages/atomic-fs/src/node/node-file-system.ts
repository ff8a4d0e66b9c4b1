/**
 * The FileSystem port on the real disk. The only place of the program that writes through
 * `node:fs`. Synchronous on purpose: for small metadata work the sync calls are 1.5 to 8 times
 * faster than promises, and the order of the calls is the order of the code.
 */
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeSync,
  type Stats,
} from 'node:fs';

import { errorCode } from '../errors.ts';
import type { FileHandle, FileStat, FileSystem } from '../file-system.ts';
import { retrying } from '../windows/retrying.ts';
import { sleep } from './sleep.ts';

// what Windows does not have (O_NOFOLLOW, O_NONBLOCK, O_DIRECTORY) is undefined there and adds no bit
const { O_APPEND, O_CREAT, O_DIRECTORY, O_EXCL, O_RDONLY, O_RDWR, O_WRONLY } = constants;
/** No link is followed, and a pipe in place of a file is not waited for. */
const CAREFUL = constants.O_NOFOLLOW | constants.O_NONBLOCK;

const FLAGS = {
  read: O_RDONLY | CAREFUL,
  create: O_WRONLY | O_CREAT | O_EXCL | CAREFUL,
  append: O_WRONLY | O_CREAT | O_APPEND | CAREFUL,
  update: O_RDWR | CAREFUL,
};

/**
 * The real file system. Stateless: every call may be shared. On Windows it waits for files that are
 * in use (see `retrying`), up to 10 s a call, in which the thread does nothing else.
 */
export function nodeFileSystem(): FileSystem {
  return forPlatform(process.platform);
}

/** The real file system as it is on the platform, as far as this one can show it. */
export function forPlatform(platform: NodeJS.Platform): FileSystem {
  return retrying(systemCalls(), { platform, sleep });
}

function systemCalls(): FileSystem {
  return {
    open: (path, flag, mode = 0o666) => handle(openSync(path, FLAGS[flag], mode), flag),
    list,
    stat,
    makeDirectory(path, mode = 0o777) {
      mkdirSync(path, { mode });
    },
    rename: renameSync,
    link: linkSync,
    unlink: unlinkSync,
    removeDirectory: (path) => rmdirSync(path),
    syncDirectory,
  };
}

function stat(path: string): FileStat | undefined {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats && fileStat(stats);
  } catch (error) {
    // below a file there is nothing, nor under a name that no file can have
    if (['ENOTDIR', 'ENAMETOOLONG'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}

/** The system would follow a link here, and has no flag against it. */
function list(path: string): string[] {
  if (stat(path)?.kind === 'symlink') {
    const text = `ENOTDIR: not a directory, scandir '${path}'`;
    throw Object.assign(new Error(text), { code: 'ENOTDIR', syscall: 'scandir', path });
  }
  return readdirSync(path).toSorted();
}

function handle(fd: number, flag: keyof typeof FLAGS): FileHandle {
  let open = true;
  // Windows syncs only what is open for writing; what is only read there was synced by its writer
  const syncable = process.platform !== 'win32' || flag !== 'read';
  return {
    read: (buffer, position) => readSync(fd, buffer, 0, buffer.length, position),
    write: (bytes) => writeSync(fd, bytes),
    truncate: (size) => ftruncateSync(fd, size),
    setMode: (mode) => fchmodSync(fd, mode),
    stat: () => fileStat(fstatSync(fd)),
    sync() {
      if (syncable) fsyncSync(fd);
    },
    close() {
      if (!open) return;
      open = false;
      closeSync(fd);
    },
  };
}

/** Windows refuses to sync a directory; there the names' durability is what NTFS's log gives. */
function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(path, O_RDONLY | O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function fileStat(stats: Stats): FileStat {
  return {
    kind: kindOf(stats),
    size: stats.size,
    mode: stats.mode & 0o7777,
    device: stats.dev,
    inode: stats.ino,
    links: stats.nlink,
    modified: stats.mtimeMs,
    changed: stats.ctimeMs,
  };
}

function kindOf(stats: Stats): FileStat['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  return stats.isSymbolicLink() ? 'symlink' : 'other';
}
