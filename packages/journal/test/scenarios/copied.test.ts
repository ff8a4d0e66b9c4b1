/** Knowledge bases that were copied, opened by other commands, or lie on a medium that refuses, with something pending. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { Change } from '../../src/index.ts';
import {
  commitOnce,
  cut,
  failing,
  journalOf,
  put,
  temporaryRoot,
  text,
  tree,
  write,
} from '../support/real.ts';

const BEFORE = { 'a.md': 'a before', 'b.md': 'b before' };

async function interrupted(): Promise<string> {
  const root = temporaryRoot();
  write(root, BEFORE);
  await cut(root, [put('a.md', 'a after'), put('b.md', 'b after'), put('new/c.md', 'new')]);
  return root;
}

test.each([
  ['with its links and times', ['-a']],
  ['without its links', ['-r', '--no-preserve=links', '--preserve=timestamps']],
  ['without links, times and modes', ['-r']],
])('51, J16: a copy made %s is rolled back by itself, and so is the original', async (_, flags) => {
  const root = await interrupted();
  const live = tree(root);
  const copy = join(temporaryRoot(), 'copy');
  execFileSync('cp', [...flags, root, copy]);
  (await journalOf(copy).acquire('exclusive')).release();
  expect(tree(copy)).toEqual(BEFORE);
  expect(tree(root)).toEqual(live);
  (await journalOf(root).acquire('exclusive')).release();
  expect(tree(root)).toEqual(BEFORE);
});

test('51: two copies with the same pending mutation go their own ways', async () => {
  const root = await interrupted();
  const copy = join(temporaryRoot(), 'copy');
  cpSync(root, copy, { recursive: true });
  await commitOnce(journalOf(copy), [put('a.md', 'of the copy')]);
  await commitOnce(journalOf(root), [put('a.md', 'of the original')]);
  expect(tree(copy)).toEqual({ ...BEFORE, 'a.md': 'of the copy' });
  expect(tree(root)).toEqual({ ...BEFORE, 'a.md': 'of the original' });
});

test.each<[string, Change[], Record<string, string>]>([
  ['a removal', [{ kind: 'remove', path: 'a.md' }], { 'b.md': 'b before' }],
  ['a rewrite', [put('a.md', 'rewritten')], { ...BEFORE, 'a.md': 'rewritten' }],
  [
    'an append',
    [{ kind: 'append', path: 'b.md', bytes: text('+') }],
    { ...BEFORE, 'b.md': 'b before+' },
  ],
  ['the same change', [put('a.md', 'a after')], { ...BEFORE, 'a.md': 'a after' }],
])(
  'J02: %s that comes first after a crash drains it and keeps its own result',
  async (_, changes, after) => {
    const root = await interrupted();
    await commitOnce(journalOf(root), changes);
    expect(tree(root)).toEqual(after);
    (await journalOf(root).acquire('exclusive')).release();
    expect(tree(root)).toEqual(after);
  },
);

test('J02: what was computed before the drain is refused, not written over the drained state', async () => {
  const root = await interrupted();
  const { hashBytes } = await import('@openkb/atomic-fs');
  const { sha256 } = hashBytes(text('a after'));
  const attempt = commitOnce(journalOf(root), [
    { ...put('a.md', 'next'), expect: { sha256 } } as Change,
  ]);
  await expect(attempt).rejects.toMatchObject({ code: 'conflict', paths: ['a.md'] });
  expect(tree(root)).toEqual(BEFORE);
});

test.each(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES'])(
  '56, L10: with %s for everything that writes, readers read on and are told, writers are refused',
  async (code) => {
    const root = await interrupted();
    const live = tree(root);
    const disk = failing(code, (call) => !['open', 'list', 'stat'].includes(call));
    const reader = await journalOf(root, disk).acquire('shared');
    expect(reader.failures).toMatchObject([{ reason: expect.stringContaining('unfinished') }]);
    reader.release();
    const writer = commitOnce(journalOf(root, disk), [put('a.md', 'x')]);
    await expect(writer).rejects.toMatchObject({ name: 'JournalError' });
    expect(tree(root)).toEqual(live);
    (await journalOf(root).acquire('shared')).release();
    expect(tree(root)).toEqual(BEFORE);
  },
);

test('54, J12: after a rollback that failed no command of any process commits on top of it', async () => {
  const root = await interrupted();
  const disk = failing('EIO', (call, path) => call === 'rename' && path === join(root, 'a.md'));
  await expect(commitOnce(journalOf(root, disk), [put('z.md', 'z')])).rejects.toMatchObject({
    code: 'recovery-needed',
  });
  const session = await journalOf(root, disk).acquire('exclusive', { unrecovered: 'report' });
  const commit = () => session.commit({ operation: 'x', changes: [put('z.md', 'z')] });
  expect(commit).toThrow(/cannot be undone/);
  session.release();
  expect(commit).toThrow(/exclusive lock/);
  expect(existsSync(join(root, 'z.md'))).toBe(false);
  (await journalOf(root).acquire('exclusive', { unrecovered: 'report' })).release();
  expect(tree(root)).toEqual(BEFORE);
});

test('53, J03: after five failed attempts the originals stay, and set aside they leave the way free', async () => {
  const root = await interrupted();
  const disk = failing('EACCES', (call, path) => call === 'rename' && path === join(root, 'b.md'));
  for (let attempt = 1; attempt <= 7; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one attempt after the other
    await expect(journalOf(root, disk).acquire('exclusive')).rejects.toThrow(
      `attempt ${Math.min(attempt, 5)} of 5`,
    );
  }
  const session = await journalOf(root, disk).acquire('exclusive', { unrecovered: 'report' });
  const { id } = session.failures[0]!;
  session.setAside(id);
  session.commit({ operation: 'x', changes: [put('next.md', 'x')] });
  session.release();
  const kept = join(root, '.openkb/quarantine', id, 'before');
  expect(readdirSync(kept).map((name) => statSync(join(kept, name)).size)).toEqual([8, 8]);
});
