/**
 * Files that no reader sees half of and no power cut loses: replace, append, publish, copy, link,
 * remove, over a small FileSystem port with its form for the real disk; and names that every disk takes.
 */
export { appendFile, type AppendOptions } from './append-file.ts';
export { changeCase, type ChangeCaseOptions } from './change-case.ts';
export { copyFile } from './copy-file.ts';
export { AtomicFsError, errorCode, type AtomicFsErrorCode } from './errors.ts';
export type { FileHandle, FileStat, FileSystem } from './file-system.ts';
export { hardLinkOrCopy, isLinkRefusal, isSameFile } from './hard-link-or-copy.ts';
export { makeDirectories, missingDirectories } from './make-directories.ts';
export { findNameClash } from './names/find-name-clash.ts';
export { nameKey } from './names/name-key.ts';
export { safeFileName } from './names/safe-file-name.ts';
export type { WriteOptions } from './new-file.ts';
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
export { removeLeftovers, type LeftoverOptions } from './remove-leftovers.ts';
export { removeFile, removeTree } from './remove.ts';
export { replaceFile, type ReplaceOptions } from './replace-file.ts';
export { replaceFromStream } from './replace-from-stream.ts';
export { jsonText, replaceJson } from './replace-json.ts';
export { isTemporaryName, temporarySibling } from './temporary-name.ts';
export { retrying, type RetryOptions } from './windows/retrying.ts';
export { writeNewFile } from './write-new-file.ts';
