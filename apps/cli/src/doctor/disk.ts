/** Tries for real, in a directory of its own, what durability and exclusion are built on. */
import { join } from 'node:path';

import { type FileSystem, isLinkRefusal, isSameFile, readFile } from '@openkb/atomic-fs';
import type { LockProvider } from '@openkb/journal';

import { type Finding, finding } from './finding.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** @param directory empty; what is made in it may be left there */
export function diskFindings(
  fileSystem: FileSystem,
  locks: LockProvider,
  directory: string,
): Finding[] {
  const at = (name: string) => join(directory, name);
  return [
    finding('sync', () => trySync(fileSystem, at)),
    finding('hard-links', () => tryLink(fileSystem, at)),
    finding('atomic-rename', () => tryRename(fileSystem, at)),
    finding('lock', () => tryLock(locks, at('lock'))),
  ];
}

type At = (name: string) => string;

function write(fileSystem: FileSystem, path: string, text: string): void {
  const handle = fileSystem.open(path, 'create');
  try {
    handle.write(encode(text));
    handle.sync();
  } finally {
    handle.close();
  }
}

function trySync(fileSystem: FileSystem, at: At): Omit<Finding, 'name'> {
  write(fileSystem, at('synced'), 'x');
  fileSystem.syncDirectory(at('.'));
  return { status: 'ok', text: 'files and directories can be forced to disk' };
}

function tryLink(fileSystem: FileSystem, at: At): Omit<Finding, 'name'> {
  const copies = 'originals are copied, which takes more time and space';
  write(fileSystem, at('original'), 'x');
  try {
    fileSystem.link(at('original'), at('link'));
  } catch (error) {
    if (!isLinkRefusal(error)) throw error;
    return { status: 'note', text: `this file system makes no hard links; ${copies}` };
  }
  return isSameFile(fileSystem, at('original'), at('link'))
    ? { status: 'ok', text: 'hard links are made' }
    : { status: 'note', text: `this file system only pretends to make hard links; ${copies}` };
}

/** A reader that has the old file open goes on reading it; the name leads to the new one. */
function tryRename(fileSystem: FileSystem, at: At): Omit<Finding, 'name'> {
  write(fileSystem, at('live'), 'old');
  write(fileSystem, at('new'), 'new');
  const reader = fileSystem.open(at('live'), 'read');
  const seen = new Uint8Array(3);
  try {
    fileSystem.rename(at('new'), at('live'));
    reader.read(seen, 0);
  } finally {
    reader.close();
  }
  const now = new TextDecoder().decode(readFile(fileSystem, at('live')));
  if (now === 'new' && new TextDecoder().decode(seen) === 'old')
    return { status: 'ok', text: 'a file is replaced as a whole' };
  return {
    status: 'broken',
    text: 'a renamed file does not take the place of another as a whole',
    hint: 'Keep the knowledge base on a local disk.',
  };
}

function tryLock(locks: LockProvider, path: string): Omit<Finding, 'name'> {
  const first = locks.tryLock(path, 'exclusive');
  const second = locks.tryLock(path, 'exclusive');
  first?.release();
  second?.release();
  const readers = [locks.tryLock(path, 'shared'), locks.tryLock(path, 'shared')];
  const excluded = locks.tryLock(path, 'exclusive');
  for (const lock of [...readers, excluded]) lock?.release();
  const works = first && !second && readers.every((lock) => lock !== undefined) && !excluded;
  if (works) return { status: 'ok', text: `processes exclude each other by ${locks.name}` };
  return {
    status: 'broken',
    text: `${locks.name} excludes nobody on this file system`,
    hint: 'Keep the knowledge base on a local disk, and use it by one process at a time.',
  };
}
