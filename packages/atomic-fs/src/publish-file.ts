import { dirname } from 'node:path';

import { copyFile } from './copy-file.ts';
import { errorCode } from './errors.ts';
import type { FileSystem } from './file-system.ts';
import { renameOrDiscard } from './rename-or-discard.ts';
import { temporarySibling } from './temporary-name.ts';

export interface PublishOptions {
  /** Letters and digits, unused so far: names the temporary sibling when the devices differ. */
  readonly id: string;
}

/**
 * Moves a finished, synced file over `to`, so that every reader sees the old file or the whole new
 * one. By rename; across devices by a synced copy beside `to` and a rename, after which `from` goes,
 * or stays where it cannot be removed. Not yet durable: the caller syncs `to`'s directory, once for
 * many files. After an error `to` and `from` are as they were.
 */
export function moveIntoPlace(
  fileSystem: FileSystem,
  from: string,
  to: string,
  { id }: PublishOptions,
): void {
  try {
    fileSystem.rename(from, to);
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error;
    copyIntoPlace(fileSystem, from, to, { id });
    try {
      fileSystem.unlink(from);
    } catch {
      // published is published: what is left at `from` is not worth calling it failed
    }
  }
}

/** As `moveIntoPlace`, but `from` stays: a synced copy beside `to`, then a rename over it. */
export function copyIntoPlace(
  fileSystem: FileSystem,
  from: string,
  to: string,
  { id }: PublishOptions,
): void {
  const sibling = temporarySibling(to, id);
  copyFile(fileSystem, from, sibling);
  renameOrDiscard(fileSystem, sibling, to);
}

/** Publishes one file durably: `moveIntoPlace`, then the directory is synced. */
export function publishFile(
  fileSystem: FileSystem,
  from: string,
  to: string,
  options: PublishOptions,
): void {
  moveIntoPlace(fileSystem, from, to, options);
  fileSystem.syncDirectory(dirname(to));
}
