import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { Change } from '../src/index.ts';
import {
  atCommitPoint,
  commitOnce,
  cut,
  failing,
  journalOf,
  recoverNow,
  Stopped,
  stopping,
  temporaryRoot,
  text,
  tree,
  write,
} from './support/real.ts';

const BEFORE = { 'a.md': 'a before', 'b.md': 'b before', 'gone.md': 'still here' };
const CHANGES: Change[] = [
  { kind: 'write', path: 'a.md', bytes: text('a after') },
  { kind: 'write', path: 'b.md', bytes: text('b after') },
  { kind: 'write', path: 'wiki/new.md', bytes: text('new') },
  { kind: 'remove', path: 'gone.md' },
];
const journalNames = (root: string) => readdirSync(join(root, '.openkb/journal'));
const quarantine = (root: string) => readdirSync(join(root, '.openkb/quarantine'));

/** A root whose mutation was cut short before the call that `when` picks. */
async function interrupted(when: (call: string, path: string) => boolean): Promise<string> {
  const root = temporaryRoot();
  write(root, BEFORE);
  for (const path of Object.keys(BEFORE))
    utimesSync(join(root, path), 1_700_000_000, 1_700_000_000);
  await cut(root, CHANGES, when);
  expect(journalNames(root)).toHaveLength(1);
  return root;
}

const mutationDirectory = (root: string) => join(root, '.openkb/journal', journalNames(root)[0]!);

test('J01: a mutation cut short is rolled back by the next exclusive lock', async () => {
  const root = await interrupted(atCommitPoint);
  expect(tree(root)).toMatchObject({ 'a.md': 'a after', 'wiki/new.md': 'new' });
  expect(await recoverNow(root)).toMatchObject([
    { operation: 'test', subject: 'subject.md', outcome: 'rolled back', kept: [] },
  ]);
  expect(tree(root)).toEqual(BEFORE);
  expect(journalNames(root)).toEqual([]);
});

test('J05: a committed mutation whose cleanup is missing is only cleaned', async () => {
  const root = temporaryRoot();
  write(root, BEFORE);
  const disk = failing('EACCES', (call, path) => call === 'unlink' && path.includes('/before/'));
  const report = await commitOnce(journalOf(root, disk), CHANGES);
  expect(report.warnings).toEqual([expect.stringContaining('could not be cleaned up')]);
  const after = tree(root);
  expect(await recoverNow(root)).toMatchObject([{ outcome: 'finished' }]);
  expect(tree(root)).toEqual(after);
  expect(after).toMatchObject({ 'a.md': 'a after', 'wiki/new.md': 'new' });
  expect(journalNames(root)).toEqual([]);
});

test('a mutation without a record never began and is discarded without a word', async () => {
  const root = await interrupted((call, path) => call === 'rename' && path.endsWith('/active'));
  expect(await recoverNow(root)).toEqual([]);
  expect(tree(root)).toEqual(BEFORE);
  expect(journalNames(root)).toEqual([]);
});

const valid = (root: string) => readFileSync(join(mutationDirectory(root), 'active'), 'utf8');
/** The record with its body changed and its checksum made to fit. */
async function forged(root: string, change: (body: any) => unknown): Promise<string> {
  const { createHash } = await import('node:crypto');
  const body = `${JSON.stringify(change(JSON.parse(valid(root).split('\n')[1]!)))}\n`;
  return `openkb-journal 1 ${createHash('sha256').update(body).digest('hex')}\n${body}`;
}

