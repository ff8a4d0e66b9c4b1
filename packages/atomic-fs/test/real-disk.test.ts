import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  copyFile,
  hardLinkOrCopy,
  hashBytes,
  hashFile,
  isSameFile,
  isTemporaryName,
  makeDirectories,
  moveIntoPlace,
  nodeFileSystem,
  publishFile,
  readFile,
  readFileIfThere,
  removeFile,
  removeTree,
  replaceFile,
  temporarySibling,
  writeNewFile,
  type FileSystem,
} from '../src/index.ts';

const disk = nodeFileSystem();
let home: string;
const at = (name: string) => join(home, name);

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'openkb-atomic-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** The real disk with some calls of it changed. */
const withCalls = (calls: Partial<FileSystem>): FileSystem => ({ ...disk, ...calls });

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

test('a replaced file has the new bytes and keeps its permission bits', () => {
  writeFileSync(at('f'), 'old', { mode: 0o640 });
  replaceFile(disk, at('f'), 'new', { id: '1' });
  expect(readFileSync(at('f'), 'utf8')).toBe('new');
  expect(statSync(at('f')).mode & 0o777).toBe(0o640);
  expect(readdirSync(home)).toEqual(['f']);
});

test('a replacement over a symbolic link replaces the link and leaves what it led to', () => {
  writeFileSync(at('target'), 'target');
  symlinkSync(at('target'), at('link'));
  replaceFile(disk, at('link'), 'new', { id: '1' });
  expect(readFileSync(at('target'), 'utf8')).toBe('target');
  expect(disk.stat(at('link'))?.kind).toBe('file');
});

test.each(['rename', 'syncDirectory'] as const)('a failed %s leaves no temporary file', (call) => {
  writeFileSync(at('f'), 'old');
  const broken = withCalls({
    [call]: () => {
      throw failure('EIO');
    },
  });
  expect(() => replaceFile(broken, at('f'), 'new', { id: '1' })).toThrow('EIO');
  expect(readdirSync(home)).toEqual(['f']);
});

test('a disk that takes fewer bytes at a time gets all of them', () => {
  const slow = withCalls({
    open(path, flag, mode) {
      const handle = disk.open(path, flag, mode);
      return { ...handle, write: (bytes) => handle.write(bytes.subarray(0, 7)) };
    },
  });
  const bytes = Buffer.from('0123456789'.repeat(100));
  expect(writeNewFile(slow, at('f'), bytes)).toEqual(hashBytes(bytes));
  expect(readFileSync(at('f'))).toEqual(bytes);
});

test.each([
  ['claims more than it stored', (written: number) => written, 3],
  ['takes nothing', () => 0, 0],
])('a disk that %s is found out, and nothing is left', (_, claim, stored) => {
  const lying = withCalls({
    open(path, flag, mode) {
      const handle = disk.open(path, flag, mode);
      return {
        ...handle,
        write(bytes) {
          if (stored > 0) handle.write(bytes.subarray(0, stored));
          return claim(bytes.length);
        },
      };
    },
  });
  expect(() => writeNewFile(lying, at('f'), Buffer.from('0123456789'))).toThrow(
    expect.objectContaining({ code: 'short-write' }),
  );
  expect(readdirSync(home)).toEqual([]);
});

test('a new file is never written over one that is there', () => {
  writeFileSync(at('f'), 'mine');
  expect(() => writeNewFile(disk, at('f'), Buffer.from('x'))).toThrow(/EEXIST/);
  expect(readFileSync(at('f'), 'utf8')).toBe('mine');
});

test('publishing moves the file, across devices by a copy', () => {
  writeFileSync(at('a'), 'one');
  publishFile(disk, at('a'), at('b'), { id: '1' });
  expect(readdirSync(home)).toEqual(['b']);
  const calls: string[] = [];
  const twoDisks = withCalls({
    rename(from, to) {
      if (from === at('b')) throw failure('EXDEV');
      calls.push(to);
      disk.rename(from, to);
    },
  });
  chmodSync(at('b'), 0o604);
  moveIntoPlace(twoDisks, at('b'), at('c'), { id: '2' });
  expect(calls).toEqual([at('c')]);
  expect(readdirSync(home)).toEqual(['c']);
  expect(readFileSync(at('c'), 'utf8')).toBe('one');
  expect(statSync(at('c')).mode & 0o777).toBe(0o604);
});

test.each(['EXDEV', 'EPERM', 'EACCES', 'EMLINK', 'ENOTSUP'])(
  'where links are refused with %s a synced copy is made',
  (code) => {
    writeFileSync(at('a'), 'one');
    const noLinks = withCalls({
      link: () => {
        throw failure(code);
      },
    });
    expect(hardLinkOrCopy(noLinks, at('a'), at('b'))).toBe('copy');
    expect(readFileSync(at('b'), 'utf8')).toBe('one');
    expect(isSameFile(disk, at('a'), at('b'))).toBe(false);
  },
);

