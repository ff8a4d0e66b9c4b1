/** What happens before the commit: staging without the lock, snapshots that fail, and what a commit costs. */
import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { SimulatedFileSystem } from '@openkb/test-kit/file-system';
import { expect, test } from 'vitest';

import type { Change } from '../../src/index.ts';
import {
  commitOnce,
  failing,
  journalOf,
  put,
  stopping,
  temporaryRoot,
  tree,
  write,
} from '../support/real.ts';
import { commitSimulated, populate, ROOT } from '../support/simulated.ts';

const third = (call: string, path: string) => call === 'link' && path.endsWith('/before/2');

test.each(['fails', 'is killed'])(
  'J06, 3: a snapshot that %s at its third path leaves no journal, and the live files untouched',
  async (how) => {
    const root = temporaryRoot();
    const files = { 'a.md': 'a', 'b.md': 'b', 'c.md': 'c', 'd.md': 'd' };
    write(root, files);
    const disk = how === 'fails' ? failing('ENOSPC', third) : stopping(third);
    const attempt = commitOnce(
      journalOf(root, disk),
      Object.keys(files).map((path) => put(path)),
    );
    await expect(attempt).rejects.toMatchObject({ code: 'not-written' });
    const session = await journalOf(root).acquire('exclusive');
    session.release();
    expect(session.recovered).toEqual([]);
    expect(readdirSync(join(root, '.openkb/journal'))).toEqual([]);
    expect(tree(root)).toEqual(files);
  },
);

test('S04, L04: preparing writes in its own directory only, and while somebody else holds the lock', async () => {
  const root = temporaryRoot();
  write(root, { 'wiki/a.md': 'before', '.openkb/hashes.json': '{}' });
  const live = tree(root);
  const session = await journalOf(root).acquire('exclusive');
  const staging = journalOf(root).stage();
  const prepared = staging.prepare([put('wiki/a.md'), put('wiki/new/b.md')]);
  expect(tree(root)).toEqual(live);
  const others = readdirSync(join(root, '.openkb')).filter(
    (name) => !name.startsWith('ingest.lock'),
  );
  expect(others).toEqual(['hashes.json', 'staging']);
  session.commit({ operation: 'x', changes: prepared });
  session.release();
  staging.discard();
  expect(tree(root)).toMatchObject({ 'wiki/a.md': 'after', 'wiki/new/b.md': 'after' });
});

test('S03: staging that cannot be removed now is no reason to refuse the lock, and goes the next time', async () => {
  const root = temporaryRoot();
  const dead = join(root, '.openkb/staging/stage-dead0001');
  mkdirSync(dead, { recursive: true });
  write(root, { '.openkb/staging/stage-dead0001/read-only.md': 'x' });
  chmodSync(join(dead, 'read-only.md'), 0o444);
  const busy = failing('EBUSY', (call, path) => call === 'unlink' && path.includes('read-only'));
  await commitOnce(journalOf(root, busy), [put('a.md')]);
  expect(existsSync(join(dead, 'read-only.md'))).toBe(true);
  await commitOnce(journalOf(root), [put('b.md')]);
  expect(readdirSync(join(root, '.openkb/staging'))).toEqual([]);
});

/** The calls of a commit of two pages in a directory that holds so many. */
async function callsBeside(pages: number): Promise<string[]> {
  const disk = new SimulatedFileSystem();
  const files = Array.from({ length: pages }, (_, n) => [`wiki/p${n}.md`, `page ${n}`]);
  populate(disk, { '.openkb/journal/': '', ...Object.fromEntries(files) });
  disk.settle();
  await commitSimulated(disk, [put('wiki/p1.md'), put('wiki/new.md')]);
  return disk.calls.map(({ name, path }) => `${name} ${path}`);
}

test('J26, I12: the calls of a commit are the same beside 10 pages and beside 5,000', async () => {
  expect(await callsBeside(5000)).toEqual(await callsBeside(10));
});

test('J30, I4: before the commit point every file, every changed directory and the parent of every new one is synced', async () => {
  const disk = new SimulatedFileSystem();
  populate(disk, { '.openkb/journal/': '', 'wiki/a.md': 'before', 'log/gone.md': 'gone' });
  disk.settle();
  const changes: Change[] = [
    put('wiki/a.md'),
    put('raw/deep/b.md'),
    { kind: 'remove', path: 'log/gone.md' },
    { kind: 'directory', path: 'images/empty' },
  ];
  await commitSimulated(disk, changes);
  const calls = disk.calls.map(({ name, path, to }) => `${name} ${to ?? path}`);
  const point = calls.findIndex((call) => /^rename .*\/committed$/.test(call));
  const lastChange = calls.findLastIndex((call, n) => n < point && /^(?:rename|unlink)/.test(call));
  const synced = calls.slice(lastChange + 1, point).filter((call) => call.startsWith('syncDir'));
  const directories = ['', '/raw', '/raw/deep', '/wiki', '/log', '/images'];
  expect(synced.toSorted()).toEqual(
    directories.map((path) => `syncDirectory ${ROOT}${path}`).toSorted(),
  );
  expect(calls[point + 1]).toMatch(/^syncDirectory .*\/journal\/\d+-\w+$/);
  for (const n of [0, 1]) {
    const file = calls.findIndex(
      (call) => call.startsWith('sync ') && call.endsWith(`/after/${n}`),
    );
    const published = calls.indexOf(`rename ${ROOT}/${changes[n]!.path}`);
    expect(file).toBeGreaterThan(0);
    expect(published).toBeGreaterThan(file);
  }
});
