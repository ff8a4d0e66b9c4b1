/** Names that file systems treat in their own way, and paths that are a file here and a directory there. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import type { Change } from '../../src/index.ts';
import {
  atCommitPoint,
  commitOnce,
  journalOf,
  put,
  stopping,
  temporaryRoot,
  tree,
  write,
} from '../support/real.ts';

const NAMES = [
  `${'n'.repeat(252)}.md`,
  `${'\u00e9'.repeat(126)}.md`,
  '\u{1F600}\u{1F468}\u200D\u{1F469}\u200D\u{1F467}.md',
  'cafe\u0301.md',
  'CON.md',
  'aux',
  'ends with dots...',
  'ends with a space ',
  ' -rf *?"<>|:.md',
  'line\nbreak.md',
  '\u0645\u0631\u062d\u0628\u0627.md',
];

const all = (content: string) => Object.fromEntries(NAMES.map((name) => [name, content]));

/** The trees before a change of all names, when it is stopped, when it is rolled back, and when it is committed. */
async function roundTrip(root: string): Promise<object[]> {
  write(root, all('before'));
  const trees = [tree(root)];
  const changes = NAMES.map((name) => put(name));
  const dead = stopping(atCommitPoint);
  await commitOnce(journalOf(root, dead), changes).catch(() => trees.push(tree(root)));
  (await journalOf(root).acquire('exclusive')).release();
  trees.push(tree(root));
  await commitOnce(journalOf(root), changes);
  return [...trees, tree(root)];
}

const expected = [all('before'), all('after'), all('before'), all('after')];

test.skipIf(process.platform === 'win32')(
  '73: names of 255 bytes, emoji, both normal forms, reserved words and odd endings are kept to the byte',
  async () => {
    expect(await roundTrip(temporaryRoot())).toEqual(expected);
  },
);

const system = (command: string, ...args: string[]) =>
  execFileSync(command, args, { stdio: 'ignore' });

/** @returns false where no tmpfs may be mounted */
function tmpfsAt(directory: string): boolean {
  try {
    system('mount', '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', directory);
  } catch {
    return false;
  }
  onTestFinished(() => void system('umount', directory));
  return true;
}

test('11, 71, J29, 73: with the state directory on a real second device (a tmpfs, where one may be mounted)', async (context) => {
  const root = temporaryRoot();
  if (!tmpfsAt(join(root, '.openkb'))) context.skip('no tmpfs may be mounted here');
  expect(await roundTrip(root)).toEqual(expected);
});

test('8: on a real disk of 4 MB a page of 5 MB refuses the set, and nothing is cut short', async (context) => {
  const root = join(temporaryRoot(), 'small');
  mkdirSync(root);
  if (!tmpfsAt(root)) context.skip('no tmpfs may be mounted here');
  mkdirSync(join(root, '.openkb'));
  write(root, { 'a.md': 'before', 'b.md': 'before' });
  const attempt = commitOnce(journalOf(root), [put('a.md'), put('b.md', 'x'.repeat(5_000_000))]);
  await expect(attempt).rejects.toMatchObject({
    code: 'not-written',
    message: expect.stringContaining('the disk is full'),
  });
  expect(tree(root)).toEqual({ 'a.md': 'before', 'b.md': 'before' });
  await commitOnce(journalOf(root), [put('a.md'), put('b.md')]);
  expect(tree(root)).toEqual({ 'a.md': 'after', 'b.md': 'after' });
});

test.each<[string, Record<string, string>, Change[]]>([
  [
    'a directory that is to be a file',
    { 'x/y.md': 'before' },
    [{ kind: 'remove', path: 'x/y.md' }, put('x')],
  ],
  [
    'a file that is to be a directory',
    { x: 'before' },
    [{ kind: 'remove', path: 'x' }, put('x/y.md')],
  ],
  ['an empty directory that is to be a file', { 'x/': '' }, [put('x')]],
])('74: %s is refused before anything changes', async (_, files, changes) => {
  const root = temporaryRoot();
  if ('x/' in files) mkdirSync(join(root, 'x'));
  else write(root, files);
  const before = tree(root);
  const attempt = commitOnce(journalOf(root), [put('other.md'), ...changes]);
  await expect(attempt).rejects.toMatchObject({ code: 'bad-path' });
  expect(tree(root)).toEqual(before);
});
