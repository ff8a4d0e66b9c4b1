import { execFileSync } from 'node:child_process';
import {
  linkSync,
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

import { appendFile, nodeFileSystem, type FileHandle, type FileSystem } from '../src/index.ts';

const disk = nodeFileSystem();
let home: string;
const at = (name: string) => join(home, name);
const text = (name: string) => readFileSync(at(name), 'utf8');

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'openkb-append-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** The real disk with some calls of every open file changed. */
function withHandle(change: (handle: FileHandle, path: string) => Partial<FileHandle>): FileSystem {
  return {
    ...disk,
    open(path, flag, mode) {
      const handle = disk.open(path, flag, mode);
      return { ...handle, ...change(handle, path) };
    },
  };
}

const fail = (code: string) => (): never => {
  throw Object.assign(new Error(code), { code });
};

test('bytes and text are appended, to a file that is made when it is absent', () => {
  expect(appendFile(disk, at('log'), 'one\n', { mode: 0o600 })).toEqual({ before: 0, after: 4 });
  expect(appendFile(disk, at('log'), Buffer.from('two\n'))).toEqual({ before: 4, after: 8 });
  expect(text('log')).toBe('one\ntwo\n');
  expect(statSync(at('log')).mode & 0o777).toBe(0o600);
});

test('a new name is synced in its directory, an old one is not', () => {
  const synced: string[] = [];
  const watched: FileSystem = { ...disk, syncDirectory: (path) => void synced.push(path) };
  appendFile(watched, at('log'), 'one');
  appendFile(watched, at('log'), 'two');
  expect(synced).toEqual([home]);
});

test('a disk that takes fewer bytes at a time gets all of them', () => {
  const slow = withHandle((handle) => ({
    write: (bytes) => handle.write(bytes.subarray(0, 3)),
  }));
  appendFile(slow, at('log'), '0123456789');
  expect(text('log')).toBe('0123456789');
});

test.each([
  ['fails in the middle', 'ENOSPC', { after: 5 }],
  ['takes no more bytes', 'short-write', { after: 5, zero: true }],
  ['claims more than it stored', 'short-write', { lie: true }],
  ['cannot sync', 'EIO', { sync: true }],
])('a disk that %s leaves the file as long as it was', (_, code, how) => {
  writeFileSync(at('log'), 'old\n');
  let written = 0;
  let syncs = 0;
  const broken = withHandle((handle) => ({
    write(bytes) {
      if ('lie' in how) {
        handle.write(bytes.subarray(0, 2));
        return bytes.length;
      }
      if ('sync' in how) return handle.write(bytes);
      if (written >= how.after) return 'zero' in how ? 0 : fail('ENOSPC')();
      written += how.after;
      return handle.write(bytes.subarray(0, how.after));
    },
    sync() {
      syncs += 1;
      if ('sync' in how && syncs === 1) fail('EIO')();
      // what the first sync was about is gone by now: the second one is of the old bytes
      expect(handle.stat().size).toBe(4);
      handle.sync();
    },
  }));
  expect(() => appendFile(broken, at('log'), '0123456789')).toThrow(
    expect.objectContaining({ code }),
  );
  expect(text('log')).toBe('old\n');
  appendFile(disk, at('log'), 'next\n');
  expect(text('log')).toBe('old\nnext\n');
});

test('a failed append to a new file leaves no file', () => {
  expect(() =>
    appendFile(
      withHandle(() => ({ write: fail('EDQUOT') })),
      at('log'),
      'x',
    ),
  ).toThrow('EDQUOT');
  expect(() => appendFile({ ...disk, syncDirectory: fail('EIO') }, at('log'), 'x')).toThrow(
    expect.objectContaining({ code: 'outcome-unknown' }),
  );
  expect(readdirSync(home)).toEqual([]);
});

test('when the old length cannot be brought back the error says so and keeps the first one', () => {
  writeFileSync(at('log'), 'old\n');
  const broken = withHandle(() => ({ sync: fail('EIO') }));
  expect(() => appendFile(broken, at('log'), 'new\n')).toThrow(
    expect.objectContaining({
      code: 'outcome-unknown',
      message: expect.stringContaining(at('log')),
      cause: expect.objectContaining({ code: 'EIO' }),
    }),
  );
});

test('what another process appends meanwhile is never cut away', () => {
  writeFileSync(at('log'), 'old\n');
  const shared = withHandle((handle) => ({
    write(bytes) {
      writeFileSync(at('log'), 'theirs\n', { flag: 'a' });
      return handle.write(bytes);
    },
    sync: fail('EIO'),
  }));
  expect(() => appendFile(shared, at('log'), 'ours\n')).toThrow('EIO');
  expect(text('log')).toBe('old\ntheirs\nours\n');
});

test('a link, a directory and a pipe are refused, and what a link leads to is untouched', () => {
  writeFileSync(at('target'), 'target');
  symlinkSync(at('target'), at('link'));
  mkdirSync(at('directory'));
  expect(() => appendFile(disk, at('link'), 'x')).toThrow(/ELOOP/);
  expect(() => appendFile(disk, at('directory'), 'x')).toThrow(/EISDIR/);
  expect(text('target')).toBe('target');
  execFileSync('mkfifo', [at('pipe')]);
  expect(() => appendFile(disk, at('pipe'), 'x')).toThrow(
    expect.objectContaining({ code: 'not-a-file' }),
  );
});

test('the bytes appear under every name of the file', () => {
  writeFileSync(at('log'), 'old\n');
  linkSync(at('log'), at('other'));
  appendFile(disk, at('log'), 'new\n');
  expect(text('other')).toBe('old\nnew\n');
});
