/** The port over node:fs, as plainly as can be, to compare the simulation with the real thing. */
import * as fs from 'node:fs';

import type { FileStat, FileSystem } from '../src/file-system/index.ts';

const { O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_APPEND, O_NOFOLLOW } = fs.constants;
const flags = {
  read: O_RDONLY | O_NOFOLLOW,
  create: O_WRONLY | O_CREAT | O_EXCL,
  append: O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW,
  update: O_RDWR | O_NOFOLLOW,
};

export const nodePort: FileSystem = {
  open(path, flag, mode = 0o666) {
    const fd = fs.openSync(path, flags[flag], mode);
    return {
      read: (buffer, position) => fs.readSync(fd, buffer, 0, buffer.length, position),
      write: (bytes) => fs.writeSync(fd, bytes),
      truncate: (size) => fs.ftruncateSync(fd, size),
      setMode: (bits) => fs.fchmodSync(fd, bits),
      stat: () => statOf(fs.fstatSync(fd)),
      sync: () => fs.fsyncSync(fd),
      close: () => fs.closeSync(fd),
    };
  },
  list(path) {
    // the port follows no link in the last component; readdir does
    if (isLink(path)) {
      throw Object.assign(new Error('ENOTDIR'), { code: 'ENOTDIR', syscall: 'scandir' });
    }
    return fs.readdirSync(path).toSorted();
  },
  stat(path) {
    try {
      return statOf(fs.lstatSync(path));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      throw error;
    }
  },
  makeDirectory(path, mode = 0o777) {
    fs.mkdirSync(path, { mode });
  },
  rename: fs.renameSync,
  link: fs.linkSync,
  unlink: fs.unlinkSync,
  removeDirectory: (path) => fs.rmdirSync(path),
  syncDirectory(path) {
    const fd = fs.openSync(path, fs.constants.O_DIRECTORY);
    fs.fsyncSync(fd);
    fs.closeSync(fd);
  },
};

function isLink(path: string): boolean {
  try {
    return fs.lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

function statOf(stats: fs.Stats): FileStat {
  const kind = stats.isFile()
    ? 'file'
    : stats.isDirectory()
      ? 'directory'
      : stats.isSymbolicLink()
        ? 'symlink'
        : 'other';
  const { size, dev: device, ino: inode, nlink: links, mtimeMs: modified } = stats;
  return { kind, size, mode: stats.mode & 0o7777, device, inode, links, modified };
}
