/**
 * Files that no reader sees half of and no power cut loses: replace, publish, copy, link, remove,
 * over a small FileSystem port with its form for the real disk.
 */
export { copyFile } from './copy-file.ts';
export { AtomicFsError, errorCode, type AtomicFsErrorCode } from './errors.ts';
export type { FileHandle, FileStat, FileSystem } from './file-system.ts';
export { hardLinkOrCopy, isLinkRefusal, isSameFile } from './hard-link-or-copy.ts';
export { makeDirectories, missingDirectories } from './make-directories.ts';
export { openLockFile, type LockFile } from './node/lock-file.ts';
export { nodeFileSystem } from './node/node-file-system.ts';
export { copyIntoPlace, moveIntoPlace, publishFile, type PublishOptions } from './publish-file.ts';
export {
  hashBytes,
  hashFile,
  readChunks,
  readFile,
  readFileIfThere,
  type FileDigest,
} from './read-file.ts';
export { removeFile, removeTree } from './remove.ts';
export { replaceFile, type ReplaceOptions } from './replace-file.ts';
export { isTemporaryName, temporarySibling } from './temporary-name.ts';
export { writeNewFile, type WriteOptions } from './write-new-file.ts';