test.each<[string, (root: string) => string | Promise<string>]>([
  ['empty', () => ''],
  ['cut short', (root) => valid(root).slice(0, -40)],
  ['not JSON', () => '{not json'],
  ['with a flipped byte', (root) => valid(root).replace('a.md', 'A.md')],
  ['without its entries', (root) => forged(root, (body) => ({ ...body, touched: undefined }))],
  ['a list', (root) => forged(root, () => [])],
  [
    "another mutation's",
    (root) => forged(root, (body) => ({ ...body, id: '000000000009-abcdef' })),
  ],
  ['with a negative path', (root) => forged(root, (body) => ({ ...body, made: ['../x'] }))],
])('J04, I11: a record that is %s is set aside and nothing is deleted', async (_, content) => {
  const root = await interrupted(atCommitPoint);
  const live = tree(root);
  writeFileSync(join(mutationDirectory(root), 'active'), await content(root));
  const [report] = await recoverNow(root);
  expect(report).toMatchObject({ outcome: 'set aside', reason: expect.stringContaining('record') });
  expect(tree(root)).toEqual(live);
  expect(journalNames(root)).toEqual([]);
  expect(quarantine(root)).toHaveLength(1);
  const kept = join(root, '.openkb/quarantine', quarantine(root)[0]!, 'before');
  expect(readdirSync(kept).map((name) => readFileSync(join(kept, name), 'utf8'))).toEqual([
    'a before',
    'b before',
    'still here',
  ]);
  await commitOnce(journalOf(root), [{ kind: 'write', path: 'next.md', bytes: text('x') }]);
});

test.each(['/etc/openkb-test', '../outside.md', 'link/x.md', 'a\\..\\b'])(
  'J17, I2: a record that names %j touches nothing outside',
  async (path) => {
    const root = await interrupted(atCommitPoint);
    const outside = temporaryRoot();
    write(outside, { 'x.md': 'theirs' });
    symlinkSync(outside, join(root, 'link'));
    const record = await forged(root, (body) => {
      body.touched.push({ path, before: null, after: null });
      return body;
    });
    writeFileSync(join(mutationDirectory(root), 'active'), record);
    const session = await journalOf(root).acquire('exclusive', { unrecovered: 'report' });
    session.release();
    expect([...session.recovered.map((r) => r.outcome), ...session.failures]).toHaveLength(1);
    expect(tree(outside)).toEqual({ 'x.md': 'theirs' });
  },
);

test('I11: a record of a later version stops mutations and stays where it is', async () => {
  const root = await interrupted(atCommitPoint);
  const file = join(mutationDirectory(root), 'active');
  writeFileSync(file, valid(root).replace('openkb-journal 1', 'openkb-journal 2'));
  await expect(recoverNow(root)).rejects.toMatchObject({ code: 'recovery-needed' });
  expect(existsSync(file)).toBe(true);
});

test('names in journal/ that are not ours stay', async () => {
  const root = temporaryRoot();
  mkdirSync(join(root, '.openkb/journal/notes'), { recursive: true });
  writeFileSync(join(root, '.openkb/journal/readme'), 'x');
  await commitOnce(journalOf(root), CHANGES);
  expect(journalNames(root)).toEqual(['notes', 'readme']);
});

test('52, J13: two unfinished mutations of one path are undone newest first', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'zero' });
  const one: Change[] = [{ kind: 'write', path: 'a.md', bytes: text('one') }];
  const two: Change[] = [{ kind: 'write', path: 'a.md', bytes: text('two') }];
  await expect(commitOnce(journalOf(root, stopping(atCommitPoint)), one)).rejects.toThrow(Error);
  // hide the first while the second is made, as only a broken program could
  const hidden = join(root, 'hidden');
  const first = journalNames(root)[0]!;
  renameSync(join(root, '.openkb/journal', first), hidden);
  await expect(commitOnce(journalOf(root, stopping(atCommitPoint)), two)).rejects.toThrow(Error);
  const second = journalNames(root)[0]!;
  const later = second.replace(/^\d{12}/, '000000000002');
  const file = join(root, '.openkb/journal', second, 'active');
  const { createHash } = await import('node:crypto');
  const body = readFileSync(file, 'utf8').split('\n')[1]!.replace(second, later) + '\n';
  const sum = createHash('sha256').update(body).digest('hex');
  writeFileSync(file, `openkb-journal 1 ${sum}\n${body}`);
  renameSync(join(root, '.openkb/journal', second), join(root, '.openkb/journal', later));
  renameSync(hidden, join(root, '.openkb/journal', first));
  expect((await recoverNow(root)).map(({ id }) => id)).toEqual([later, first]);
  expect(tree(root)).toEqual({ 'a.md': 'zero' });
});

