/**
 * People, editors and other programs act on the files while a mutation, its rollback or its recovery
 * is at work (I8, I10, I2): nothing of theirs is lost and nothing outside is touched.
 */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { Change } from '../src/index.ts';
import {
  atCommitPoint,
  commitOnce,
  cut,
  disk,
  failing,
  journalOf,
  put,
  recoverNow,
  save,
  stopping,
  temporaryRoot,
  tree,
  write,
} from './support/real.ts';

/** Does something at the first call that fits, and lets the call go on. */
function when(fits: (call: string, path: string) => boolean, act: () => void) {
  let done = false;
  return failing('none', (call, path) => {
    if (!done && fits(call, path)) {
      done = true;
      act();
    }
    return false;
  });
}

const mutationDirectory = (root: string) => {
  const [id] = readdirSync(join(root, '.openkb/journal'));
  return join(root, '.openkb/journal', id!);
};

test('I8: what an editor saves between snapshot and publish stays where it was saved', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before', 'b.md': 'before' });
  const busy = when(
    (call, path) => call === 'rename' && path.endsWith('/active'),
    () => {
      save(root, 'b.md', 'saved by hand');
      save(root, 'c.md', 'made by hand');
    },
  );
  const attempt = commitOnce(journalOf(root, busy), [put('a.md'), put('b.md'), put('c.md')]);
  await expect(attempt).rejects.toMatchObject({ code: 'conflict', paths: ['b.md', 'c.md'] });
  expect(tree(root)).toEqual({ 'a.md': 'before', 'b.md': 'saved by hand', 'c.md': 'made by hand' });
});

test('I8: what an editor saves over a published page before the rollback is kept and named', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before', 'b.md': 'before' });
  const full = failing('ENOSPC', (call, path) => {
    if (call !== 'rename' || path !== join(root, 'b.md')) return false;
    save(root, 'a.md', 'saved by hand');
    return true;
  });
  const attempt = commitOnce(journalOf(root, full), [put('a.md'), put('b.md')]);
  const error = (await attempt.catch((failure: unknown) => failure)) as Error;
  expect(error).toMatchObject({ code: 'not-written' });
  const place = /kept in "([^"]+)"/.exec(error.message)![1]!;
  expect(readFileSync(join(root, place), 'utf8')).toBe('saved by hand');
  expect(tree(root)).toEqual({ 'a.md': 'before', 'b.md': 'before' });
});

test('I8: what an editor saves while a recovery is looking at the other pages is kept', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before', 'b.md': 'before' });
  await cut(root, [put('a.md'), put('b.md')]);
  const busy = when(
    (call, path) => call === 'link' && path.includes('undo-'),
    () => save(root, 'a.md', 'saved by hand'),
  );
  const [report] = await recoverNow(root, busy);
  expect(report!.kept.map((path) => readFileSync(join(root, path), 'utf8'))).toEqual([
    'saved by hand',
  ]);
  expect(tree(root)).toEqual({ 'a.md': 'before', 'b.md': 'before' });
});

test('J18: paths that the mutation left as they were are not rolled back', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before', 'b.md': 'same' });
  await cut(root, [put('a.md'), put('b.md', 'same'), { kind: 'remove', path: 'never.md' }]);
  save(root, 'b.md', 'saved by hand');
  save(root, 'never.md', 'made by hand');
  expect(await recoverNow(root)).toMatchObject([{ outcome: 'rolled back', kept: [] }]);
  expect(tree(root)).toEqual({
    'a.md': 'before',
    'b.md': 'saved by hand',
    'never.md': 'made by hand',
  });
});

test('an edit that went through the old name of a page comes back with the rollback', async () => {
  const root = temporaryRoot();
  write(root, { 'log.md': 'before\n' });
  await cut(root, [put('log.md')]);
  // a program that had the old file open
  appendFileSync(join(mutationDirectory(root), 'before/0'), 'appended\n');
  expect(await recoverNow(root)).toMatchObject([{ outcome: 'rolled back' }]);
  expect(tree(root)).toEqual({ 'log.md': 'before\nappended\n' });
});

test('a directory that somebody made in place of a page is moved to recovered/', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before' });
  await cut(root, [put('a.md')]);
  rmSync(join(root, 'a.md'));
  write(root, { 'a.md/note.md': 'a note' });
  const [report] = await recoverNow(root);
  expect(report!.kept.map((path) => readFileSync(join(root, path), 'utf8'))).toEqual(['a note']);
  expect(tree(root)).toEqual({ 'a.md': 'before' });
});

test('what an earlier recovery kept is still named when that recovery was cut short', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before' });
  await cut(root, [put('a.md')]);
  save(root, 'a.md', 'saved by hand');
  const dying = stopping((call, path) => call === 'rename' && path.endsWith('/rolled_back'));
  await expect(recoverNow(root, dying)).rejects.toMatchObject({ name: 'JournalError' });
  const [report] = await recoverNow(root);
  expect(report!.kept).toHaveLength(1);
  expect(tree(root)).toEqual({ 'a.md': 'before' });
});

