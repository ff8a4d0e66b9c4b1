import type { FileSystem } from '@openkb/atomic-fs';

/** Forces a file that somebody else has written to disk, its permission bits set first where given. */
export function syncFile(fileSystem: FileSystem, path: string, mode?: number): void {
  const handle = fileSystem.open(path, 'read');
  try {
    if (mode !== undefined) handle.setMode(mode);
    handle.sync();
  } finally {
    handle.close();
  }
}
