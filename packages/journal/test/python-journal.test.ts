import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import {
  commitOnce,
  failing,
  journalOf,
  recoverNow,
  temporaryRoot,
  text,
  tree,
  write,
} from './support/real.ts';

const ID = '0f3c2b1a4d5e46f78899aabbccddeeff';
const BEFORE = {
  'wiki/index.md': 'index',
  'wiki/concepts/a.md': 'a before',
  'wiki/concepts/deleted.md': 'was here',
};

/** A knowledge base in which the Python program died in the middle of an `add`. */
function interruptedByPython(change: (journal: any, root: string) => void = () => {}): string {
  const root = temporaryRoot();
  const backup = `.openkb/staging/rollback-${ID}`;
  write(root, {
    'wiki/index.md': 'index half written',
    'wiki/concepts/a.md': 'a after',
    'wiki/concepts/new.md': 'new',
    'wiki/summaries/doc.md': 'a summary',
    [`${backup}/wiki/index.md`]: 'index',
    [`${backup}/wiki/concepts/a.md`]: 'a before',
    [`${backup}/wiki/concepts/deleted.md`]: 'was here',
  });
  const journal = {
    version: 1,
    operation: 'add',
    status: 'active',
    kb_dir: root,
    backup_dir: `${root}/${backup}`,
    details: {},
    attempts: 0,
    entries: [
      { target: `${root}/wiki/index.md`, backup: `${root}/${backup}/wiki/index.md` },
      { target: `${root}/wiki/concepts`, backup: `${root}/${backup}/wiki/concepts` },
      { target: `${root}/wiki/summaries/doc.md`, backup: null },
    ],
  };
  change(journal, root);
  write(root, { [`.openkb/journal/${ID}.json`]: JSON.stringify(journal) });
  return root;
}

const pages = (root: string) =>
  Object.fromEntries(Object.entries(tree(root)).filter(([path]) => !path.endsWith('/')));

test('55: a mutation that the Python program left unfinished is rolled back, and what goes is kept', async () => {
  const root = interruptedByPython();
  const [report] = await recoverNow(root);
  expect(report).toMatchObject({ outcome: 'rolled back', operation: 'add' });
  expect(pages(root)).toEqual(BEFORE);
  expect(report!.kept.map((path) => readFileSync(join(root, path), 'utf8')).toSorted()).toEqual([
    'a after',
    'a summary',
    'index half written',
    'new',
  ]);
  expect(readdirSync(join(root, '.openkb/journal'))).toEqual([]);
  expect(readdirSync(join(root, '.openkb/staging'))).toEqual([]);
});

test('J16: a copy of the knowledge base is recovered by itself', async () => {
  const root = interruptedByPython();
  const live = tree(root);
  const copy = join(temporaryRoot(), 'copy');
  cpSync(root, copy, { recursive: true });
  renameSync(root, `${root}-elsewhere`);
  await recoverNow(copy);
  expect(pages(copy)).toEqual(BEFORE);
  expect(existsSync(root)).toBe(false);
  renameSync(`${root}-elsewhere`, root);
  expect(tree(root)).toEqual(live);
});

test.each(['committed', 'rolled_back'])('a %s journal is only cleaned away', async (status) => {
  const root = interruptedByPython((journal) => {
    journal.status = status;
  });
  const live = tree(root);
  await recoverNow(root);
  expect(tree(root)).toEqual(live);
  expect(readdirSync(join(root, '.openkb/staging'))).toEqual([]);
});

test.each<[string, (journal: any, root: string) => void]>([
  ['a target outside', (journal) => journal.entries.push({ target: '/etc/x', backup: null })],
  ['a target with ..', (j, root) => j.entries.push({ target: `${root}/../x`, backup: null })],
  ['a backup outside', (journal) => (journal.backup_dir = '/home')],
  ['a backup that is the whole', (journal, root) => (journal.backup_dir = root)],
  [
    'the lock as its target',
    (j, root) => j.entries.push({ target: `${root}/.openkb/ingest.lock`, backup: null }),
  ],
  ['no entries', (journal) => delete journal.entries],
  ['no home', (journal) => delete journal.kb_dir],
  ['another version', (journal) => (journal.version = 2)],
  ['an unknown status', (journal) => (journal.status = 'odd')],
  [
    'a missing original',
    (j, root) => (j.entries[0].backup = `${root}/.openkb/staging/rollback-${ID}/none`),
  ],
])('J04, J17, I2: with %s it is set aside and nothing is touched', async (_, change) => {
  const root = interruptedByPython(change);
  const live = tree(root);
  expect(await recoverNow(root)).toMatchObject([{ outcome: 'set aside' }]);
  expect(tree(root)).toEqual(live);
  expect(readdirSync(join(root, '.openkb/quarantine'))).toEqual([`${ID}.json`]);
  expect(existsSync(join(root, `.openkb/staging/rollback-${ID}/wiki/index.md`))).toBe(true);
  await commitOnce(journalOf(root), [{ kind: 'write', path: 'x.md', bytes: text('x') }]);
});

test.each(['', '{not json', '[]', 'null'])(
  'J04: a journal that reads %j is set aside',
  async (content) => {
    const root = temporaryRoot();
    write(root, { [`.openkb/journal/${ID}.json`]: content });
    expect(await recoverNow(root)).toMatchObject([{ outcome: 'set aside' }]);
  },
);

test('I10: while it cannot be rolled back no mutation begins, and its snapshot stays', async () => {
  const root = interruptedByPython();
  const full = failing('ENOSPC', (call, path) => call === 'write' && path.includes('/after/'));
  await expect(recoverNow(root, full)).rejects.toMatchObject({
    code: 'recovery-needed',
    message: expect.stringContaining('the disk is full'),
  });
  expect(existsSync(join(root, `.openkb/staging/rollback-${ID}/wiki/index.md`))).toBe(true);
  writeFileSync(join(root, 'note.md'), 'x');
  await recoverNow(root);
  expect(pages(root)).toEqual({ ...BEFORE, 'note.md': 'x' });
});