test('29, J11, I10: a session that could not settle a mutation makes no further one', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before' });
  let sick = true;
  let reached = false;
  const failingDisk = failing('EIO', (call, path) => {
    reached ||= atCommitPoint(call, path);
    return sick && reached && call === 'syncDirectory';
  });
  const session = await journalOf(root, failingDisk).acquire('exclusive');
  expect(() => session.commit({ operation: 'x', changes: [put('a.md')] })).toThrow(/last moment/);
  sick = false;
  expect(() => session.commit({ operation: 'x', changes: [put('b.md')] })).toThrow(/last moment/);
  session.release();
  await recoverNow(root);
  expect(['before', 'after']).toContain(tree(root)['a.md']);
  expect(tree(root)['b.md']).toBeUndefined();
});

test('I10: setting one mutation aside recovers the next before anything is committed', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before', 'b.md': 'before' });
  await cut(root, [put('a.md')]);
  const older = mutationDirectory(root);
  const hidden = join(root, 'hidden');
  renameSync(older, hidden);
  await cut(root, [put('b.md')]);
  const newer = mutationDirectory(root);
  rmSync(join(newer, 'before/0'));
  const id = '000000000002-0000abcd';
  writeFileSync(join(newer, 'active'), 'damaged beyond reading');
  renameSync(newer, join(root, '.openkb/journal', id));
  renameSync(hidden, older);
  // the damaged one cannot be set aside by the recovery
  const sick = failing('EIO', (call, path) => call === 'rename' && path.includes('quarantine'));
  let broken = true;
  const half = { ...disk, rename: (a: string, b: string) => (broken ? sick : disk).rename(a, b) };
  const session = await journalOf(root, half).acquire('exclusive', { unrecovered: 'report' });
  expect(session.failures).toMatchObject([{ id }]);
  broken = false;
  session.setAside(id);
  expect(session.failures).toEqual([]);
  expect(session.recovered).toMatchObject([{ outcome: 'rolled back' }]);
  session.commit({ operation: 'x', changes: [put('a.md', 'new')] });
  session.release();
  expect(tree(root)).toMatchObject({ 'a.md': 'new' });
  expect(() => session.setAside('../../a.md')).toThrow(/exclusive lock/);
});

test.each(['../../wiki', 'nothing', '.'])(
  'nothing but a mutation can be set aside: %j',
  async (id) => {
    const root = temporaryRoot();
    write(root, { 'wiki/a.md': 'a', '.openkb/journal/note': 'x' });
    const session = await journalOf(root).acquire('exclusive');
    expect(() => session.setAside(id)).toThrow(/no unfinished change/);
    session.release();
    expect(tree(root)).toEqual({ 'wiki/': '', 'wiki/a.md': 'a' });
  },
);

test('61: a lock file that is removed while it is held stops the mutation, and nothing is lost', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before', 'r.md': 'precious' });
  let other: Promise<unknown> | undefined;
  const busy = when(
    (call, path) =>
      call === 'stat' && path === join(root, 'r.md') && existsSync(join(root, 'new.md')),
    () => {
      rmSync(join(root, '.openkb/ingest.lock'));
      other = recoverNow(root);
    },
  );
  const changes: Change[] = [put('new.md'), put('a.md'), { kind: 'remove', path: 'r.md' }];
  const session = await journalOf(root, busy).acquire('exclusive');
  expect(() => session.commit({ operation: 'x', changes })).toThrow(/lock file .* was removed/);
  session.release();
  await other;
  await recoverNow(root);
  expect(tree(root)).toEqual({ 'a.md': 'before', 'r.md': 'precious' });
});

test.each(['journal', 'staging', 'quarantine', 'recovered'])(
  '68, I2: a link in place of %s leads nothing outside',
  async (name) => {
    const root = temporaryRoot();
    const outside = temporaryRoot();
    write(outside, { 'rollback-photos/p.jpg': 'photo', 'x.md': 'theirs' });
    symlinkSync(outside, join(root, '.openkb', name));
    const before = tree(outside);
    await expect(journalOf(root).acquire('exclusive')).rejects.toMatchObject({ code: 'bad-path' });
    expect(() => journalOf(root).stage()).toThrow(/must be a directory/);
    expect(tree(outside)).toEqual(before);
  },
);

test('I2: a directory that becomes a link while the mutation is prepared is not followed', async () => {
  const root = temporaryRoot();
  const outside = temporaryRoot();
  write(root, { 'wiki/a.md': 'before' });
  write(outside, { 'new.md': 'theirs' });
  const busy = when(
    (call, path) => call === 'rename' && path.endsWith('/active'),
    () => {
      renameSync(join(root, 'wiki'), join(root, 'away'));
      symlinkSync(outside, join(root, 'wiki'));
    },
  );
  const attempt = commitOnce(journalOf(root, busy), [put('wiki/new.md'), put('x.md')]);
  await expect(attempt).rejects.toMatchObject({ name: 'JournalError' });
  expect(tree(outside)).toEqual({ 'new.md': 'theirs' });
  expect(existsSync(join(root, 'x.md'))).toBe(false);
});

