/** What survives a power cut, and what need not. */
import { expect, test } from 'vitest';

import { SimulatedFileSystem, populate } from '../src/file-system/index.ts';
import { afterPowerCut, disk, text, write } from './disk.ts';

test('what was synced survives: data by the file, names by the directory', () => {
  const fs = disk();
  write(fs, '/kb/new', 'new', true);
  expect(afterPowerCut(fs, '/kb/new')).toEqual(['absent', 'new']);
  fs.syncDirectory('/kb');
  expect(afterPowerCut(fs, '/kb/new')).toEqual(['new']);
});

test('a name may survive without the data of its file', () => {
  const fs = disk();
  write(fs, '/kb/new', 'new');
  fs.syncDirectory('/kb');
  expect(afterPowerCut(fs, '/kb/new')).toEqual(['', '\0\0\0', 'new']);
});

test('a rename survives as a whole or not at all', () => {
  const fs = disk();
  write(fs, '/kb/tmp', 'new', true);
  fs.syncDirectory('/kb');
  fs.rename('/kb/tmp', '/kb/page');
  const pairs = [...fs.crashImages()].map(
    ({ fileSystem }) => `${text(fileSystem, '/kb/page')} ${text(fileSystem, '/kb/tmp')}`,
  );
  expect(pairs.toSorted()).toEqual(['new absent', 'old new']);
});

const outcomes = (model: 'weak' | 'journalling'): string[] => {
  const fs = disk({ model });
  fs.link('/kb/page', '/kb/first');
  fs.link('/kb/page', '/kb/second');
  const images = [...fs.crashImages()];
  return images.map(({ fileSystem }) => fileSystem.list('/kb').join(' ')).toSorted();
};

test('in the weak model names survive out of order, in the journalling model in order', () => {
  const ordered = ['first page', 'first page second', 'page'];
  expect(outcomes('journalling')).toEqual(ordered);
  expect(outcomes('weak')).toEqual([...ordered, 'page second'].toSorted());
});

const others = (model: 'weak' | 'journalling'): string[] => {
  const fs = disk({ model });
  fs.link('/kb/page', '/kb/other');
  const handle = fs.open('/kb/page', 'read');
  handle.sync();
  return afterPowerCut(fs, '/kb/other');
};

test('in the journalling model any sync commits all names before it', () => {
  expect(others('journalling')).toEqual(['old']);
  expect(others('weak')).toEqual(['absent', 'old']);
});

test('a name that a later synced rename took away does not come back', () => {
  const fs = disk();
  fs.makeDirectory('/kb/a');
  fs.makeDirectory('/kb/b');
  fs.syncDirectory('/kb');
  write(fs, '/kb/a/file', 'text', true);
  fs.rename('/kb/a/file', '/kb/b/file');
  fs.syncDirectory('/kb/b');
  expect(afterPowerCut(fs, '/kb/b/file')).toEqual(['text']);
  expect(afterPowerCut(fs, '/kb/a/file')).toEqual(['absent']);
});

test('an append that was not synced leaves what was durable before it', () => {
  const fs = disk();
  const handle = fs.open('/kb/page', 'append');
  handle.write(Buffer.from('+1'));
  handle.write(Buffer.from('+2'));
  const found = afterPowerCut(fs, '/kb/page');
  expect(found).toEqual(expect.arrayContaining(['old', 'old+1', 'old+1+2', 'old\0\0\0\0']));
  for (const each of found) expect(each).toMatch(/^old(\0*|\+1|\+1\+2)$/);
});

test('bytes tear at sectors of 512 only, and only where they were written', () => {
  const fs = new SimulatedFileSystem();
  populate(fs, { '/file': 'a'.repeat(3000) });
  const handle = fs.open('/file', 'update');
  handle.write(Buffer.from('b'.repeat(1500)));
  const found = afterPowerCut(fs, '/file');
  expect(found.length).toBeGreaterThan(4);
  for (const each of found) {
    expect(each).toHaveLength(3000);
    expect(each.slice(1500)).toBe('a'.repeat(1500));
    expect(each.slice(0, 1500)).toMatch(/^([ab\0])\1{511}([ab\0])\2{511}([ab\0])\3{475}$/);
  }
});

test('what was cut away and written again may be gone', () => {
  const fs = disk();
  write(fs, '/kb/page', 'old');
  expect(afterPowerCut(fs, '/kb/page')).toEqual(expect.arrayContaining(['', '\0\0\0', 'old']));
});

test('permission bits are durable with the sync of the file', () => {
  const fs = disk();
  const modes = (): number[] => {
    const found = [...fs.crashImages()].map((each) => each.fileSystem.stat('/kb/page')?.mode ?? 0);
    return [...new Set(found)].toSorted((left, right) => left - right);
  };
  const handle = fs.open('/kb/page', 'update');
  handle.setMode(0o600);
  expect(modes()).toEqual([0o600, 0o644]);
  handle.sync();
  expect(modes()).toEqual([0o600]);
});

test('after a failed sync a second one does not save the data', () => {
  const fs = disk();
  const handle = fs.open('/kb/page', 'append');
  handle.write(Buffer.from('+more'));
  fs.failAt(fs.calls.length + 1, 'EIO');
  expect(() => handle.sync()).toThrow('EIO');
  handle.sync();
  expect(text(fs, '/kb/page')).toBe('old+more');
  expect(afterPowerCut(fs, '/kb/page')).toEqual(['old\0\0\0\0\0']);
  handle.truncate(3);
  handle.sync();
  expect(afterPowerCut(fs, '/kb/page')).toEqual(['old']);
});

test('a kill takes nothing, and leaves unsynced what was unsynced', () => {
  const fs = disk();
  write(fs, '/kb/new', 'new');
  const next = fs.killImage();
  expect(text(next, '/kb/new')).toBe('new');
  expect(afterPowerCut(next, '/kb/new')).toContain('absent');
});

test('a lie claims success and makes nothing durable', () => {
  const fs = disk();
  write(fs, '/kb/new', 'new', true);
  fs.lieAt(2);
  fs.syncDirectory('/kb');
  expect(afterPowerCut(fs, '/kb/new')).toEqual(['absent', 'new']);
  fs.syncDirectory('/kb');
  expect(afterPowerCut(fs, '/kb/new')).toEqual(['new']);
});
