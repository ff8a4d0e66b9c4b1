import { copyFile } from './copy-file.ts';
import { errorCode } from './errors.ts';
import type { FileSystem } from './file-system.ts';

/** How a file system says that it will not link: another device, no links, too many, not allowed. */
const REFUSED = new Set([
  'EXDEV',
  'EPERM',
  'EACCES',
  'EMLINK',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EINVAL',
]);

/** Whether an error of `link` means that this file system does not link here, so that a copy must do. */
export function isLinkRefusal(error: unknown): boolean {
  return REFUSED.has(errorCode(error) ?? '');
}

/**
 * Gives the file at `from` a second name, or a synced copy where the file system refuses links or
 * only pretends to make them (overlayfs gives the link another inode). `to` must not exist. The
 * new name is durable when the caller has synced its directory.
 * @returns which of the two it was: a linked file changes with the original when somebody writes in place
 */
export function hardLinkOrCopy(fileSystem: FileSystem, from: string, to: string): 'link' | 'copy' {
  try {
    fileSystem.link(from, to);
  } catch (error) {
    if (!isLinkRefusal(error)) throw error;
    copyFile(fileSystem, from, to);
    return 'copy';
  }
  if (isSameFile(fileSystem, from, to)) return 'link';
  fileSystem.unlink(to);
  copyFile(fileSystem, from, to);
  return 'copy';
}

/** Whether two names lead to one file. */
export function isSameFile(fileSystem: FileSystem, a: string, b: string): boolean {
  const [one, two] = [fileSystem.stat(a), fileSystem.stat(b)];
  return (
    one !== undefined && two !== undefined && one.inode === two.inode && one.device === two.device
  );
}