test.each([
  ['missing', (file: string) => rmSync(file)],
  ['truncated', (file: string) => truncateSync(file, 3)],
  ['other bytes', (file: string) => writeFileSync(file, 'b BEFORE')],
])('J14, I9: with an original %s no live file is touched', async (_, damage) => {
  const root = await interrupted(atCommitPoint);
  const live = tree(root);
  const original = join(mutationDirectory(root), 'before/1');
  damage(original);
  // no writer was at work: what the disk damages keeps its time
  if (existsSync(original)) utimesSync(original, 1_700_000_000, 1_700_000_000);
  await expect(recoverNow(root)).rejects.toMatchObject({
    code: 'recovery-needed',
    message: expect.stringContaining('"b.md"'),
  });
  expect(tree(root)).toEqual(live);
  expect(journalNames(root)).toHaveLength(1);
});

test('J03, J12, I5, I10: a rollback that keeps failing refuses every mutation, stops trying after five attempts, and keeps the originals', async () => {
  const root = await interrupted(atCommitPoint);
  const disk = failing('EACCES', (call, path) => call === 'rename' && path === join(root, 'a.md'));
  for (const attempt of [1, 2, 3, 4, 5]) {
    // oxlint-disable-next-line no-await-in-loop -- the attempts come one after the other
    await expect(commitOnce(journalOf(root, disk), CHANGES)).rejects.toMatchObject({
      code: 'recovery-needed',
      message: expect.stringContaining(`attempt ${attempt} of 5`),
    });
  }
  await expect(recoverNow(root)).rejects.toThrow(/permission denied .*attempt 5 of 5/);
  expect(readFileSync(join(mutationDirectory(root), 'before/0'), 'utf8')).toBe('a before');
  // a person asks, and the disk is well again
  const session = await journalOf(root).acquire('exclusive', { unrecovered: 'report' });
  session.release();
  expect(session.recovered).toMatchObject([{ outcome: 'rolled back' }]);
  expect(tree(root)).toEqual(BEFORE);
});

test('setting aside frees the way and keeps everything', async () => {
  const root = await interrupted(atCommitPoint);
  const id = journalNames(root)[0]!;
  const disk = failing('EIO', (call, path) => call === 'rename' && path === join(root, 'a.md'));
  const session = await journalOf(root, disk).acquire('exclusive', { unrecovered: 'report' });
  expect(session.failures).toMatchObject([{ id }]);
  const live = tree(root);
  expect(() => session.commit({ operation: 'x', changes: [] })).toThrow(/cannot be undone/);
  session.setAside(id);
  session.commit({
    operation: 'x',
    changes: [{ kind: 'write', path: 'next.md', bytes: text('x') }],
  });
  session.release();
  expect(tree(root)).toEqual({ ...live, 'next.md': 'x' });
  expect(journalOf(root).setAside()).toEqual([id]);
});

test('50, J16, I2: a copied or moved root is recovered by itself and the other stays as it is', async () => {
  const root = await interrupted(atCommitPoint);
  const live = tree(root);
  const copy = join(temporaryRoot(), 'copy');
  cpSync(root, copy, { recursive: true });
  expect(await recoverNow(copy)).toMatchObject([{ outcome: 'rolled back' }]);
  expect(tree(copy)).toEqual(BEFORE);
  expect(tree(root)).toEqual(live);
  const moved = join(temporaryRoot(), 'moved');
  renameSync(root, moved);
  await recoverNow(moved);
  expect(tree(moved)).toEqual(BEFORE);
  expect(existsSync(root)).toBe(false);
  mkdirSync(root);
});

