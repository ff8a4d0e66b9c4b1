import type { FileSystem } from './file-system.ts';

/** Moves a finished temporary sibling over `to`; when that fails the sibling is removed. */
export function renameOrDiscard(fileSystem: FileSystem, sibling: string, to: string): void {
  try {
    fileSystem.rename(sibling, to);
  } catch (error) {
    try {
      fileSystem.unlink(sibling);
    } catch {
      // the rename's error is the one to report
    }
    throw error;
  }
}