test('20: a settled mutation that cannot be cleaned away refuses nothing', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before' });
  const stuck = failing('EBUSY', (call, path) => call === 'unlink' && path.includes('/before/'));
  await commitOnce(journalOf(root, stuck), [put('a.md')]);
  const session = await journalOf(root, stuck).acquire('exclusive');
  expect(session.recovered).toMatchObject([
    { outcome: 'finished', reason: expect.stringContaining('cannot be removed yet') },
  ]);
  session.commit({ operation: 'x', changes: [put('b.md')] });
  session.release();
  await recoverNow(root);
  expect(tree(root)).toEqual({ 'a.md': 'after', 'b.md': 'after' });
  expect(readdirSync(join(root, '.openkb/journal'))).toEqual([]);
});

test('a later version is waited for: our attempts do not count against it', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before' });
  await cut(root, [put('a.md')]);
  const record = join(mutationDirectory(root), 'active');
  const original = readFileSync(record, 'utf8');
  writeFileSync(record, original.replace('openkb-journal 1', 'openkb-journal 2'));
  for (let run = 0; run < 7; run += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one run after the other
    await expect(recoverNow(root)).rejects.toThrow(/later version .*attempt 1 of 5/);
  }
  const reader = await journalOf(root).acquire('shared');
  expect(reader.failures).toHaveLength(1);
  reader.release();
  writeFileSync(record, original);
  await recoverNow(root);
  expect(tree(root)).toEqual({ 'a.md': 'before' });
});

test('a file in journal/ that is named like a mutation is set aside', async () => {
  const root = temporaryRoot();
  write(root, { '.openkb/journal/000000000007-abcdef01': 'x' });
  expect(await recoverNow(root)).toMatchObject([{ outcome: 'set aside' }]);
});

test.each(['EACCES', 'ENOSYS', 'EINVAL', 'EPERM'])(
  'J27: a rollback is possible where links are refused with %s',
  async (code) => {
    const root = temporaryRoot();
    write(root, { 'a.md': 'before' });
    await cut(root, [put('a.md')]);
    await recoverNow(
      root,
      failing(code, (call) => call === 'link'),
    );
    expect(tree(root)).toEqual({ 'a.md': 'before' });
  },
);

test('I2: a path cannot be a file and a directory of one change set', async () => {
  const root = temporaryRoot();
  const changes: Change[] = [put('a'), { kind: 'directory', path: 'a' }];
  await expect(commitOnce(journalOf(root), changes)).rejects.toMatchObject({ code: 'bad-path' });
});

test('two files that differ in case only can be changed where the disk holds both', async () => {
  const root = temporaryRoot();
  write(root, { 'Foo.md': 'one', 'foo.md': 'two' });
  await commitOnce(journalOf(root), [put('Foo.md', 'ONE'), put('foo.md', 'TWO')]);
  expect(tree(root)).toEqual({ 'Foo.md': 'ONE', 'foo.md': 'TWO' });
});

test.each(['.OPENKB/journal/zz', '.openkb/Staging/x', '.openkb/INGEST.lock'])(
  'I2: %j is ours on a disk that folds case',
  async (path) => {
    await expect(commitOnce(journalOf(temporaryRoot()), [put(path)])).rejects.toMatchObject({
      code: 'bad-path',
    });
  },
);

test('a published file must lie in staging', async () => {
  const root = temporaryRoot();
  write(root, { 'mine.txt': 'mine' });
  mkdirSync(join(root, '.openkb/staging'));
  const change: Change = { kind: 'publish', path: 'raw/x', staged: join(root, 'mine.txt') };
  await expect(commitOnce(journalOf(root), [change])).rejects.toThrow(/staging directory/);
  expect(tree(root)).toEqual({ 'mine.txt': 'mine' });
});

test('L10: a reader sees that the Python program left something unfinished', async () => {
  const root = temporaryRoot();
  const journal = {
    version: 1,
    status: 'active',
    kb_dir: root,
    backup_dir: `${root}/.openkb/staging/rollback-1`,
    entries: [{ target: `${root}/a.md`, backup: null }],
  };
  write(root, { 'a.md': 'half', '.openkb/journal/1.json': JSON.stringify(journal) });
  const readOnly = failing('EROFS', (call) => !['open', 'list', 'stat'].includes(call));
  const reader = await journalOf(root, readOnly).acquire('shared');
  expect(reader.failures).toHaveLength(1);
  reader.release();
  (await journalOf(root).acquire('shared')).release();
  expect(existsSync(join(root, 'a.md'))).toBe(false);
});
