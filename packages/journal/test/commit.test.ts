import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { hashBytes } from '@openkb/atomic-fs';
import { expect, test } from 'vitest';

import type { Change } from '../src/index.ts';
import {
  commitOnce,
  failing,
  journalOf,
  temporaryRoot,
  text,
  tree,
  write,
} from './support/real.ts';

const state = (root: string) => readdirSync(join(root, '.openkb/journal'));

test('I1: every change of a committed set is on disk, and nothing is left in the journal', async () => {
  const root = temporaryRoot();
  write(root, { 'old.md': 'old', 'gone.md': 'gone' });
  chmodSync(join(root, 'old.md'), 0o600);
  const report = await commitOnce(journalOf(root), [
    { kind: 'write', path: 'wiki/concepts/new.md', bytes: text('new'), expect: 'absent' },
    { kind: 'append', path: 'old.md', bytes: text('+more') },
    { kind: 'append', path: 'log.md', bytes: text('first') },
    { kind: 'remove', path: 'gone.md' },
    { kind: 'directory', path: 'raw/deep' },
  ]);
  expect(report).toMatchObject({
    changed: [
      { path: 'wiki/concepts/new.md', action: 'created' },
      { path: 'old.md', action: 'updated' },
      { path: 'log.md', action: 'created' },
      { path: 'gone.md', action: 'removed' },
    ],
    warnings: [],
  });
  expect(tree(root)).toEqual({
    'log.md': 'first',
    'old.md': '600 old+more',
    'raw/': '',
    'raw/deep/': '',
    'wiki/': '',
    'wiki/concepts/': '',
    'wiki/concepts/new.md': 'new',
  });
  expect(state(root)).toEqual([]);
});

test('a set that changes nothing writes nothing', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'same' });
  const before = tree(root);
  const report = await commitOnce(journalOf(root), [
    { kind: 'write', path: 'a.md', bytes: text('same') },
    { kind: 'remove', path: 'never.md' },
  ]);
  expect(report.changed).toEqual([]);
  expect(tree(root)).toEqual(before);
  expect(state(root)).toEqual([]);
});

test('I8: a path that has moved on refuses the whole set and is named', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'theirs', 'b.md': 'b' });
  const before = tree(root);
  const changes: Change[] = [
    {
      kind: 'write',
      path: 'b.md',
      bytes: text('new'),
      expect: { sha256: hashBytes(text('b')).sha256 },
    },
    {
      kind: 'write',
      path: 'a.md',
      bytes: text('ours'),
      expect: { sha256: hashBytes(text('mine')).sha256 },
    },
    { kind: 'remove', path: 'c.md', expect: { sha256: hashBytes(text('c')).sha256 } },
  ];
  await expect(commitOnce(journalOf(root), changes)).rejects.toMatchObject({
    code: 'conflict',
    paths: ['a.md', 'c.md'],
  });
  expect(tree(root)).toEqual(before);
  expect(state(root)).toEqual([]);
});

test('I8: an edit between the snapshot and the publish refuses the set and survives', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before', 'b.md': 'b' });
  // the record's sync is the last thing before the first live path changes
  const disk = failing('none', (call, path) => {
    if (call === 'rename' && path.endsWith('/active')) writeFileSync(join(root, 'b.md'), 'edited');
    return false;
  });
  const changes: Change[] = [
    { kind: 'write', path: 'a.md', bytes: text('after') },
    { kind: 'write', path: 'b.md', bytes: text('after') },
  ];
  await expect(commitOnce(journalOf(root, disk), changes)).rejects.toMatchObject({
    code: 'conflict',
    paths: ['b.md'],
  });
  expect(tree(root)).toMatchObject({ 'a.md': 'before', 'b.md': 'edited' });
  expect(state(root)).toEqual([]);
});

test.each([
  ['../outside.md', 'component'],
  ['/etc/passwd', 'not relative'],
  ['C:/x.md', 'not relative'],
  ['a//b.md', 'component'],
  ['a\\b.md', 'character'],
  ['a\0b.md', 'character'],
  ['', 'empty'],
  ['.openkb/journal/x', 'own'],
  ['.openkb/ingest.lock', 'own'],
  ['link/inside.md', 'symbolic link'],
  ['link', 'symbolic link'],
  ['directory', 'is a directory'],
  ['file.md/below.md', 'is a file'],
])('I2: the path %j is refused and nothing is written', async (path, reason) => {
  const root = temporaryRoot();
  const outside = temporaryRoot();
  symlinkSync(outside, join(root, 'link'));
  mkdirSync(join(root, 'directory'));
  write(root, { 'file.md': 'x' });
  const change: Change = { kind: 'write', path, bytes: text('x') };
  await expect(commitOnce(journalOf(root), [change])).rejects.toMatchObject({
    code: 'bad-path',
    message: expect.stringContaining(reason),
  });
  expect(readdirSync(outside)).toEqual(['.openkb']);
  expect(readdirSync(root).toSorted()).toEqual(['.openkb', 'directory', 'file.md', 'link']);
});

