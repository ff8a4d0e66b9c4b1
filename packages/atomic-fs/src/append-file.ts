/**
 * Appends to a file in place, durably: for logs of records, where replacing the whole file each
 * time would cost too much.
 *
 * The caller sees to it that one process at a time appends. While an append runs, a reader may see
 * a part of it. After a crash (kill or power cut) the file ends in the old bytes, in the new ones,
 * or in a torn tail: any part of the new bytes, with zeros in place of others. So each record
 * carries what shows it whole (a newline and a checksum), and before anything is appended after a
 * crash the caller cuts a torn tail off by `replaceFile` with the records that are whole. Not by
 * cutting the file itself: bytes that the dead process failed to sync may be seen and yet be lost,
 * and no sync of theirs would tell.
 *
 * The bytes appear under every name of the file: a file with hard links that must stay as it is
 * (a snapshot) is not one to append to.
 */
import { dirname } from 'node:path';

import { AtomicFsError } from './errors.ts';
import type { FileHandle, FileSystem } from './file-system.ts';
import { writeFully } from './write-fully.ts';

export interface AppendOptions {
  /** Permission bits of a file that is made, masked by the umask (default `0o666`). */
  readonly mode?: number;
  /** Survive a power cut (default true): the data is synced, the name too when the file is new. */
  readonly durable?: boolean;
}

/**
 * Appends bytes, or text as UTF-8, and makes the file when it is absent. After an error the file is
 * as long as it was, or absent as it was.
 * @returns bytes of the file before and after
 * @throws the system's error (`ENOSPC`, `EIO`, …; `ELOOP` for a symbolic link);
 *   `AtomicFsError` `short-write`; `not-a-file` for a pipe or a device; `outcome-unknown`, with the
 *   first error as its `cause`, when the old state could not be brought back durably
 */
export function appendFile(
  fileSystem: FileSystem,
  path: string,
  content: Uint8Array | string,
  { mode, durable = true }: AppendOptions = {},
): { readonly before: number; readonly after: number } {
  const there = fileSystem.stat(path);
  if (there?.kind === 'other') {
    throw new AtomicFsError('not-a-file', `"${path}" is a pipe or a device`);
  }
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const isNew = there === undefined;
  const handle = fileSystem.open(path, 'append', mode);
  let before: number | undefined;
  try {
    before = handle.stat().size;
    const after = before + bytes.length;
    writeFully(handle, bytes, path);
    checkLength(handle, path, after);
    if (durable) handle.sync();
    if (durable && isNew) fileSystem.syncDirectory(dirname(path));
    handle.close();
    return { before, after };
  } catch (error) {
    takeBack(
      fileSystem,
      { handle, path, isNew, most: (before ?? 0) + bytes.length, before },
      error,
    );
    throw error;
  }
}

function checkLength(handle: FileHandle, path: string, expected: number): void {
  const { size } = handle.stat();
  if (size >= expected) return;
  const text = `"${path}" holds ${size} bytes where ${expected} were written`;
  throw new AtomicFsError('short-write', text);
}

interface Failed {
  readonly handle: FileHandle;
  readonly path: string;
  readonly isNew: boolean;
  /** Bytes before; `undefined` when nothing was written yet. */
  readonly before: number | undefined;
  /** More bytes than this were written by somebody else, against the contract: they stay. */
  readonly most: number;
}

/** The sync that failed is not tried again: the bytes that it was about are cut away first. */
function takeBack(fileSystem: FileSystem, failed: Failed, error: unknown): void {
  const { handle, path, isNew, before, most } = failed;
  try {
    if (before !== undefined && handle.stat().size <= most) {
      handle.truncate(before);
      handle.sync();
    }
    if (isNew && handle.stat().size === 0) {
      fileSystem.unlink(path);
      fileSystem.syncDirectory(dirname(path));
    }
  } catch {
    const text = `"${path}" may end in a part of what was to be appended: the append failed, and so did taking it back`;
    throw new AtomicFsError('outcome-unknown', text, { cause: error });
  } finally {
    closeQuietly(handle);
  }
}

function closeQuietly(handle: FileHandle): void {
  try {
    handle.close();
  } catch {
    // the first error is the one to report
  }
}
