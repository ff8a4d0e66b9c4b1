/** Toy protocols, right and wrong on purpose, to try the instrument on. */
import type { FileHandle, FileSystem } from '../src/file-system/index.ts';
import { readAll } from '../src/file-system/tree.ts';

export interface ReplaceFlaws {
  readonly noFileSync?: boolean;
  readonly noDirectorySync?: boolean;
  readonly renameBeforeSync?: boolean;
  readonly inPlace?: boolean;
  readonly unlinkFirst?: boolean;
  readonly swallowErrors?: boolean;
  readonly oneWrite?: boolean;
  readonly retriesSync?: boolean;
}

export const page = '/kb/page.md';
const temporary = '/kb/page.md.tmp';
export const oldText = 'old text '.repeat(150);
export const newText = 'new words '.repeat(200);

function writeAll(handle: FileHandle, text: string, flaws: ReplaceFlaws): void {
  let rest: Uint8Array = Buffer.from(text);
  while (rest.length > 0) {
    const count = handle.write(rest);
    if (flaws.oneWrite) return;
    rest = rest.subarray(count);
  }
}

function syncFile(handle: FileHandle, { retriesSync }: ReplaceFlaws): void {
  try {
    handle.sync();
  } catch (error) {
    if (!retriesSync) throw error;
    handle.sync();
  }
}

/** Replaces the page: write beside, sync, rename, sync the directory. */
export function replacePage(fs: FileSystem, flaws: ReplaceFlaws = {}): void {
  const target = flaws.inPlace ? page : temporary;
  try {
    const handle = fs.open(target, flaws.inPlace ? 'update' : 'create');
    try {
      if (flaws.inPlace) handle.truncate(0);
      writeAll(handle, newText, flaws);
      if (flaws.renameBeforeSync) fs.rename(temporary, page);
      if (!flaws.noFileSync) syncFile(handle, flaws);
    } finally {
      handle.close();
    }
    if (flaws.unlinkFirst) fs.unlink(page);
    if (!flaws.inPlace && !flaws.renameBeforeSync) fs.rename(temporary, page);
    if (!flaws.noDirectorySync) fs.syncDirectory('/kb');
  } catch (error) {
    if (!flaws.swallowErrors) throw error;
  }
}

/** Removes what an interrupted replacement has left; were it to come back, it is removed again. */
export function sweep(fs: FileSystem): void {
  if (fs.stat(temporary) !== undefined) fs.unlink(temporary);
}

export interface JournalFlaws {
  readonly noBackupSync?: boolean;
  readonly noReadySync?: boolean;
  readonly commitBeforePages?: boolean;
  readonly recoveryDropsEarly?: boolean;
  readonly recoveryCopiesUnsynced?: boolean;
  readonly recoveryUnlinksFirst?: boolean;
  readonly recoveryTrustsCache?: boolean;
}

const state = '/kb/.txn';
const ready = `${state}/ready`;
const pages = ['a.md', 'b.md'];

/** Changes two pages as one step: links to the originals, a marker, replacements, marker gone. */
export function changePages(
  fs: FileSystem,
  flaws: JournalFlaws = {},
  acknowledge: () => void = () => {},
): void {
  fs.makeDirectory(state);
  for (const name of pages) fs.link(`/kb/${name}`, `${state}/${name}`);
  if (!flaws.noBackupSync) {
    fs.syncDirectory(state);
    fs.syncDirectory('/kb');
  }
  fs.open(ready, 'create').close();
  if (!flaws.noReadySync) fs.syncDirectory(state);
  const commit = () => {
    fs.unlink(ready);
    fs.syncDirectory(state);
    acknowledge();
  };
  if (flaws.commitBeforePages) commit();
  for (const name of pages) {
    create(fs, `${state}/new`, Buffer.from(`${name} is new`), true);
    fs.rename(`${state}/new`, `/kb/${name}`);
  }
  fs.syncDirectory('/kb');
  if (!flaws.commitBeforePages) commit();
  drop(fs);
}

/** Puts the originals back while the marker is there; then nothing of the journal stays. */
export function undoPages(fs: FileSystem, flaws: JournalFlaws = {}): void {
  if (fs.stat(state) === undefined) return;
  if (fs.stat(ready) !== undefined) {
    if (flaws.recoveryDropsEarly) fs.unlink(ready);
    if (flaws.recoveryDropsEarly) fs.syncDirectory(state);
    for (const name of pages) restore(fs, name, flaws);
    if (!flaws.recoveryCopiesUnsynced) fs.syncDirectory('/kb');
    if (fs.stat(ready) !== undefined) fs.unlink(ready);
  }
  // a killed process may have removed the marker and not synced that
  if (!flaws.recoveryTrustsCache) fs.syncDirectory(state);
  drop(fs);
}

function restore(fs: FileSystem, name: string, flaws: JournalFlaws): void {
  const saved = `${state}/${name}`;
  const live = `/kb/${name}`;
  if (fs.stat(saved)?.inode === fs.stat(live)?.inode) return;
  if (flaws.recoveryUnlinksFirst && fs.stat(live) !== undefined) fs.unlink(live);
  const again = `${state}/again`;
  if (fs.stat(again) !== undefined) fs.unlink(again);
  if (flaws.recoveryCopiesUnsynced) create(fs, again, readAll(fs, saved), false);
  else fs.link(saved, again);
  fs.rename(again, live);
}

/** Needs no sync: without the marker whatever comes back is dropped again. */
function drop(fs: FileSystem): void {
  for (const name of fs.list(state)) fs.unlink(`${state}/${name}`);
  fs.removeDirectory(state);
}

function create(fs: FileSystem, path: string, bytes: Uint8Array, sync: boolean): void {
  const handle = fs.open(path, 'create');
  try {
    let rest = bytes;
    while (rest.length > 0) rest = rest.subarray(handle.write(rest));
    if (sync) handle.sync();
  } finally {
    handle.close();
  }
}
