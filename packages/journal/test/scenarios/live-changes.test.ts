/** What changes while a mutation is prepared or carried out, by staged files, writers in place and editors. */
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { Change } from '../../src/index.ts';
import {
  atCommitPoint,
  commitOnce,
  failing,
  journalOf,
  put,
  stopping,
  temporaryRoot,
  text,
  tree,
  write,
} from '../support/real.ts';

const whenActive = (call: string, path: string) => call === 'rename' && path.endsWith('/active');

/** A disk on which `act` happens once, before the first call that fits. */
function meanwhile(fits: (call: string, path: string) => boolean, act: () => void) {
  let done = false;
  return failing('never', (call, path) => {
    if (!done && fits(call, path)) {
      done = true;
      act();
    }
    return false;
  });
}

test.each<[string, (staged: string) => void]>([
  ['vanished', (staged) => rmSync(staged)],
  ['was cut short', (staged) => writeFileSync(staged, 'sta')],
  ['became a directory', (staged) => (rmSync(staged), mkdirSync(staged))],
  ['became a link', (staged) => (rmSync(staged), symlinkSync('/etc/hostname', staged))],
])('72, S09: a staged file that %s before the commit refuses the set', async (_, harm) => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before' });
  const journal = journalOf(root);
  const staging = journal.stage();
  const prepared = staging.prepare([put('b.md'), put('a.md', 'staged')]);
  harm((prepared[1] as { staged: string }).staged);
  await expect(commitOnce(journal, prepared)).rejects.toMatchObject({ name: 'JournalError' });
  expect(tree(root)).toEqual({ 'a.md': 'before' });
  staging.discard();
});

test('72: a staged file that vanishes during the commit rolls everything back', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before' });
  const staging = journalOf(root).stage();
  const prepared = staging.prepare([put('a.md'), put('b.md')]);
  const harm = () => rmSync((prepared[1] as { staged: string }).staged);
  const attempt = commitOnce(journalOf(root, meanwhile(whenActive, harm)), prepared);
  await expect(attempt).rejects.toMatchObject({ code: 'not-written' });
  expect(tree(root)).toEqual({ 'a.md': 'before' });
  staging.discard();
});

test.each<[string, Change[]]>([
  ['write', [put('a.md')]],
  ['append', [{ kind: 'append', path: 'a.md', bytes: text('+') }]],
  ['publish', [put('a.md')]],
])('J07: a %s never writes into the file that was saved', async (kind, changes) => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before' });
  linkSync(join(root, 'a.md'), join(root, 'other-name.md'));
  const { ino } = statSync(join(root, 'a.md'));
  const staging = journalOf(root).stage();
  await commitOnce(journalOf(root), kind === 'publish' ? staging.prepare(changes) : changes);
  staging.discard();
  expect(statSync(join(root, 'a.md')).ino).not.toBe(ino);
  // 36: a page that is linked elsewhere keeps its other name, and what that holds
  expect(readFileSync(join(root, 'other-name.md'), 'utf8')).toBe('before');
});

test('36: a removal takes one name of a file that has two, and refuses a symbolic link', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'text', 'target.md': 'theirs' });
  linkSync(join(root, 'a.md'), join(root, 'b.md'));
  symlinkSync('target.md', join(root, 'link.md'));
  await commitOnce(journalOf(root), [{ kind: 'remove', path: 'a.md' }]);
  const attempt = commitOnce(journalOf(root), [{ kind: 'remove', path: 'link.md' }, put('b.md')]);
  await expect(attempt).rejects.toMatchObject({ code: 'bad-path', paths: ['link.md'] });
  expect(readlinkSync(join(root, 'link.md'))).toBe('target.md');
  rmSync(join(root, 'link.md'));
  expect(tree(root)).toEqual({ 'b.md': 'text', 'target.md': 'theirs' });
});

test('J19: pages that an editor saves and makes beside a failing change set stay', async () => {
  const root = temporaryRoot();
  write(root, { 'wiki/a.md': 'before', 'wiki/b.md': 'before' });
  const full = failing('ENOSPC', (call, path) => {
    if (call !== 'rename' || path !== join(root, 'wiki/z.md')) return false;
    write(root, { 'editor.tmp': 'saved by hand', 'wiki/c.md': 'made by hand' });
    renameSync(join(root, 'editor.tmp'), join(root, 'wiki/b.md'));
    return true;
  });
  const attempt = commitOnce(journalOf(root, full), [put('wiki/a.md'), put('wiki/z.md')]);
  await expect(attempt).rejects.toMatchObject({ code: 'not-written' });
  expect(tree(root)).toEqual({
    'wiki/': '',
    'wiki/a.md': 'before',
    'wiki/b.md': 'saved by hand',
    'wiki/c.md': 'made by hand',
  });
});

test.each<[string, (root: string) => void]>([
  [
    'became a directory',
    (root) => (rmSync(join(root, 'wiki/a.md')), mkdirSync(join(root, 'wiki/a.md'))),
  ],
  ['lost its directory', (root) => rmSync(join(root, 'wiki'), { recursive: true })],
  ['was edited in place', (root) => appendFileSync(join(root, 'wiki/a.md'), '+')],
])(
  '13, 38: a page that %s during the commit refuses the set and nothing else changes',
  async (_, act) => {
    const root = temporaryRoot();
    write(root, { 'wiki/a.md': 'before', 'b.md': 'before' });
    let live = {};
    const disk = meanwhile(whenActive, () => {
      act(root);
      live = tree(root);
    });
    const attempt = commitOnce(journalOf(root, disk), [put('b.md'), put('wiki/a.md')]);
    await expect(attempt).rejects.toMatchObject({ code: 'conflict', paths: ['wiki/a.md'] });
    expect(tree(root)).toEqual(live);
  },
);

test('47: an original that was edited through a second name comes back with the edit', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before' });
  linkSync(join(root, 'a.md'), join(root, 'second.md'));
  const dead = stopping(atCommitPoint);
  await expect(commitOnce(journalOf(root, dead), [put('a.md')])).rejects.toThrow(/failed/);
  appendFileSync(join(root, 'second.md'), ', edited');
  (await journalOf(root).acquire('exclusive')).release();
  expect(tree(root)).toEqual({ 'a.md': 'before, edited', 'second.md': 'before, edited' });
});
