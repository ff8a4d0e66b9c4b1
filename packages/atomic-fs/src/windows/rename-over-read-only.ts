import { errorCode } from '../errors.ts';
import type { FileSystem } from '../file-system.ts';

const WRITABLE = 0o200;

/**
 * Renames, also over a read-only file: Windows refuses that until the mark is taken off, other
 * systems never ask for it. When the rename fails all the same the mark is put back.
 */
export function renameOverReadOnly(fileSystem: FileSystem, from: string, to: string): void {
  try {
    fileSystem.rename(from, to);
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'EPERM' && code !== 'EACCES') throw error;
    const there = fileSystem.stat(to);
    if (there?.kind !== 'file' || (there.mode & WRITABLE) !== 0) throw error;
    const mode = there.mode & 0o777;
    setMode(fileSystem, to, mode | WRITABLE);
    try {
      fileSystem.rename(from, to);
    } catch (second) {
      setMode(fileSystem, to, mode);
      throw second;
    }
  }
}

function setMode(fileSystem: FileSystem, path: string, mode: number): void {
  const handle = fileSystem.open(path, 'read');
  try {
    handle.setMode(mode);
  } finally {
    handle.close();
  }
}