test('a link that is no link is replaced by a copy', () => {
  writeFileSync(at('a'), 'one');
  const overlay = withCalls({ link: (from, to) => void copyFile(disk, from, to) });
  expect(hardLinkOrCopy(overlay, at('a'), at('b'))).toBe('copy');
  expect(hardLinkOrCopy(disk, at('a'), at('c'))).toBe('link');
  expect(isSameFile(disk, at('a'), at('c'))).toBe(true);
});

test('a link refused for another reason is an error', () => {
  expect(() => hardLinkOrCopy(disk, at('missing'), at('b'))).toThrow(/ENOENT/);
});

test('directories are made with their parents, each synced in its parent', () => {
  const synced: string[] = [];
  const watched = withCalls({ syncDirectory: (path) => void synced.push(path) });
  expect(makeDirectories(watched, at('a/b/c'))).toEqual([at('a'), at('a/b'), at('a/b/c')]);
  expect(synced).toEqual([home, at('a'), at('a/b')]);
  expect(makeDirectories(watched, at('a/b/c'))).toEqual([]);
  writeFileSync(at('f'), '');
  expect(() => makeDirectories(disk, at('f/g'))).toThrow(/ENOTDIR/);
});

test('a tree is removed without following links', () => {
  mkdirSync(at('keep'));
  writeFileSync(at('keep/file'), 'kept');
  mkdirSync(at('tree/deep'), { recursive: true });
  writeFileSync(at('tree/deep/f'), '');
  symlinkSync(at('keep'), at('tree/link'));
  removeTree(disk, at('tree'));
  removeTree(disk, at('tree'));
  expect(readdirSync(home)).toEqual(['keep']);
  expect(readFileSync(at('keep/file'), 'utf8')).toBe('kept');
  expect(removeFile(disk, at('keep/file'))).toBe(true);
  expect(removeFile(disk, at('keep/file'))).toBe(false);
});

test('a large file is read, hashed and copied in pieces', () => {
  const bytes = Buffer.alloc(3_500_000, 'abcdefg');
  writeFileSync(at('big'), bytes);
  expect(hashFile(disk, at('big'))).toEqual(hashBytes(bytes));
  expect(Buffer.compare(readFile(disk, at('big')), bytes)).toBe(0);
  expect(copyFile(disk, at('big'), at('copy'))).toEqual(hashBytes(bytes));
  expect(readFile(disk, at('copy')).length).toBe(bytes.length);
  expect(readFileIfThere(disk, at('none'))).toBeUndefined();
  writeFileSync(at('empty'), '');
  expect(readFile(disk, at('empty'))).toHaveLength(0);
});

test('temporary names are recognised, whatever name they stand beside', () => {
  const long = temporarySibling(at('x'.repeat(255)), 'a1');
  expect(isTemporaryName(long.slice(home.length + 1))).toBe(true);
  expect(isTemporaryName('.openkb')).toBe(false);
  expect(isTemporaryName('page.md')).toBe(false);
});

test.skipIf(process.platform === 'win32')(
  'a pipe in place of a file is refused at once, whoever reads or writes',
  () => {
    const pipe = at('pipe');
    execFileSync('mkfifo', [pipe]);
    for (const read of [readFile, readFileIfThere, hashFile]) {
      expect(() => read(disk, pipe)).toThrow(expect.objectContaining({ code: 'not-a-file' }));
    }
    expect(() => copyFile(disk, pipe, at('copy'))).toThrow(/is a pipe or a device/);
    expect(() => disk.open(pipe, 'append')).toThrow(expect.objectContaining({ code: 'ENXIO' }));
    expect(() => disk.open(pipe, 'create')).toThrow(expect.objectContaining({ code: 'EEXIST' }));
  },
);

test.skipIf(!existsSync('/dev/zero'))('a device without an end is not read', () => {
  expect(() => readFile(disk, '/dev/zero')).toThrow(/is a pipe or a device/);
});

test('a file that tells no size, or grows while it is read, is read to its end', () => {
  const text = 'x'.repeat(200_000);
  writeFileSync(at('file'), text);
  const lying: FileSystem = {
    ...disk,
    open(path, flag, mode) {
      const handle = disk.open(path, flag, mode);
      return { ...handle, stat: () => ({ ...handle.stat(), size: 0 }) };
    },
  };
  expect(readFile(lying, at('file'))).toHaveLength(text.length);
  expect(hashFile(lying, at('file'))).toEqual(hashBytes(Buffer.from(text)));
});