test('J18, I8: what a person edited after the crash is kept in recovered/ and named', async () => {
  const root = await interrupted(atCommitPoint);
  write(root, { 'b.md': 'edited by hand', 'wiki/new.md': 'edited too', 'wiki/mine.md': 'mine' });
  const [report] = await recoverNow(root);
  const places = report!.kept.map((path) => [path.split('/').slice(3).join('/'), path]);
  expect(places.map(([path]) => path!)).toEqual(['b.md', 'wiki/new.md']);
  expect(tree(root)).toEqual({ ...BEFORE, 'wiki/': '', 'wiki/mine.md': 'mine' });
  for (const [path, place] of places) {
    expect(readFileSync(join(root, place!), 'utf8')).toBe(
      path === 'b.md' ? 'edited by hand' : 'edited too',
    );
  }
});

test('J20: directories that the mutation made go, modes come back', async () => {
  const root = temporaryRoot();
  write(root, { 'secret.md': 'secret', 'old.md': 'old' });
  execFileSync('chmod', ['600', join(root, 'secret.md')]);
  execFileSync('chmod', ['444', join(root, 'old.md')]);
  const before = tree(root);
  const changes: Change[] = [
    { kind: 'write', path: 'secret.md', bytes: text('new') },
    { kind: 'remove', path: 'old.md' },
    { kind: 'write', path: 'x/y/z.md', bytes: text('z') },
    { kind: 'directory', path: 'empty/inside' },
  ];
  await expect(commitOnce(journalOf(root, stopping(atCommitPoint)), changes)).rejects.toThrow(
    Error,
  );
  await recoverNow(root);
  expect(tree(root)).toEqual(before);
});

test('J27: where links are refused copies serve as well', async () => {
  const root = temporaryRoot();
  write(root, BEFORE);
  let stopped = false;
  const disk = failing('EPERM', (call, path) => {
    stopped ||= atCommitPoint(call, path);
    return stopped || call === 'link';
  });
  await expect(commitOnce(journalOf(root, disk), CHANGES)).rejects.toThrow(Error);
  expect(valid(root)).toContain('"saved":"copy"');
  await recoverNow(root);
  expect(tree(root)).toEqual(BEFORE);
});

test('J28: new files have the mode that the umask gives, old ones keep theirs', async () => {
  const root = temporaryRoot();
  write(root, BEFORE);
  execFileSync('chmod', ['640', join(root, 'a.md')]);
  await commitOnce(journalOf(root), CHANGES);
  expect(tree(root)).toMatchObject({ 'a.md': '640 a after', 'wiki/new.md': 'new' });
});

test('L10: a reader finds the state before, also right after a crash', async () => {
  const root = await interrupted(atCommitPoint);
  const session = await journalOf(root).acquire('shared');
  expect(session.recovered).toMatchObject([{ outcome: 'rolled back' }]);
  expect(tree(root)).toEqual(BEFORE);
  session.release();
});

test('L10: a reader that cannot write reads on and knows what is pending', async () => {
  const root = await interrupted(atCommitPoint);
  const disk = failing('EROFS', (call) => !['open', 'list', 'stat'].includes(call));
  const session = await journalOf(root, disk).acquire('shared');
  expect(session.failures).toMatchObject([{ reason: expect.stringContaining('read-only') }]);
  session.release();
  expect(journalOf(root).pending()).toMatchObject([
    {
      state: 'active',
      operation: 'test',
      subject: 'subject.md',
      began: '2026-01-02T03:04:05.000Z',
    },
  ]);
});

test('a stopped process can clean nothing up after its death', async () => {
  const root = temporaryRoot();
  write(root, BEFORE);
  const attempt = commitOnce(journalOf(root, stopping(atCommitPoint)), CHANGES);
  await expect(attempt).rejects.toMatchObject({
    code: 'outcome-unknown',
    cause: expect.any(Stopped),
  });
});