test.each([
  ['twice', 'a.md', 'a.md'],
  ['in two cases', 'A.md', 'a.md'],
  ['in two normal forms', 'é.md'.normalize('NFC'), 'é.md'.normalize('NFD')],
  ['as file and directory', 'a', 'a/b.md'],
])('I2: a path that stands %s is refused', async (_, one, two) => {
  const root = temporaryRoot();
  const changes = [one, two].map((path): Change => ({ kind: 'write', path, bytes: text('x') }));
  await expect(commitOnce(journalOf(root), changes)).rejects.toMatchObject({ code: 'bad-path' });
});

test('a published file comes from staging and keeps the permission bits of what it replaces', async () => {
  const root = temporaryRoot();
  write(root, { 'raw/a.pdf': 'old' });
  chmodSync(join(root, 'raw/a.pdf'), 0o640);
  const journal = journalOf(root);
  const staging = journal.stage();
  const staged = join(staging.directory, 'a');
  writeFileSync(staged, 'a large file');
  const [prepared] = staging.prepare([{ kind: 'write', path: 'b.md', bytes: text('b') }]);
  await commitOnce(journal, [{ kind: 'publish', path: 'raw/a.pdf', staged }, prepared!]);
  staging.discard();
  staging.discard();
  expect(tree(root)).toEqual({
    'b.md': 'b',
    'raw/': '',
    'raw/a.pdf': '640 a large file',
  });
  expect(readdirSync(join(root, '.openkb/staging'))).toEqual([]);
});

test('a staged file that is not what it was refuses the set', async () => {
  const root = temporaryRoot();
  const journal = journalOf(root);
  const staging = journal.stage();
  const [prepared] = staging.prepare([{ kind: 'write', path: 'b.md', bytes: text('b') }]);
  writeFileSync((prepared as { staged: string }).staged, 'longer');
  await expect(commitOnce(journal, [prepared!])).rejects.toMatchObject({ code: 'bad-path' });
  staging.discard();
});

test.each(['ENOSPC', 'EIO', 'EROFS'])(
  'a disk that refuses with %s leaves everything as before',
  async (code) => {
    const root = temporaryRoot();
    write(root, { 'a.md': 'before' });
    const before = tree(root);
    const disk = failing(code, (call, path) => call === 'rename' && path.endsWith('b.md'));
    const changes: Change[] = [
      { kind: 'write', path: 'a.md', bytes: text('after') },
      { kind: 'write', path: 'new/b.md', bytes: text('after') },
    ];
    await expect(commitOnce(journalOf(root, disk), changes)).rejects.toMatchObject({
      code: 'not-written',
      message: expect.stringMatching(/^nothing was changed: the disk/),
    });
    expect(tree(root)).toEqual(before);
    expect(state(root)).toEqual([]);
  },
);

test('S10: committing without the lock is refused', async () => {
  const root = temporaryRoot();
  const journal = journalOf(root);
  const change: Change = { kind: 'write', path: 'a.md', bytes: text('x') };
  const shared = await journal.acquire('shared');
  expect(() => shared.commit({ operation: 'x', changes: [change] })).toThrow(/exclusive lock/);
  shared.release();
  const session = await journal.acquire('exclusive');
  session.release();
  session.release();
  expect(() => session.commit({ operation: 'x', changes: [change] })).toThrow(/exclusive lock/);
  expect(tree(root)).toEqual({});
});

test('I8: an edit through the old name after the publish is kept and reported', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before' });
  const disk = failing('none', (call, path) => {
    // an editor that had the old file open writes to it just before the cleanup
    if (call === 'rename' && path.endsWith('/committed')) {
      const [id] = readdirSync(join(root, '.openkb/journal'));
      writeFileSync(join(root, '.openkb/journal', id!, 'before/0'), 'edited by hand');
    }
    return false;
  });
  const report = await commitOnce(journalOf(root, disk), [
    { kind: 'write', path: 'a.md', bytes: text('after') },
  ]);
  expect(report.warnings).toEqual([expect.stringContaining('was kept in ".openkb/recovered/')]);
  const place = /"(.+)"/.exec(report.warnings[0]!)![1]!;
  expect(readFileSync(join(root, place), 'utf8')).toBe('edited by hand');
  expect(tree(root)).toEqual({ 'a.md': 'after' });
});
