/** Undoing kept mutations: what comes back, and what refuses (I15 to I17). */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { Change } from '../src/index.ts';
import {
  BEFORE,
  CHANGES,
  history,
  keeping,
  kept,
  names,
  originalOf,
  undo,
} from './support/kept.ts';
import {
  commitOnce,
  failing,
  journalOf,
  put,
  save,
  temporaryRoot,
  text,
  tree,
  write,
} from './support/real.ts';

test('an undo brings back bytes, permission bits and absence, with the directories that were made', async () => {
  const { root, id } = await kept();
  const report = await undo(root, id);
  expect(report.warnings).toEqual([]);
  expect(report.changed).toEqual([
    { path: 'a.md', action: 'updated' },
    { path: 'wiki/new.md', action: 'removed' },
    { path: 'gone.md', action: 'created' },
  ]);
  expect(tree(root)).toEqual({ ...BEFORE, 'a.md': '600 a before' });
  expect(readdirSync(join(root, '.openkb/staging'))).toEqual([]);
});

test('I17: an undo is kept like any other and can be undone; the same twice refuses', async () => {
  const { root, id } = await kept();
  const live = tree(root);
  await undo(root, id);
  await expect(undo(root, id)).rejects.toMatchObject({
    code: 'conflict',
    paths: ['a.md', 'wiki/new.md', 'gone.md'],
  });
  const [newest] = history(root);
  expect(newest).toMatchObject({ operation: 'undo', subject: id });
  await undo(root, newest!.id);
  expect(tree(root)).toEqual(live);
});

test('I17: where something has changed since, an undo names all such paths and changes nothing', async () => {
  const { root, id } = await kept();
  save(root, 'a.md', 'mine');
  rmSync(join(root, 'wiki/new.md'));
  const live = tree(root);
  const before = names(root);
  await expect(undo(root, id)).rejects.toMatchObject({
    code: 'conflict',
    paths: ['a.md', 'wiki/new.md'],
  });
  expect(tree(root)).toEqual(live);
  expect(names(root)).toEqual(before);
  // a later mutation of other paths is no obstacle
  await commitOnce(keeping(root), [put('a.md', 'a after'), put('wiki/new.md', 'new'), put('b.md')]);
  await undo(root, id);
  expect(tree(root)).toEqual({ ...BEFORE, 'a.md': '600 a before', 'b.md': 'after' });
});

test('I15: no live file shares an inode with the history, whoever writes in place', async () => {
  const { root, id } = await kept();
  const original = () => readFileSync(originalOf(root, id, 0), 'utf8');
  appendFileSync(join(root, 'a.md'), ' and more');
  expect(original()).toBe('a before');
  save(root, 'a.md', 'a after');
  await undo(root, id);
  appendFileSync(join(root, 'a.md'), ' and more');
  expect(original()).toBe('a before');
  expect(statSync(originalOf(root, id, 0)).nlink).toBe(1);
});

test('I13: only a session with the exclusive lock undoes', async () => {
  const { root, id } = await kept();
  const session = await journalOf(root).acquire('shared');
  expect(() => session.undo(id, { operation: 'undo' })).toThrow(/exclusive lock/);
  session.release();
});

test('I16: a record that is damaged or of another mutation is passed over, and nothing depends on it', async () => {
  const { root, id } = await kept();
  const { id: second } = await commitOnce(keeping(root), [put('b.md')]);
  truncateSync(join(root, '.openkb/history', id, 'committed'), 50);
  expect(history(root).map((one) => one.id)).toEqual([second]);
  expect(journalOf(root).check()).toEqual([
    expect.objectContaining({ code: 'kept-damaged', path: `.openkb/history/${id}` }),
  ]);
  await undo(root, second);
  await commitOnce(keeping(root, 1), [put('c.md')]);
  expect(names(root)).toHaveLength(1);
  rmSync(join(root, '.openkb/history'), { recursive: true });
  await commitOnce(keeping(root), [put('d.md')]);
  expect(history(root)).toHaveLength(1);
});

test('I16: a history that cannot be written is a warning, and the next lock goes on', async () => {
  const root = temporaryRoot();
  write(root, BEFORE);
  const full = failing(
    'ENOSPC',
    (call, path) => call === 'makeDirectory' && path.endsWith('/history'),
  );
  const report = await commitOnce(journalOf(root, full, { keep: 2 }), CHANGES);
  expect(report.warnings).toEqual([expect.stringContaining('the disk is full')]);
  expect(history(root)).toEqual([]);
  const session = await keeping(root).acquire('exclusive');
  session.release();
  expect(session.recovered).toMatchObject([{ id: report.id, outcome: 'finished' }]);
  expect(history(root).map(({ id }) => id)).toEqual([report.id]);
  await undo(root, report.id);
  expect(tree(root)).toEqual(BEFORE);
});

test('a copy of the directory has its own history', async () => {
  const { root, id } = await kept();
  const copy = join(temporaryRoot(), 'copy');
  cpSync(root, copy, { recursive: true, preserveTimestamps: true });
  await undo(copy, id);
  expect(tree(copy)['a.md']).toBe('600 a before');
  expect(tree(root)['a.md']).toBe('600 a after');
  await undo(root, id);
});

test('the changes of an undo can be committed together with others', async () => {
  const { root, id } = await kept();
  const journal = keeping(root);
  const staging = journal.stage();
  const changes = staging.undo(id).filter(({ path }) => path !== 'gone.md');
  await commitOnce(journal, [...changes, put('index.md', 'index')]);
  staging.discard();
  expect(tree(root)).toMatchObject({ 'a.md': '600 a before', 'index.md': 'index' });
  expect(existsSync(join(root, 'gone.md'))).toBe(false);
});

test('a change of permission bits alone is kept and undone', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'same' });
  const { id, changed } = await commitOnce(keeping(root), [
    { kind: 'write', path: 'a.md', bytes: text('same'), mode: 0o600 },
  ]);
  expect(changed).toEqual([{ path: 'a.md', action: 'updated' }]);
  expect(tree(root)).toEqual({ 'a.md': '600 same' });
  await undo(root, id);
  expect(tree(root)).toEqual({ 'a.md': 'same' });
});

test('a copy without links and times prunes without taking originals for edits', async () => {
  const { root, id } = await kept();
  const copy = join(temporaryRoot(), 'copy');
  cpSync(root, copy, { recursive: true });
  const report = await commitOnce(keeping(copy, 1), [put('b.md')]);
  expect(report.warnings).toEqual([]);
  expect(names(copy)).toEqual([report.id]);
  expect(existsSync(join(copy, '.openkb/recovered'))).toBe(false);
  expect(names(root)).toEqual([id]);
});

const MADE: Change[] = [
  put('new/inner/a.md'),
  put('new/b.md'),
  { kind: 'directory', path: 'empty' },
];

test('directories that the undone mutation made go where they are empty, also by a change set of a caller', async () => {
  const root = temporaryRoot();
  write(root, { 'there/old.md': 'old' });
  const before = tree(root);
  const { id } = await commitOnce(keeping(root), [...MADE, put('there/new.md')]);
  const journal = keeping(root);
  const staging = journal.stage();
  const changes = staging.undo(id);
  expect(changes.filter(({ kind }) => kind === 'remove-directory').map(({ path }) => path)).toEqual(
    ['new/inner', 'new', 'empty'],
  );
  await commitOnce(journal, changes);
  staging.discard();
  expect(tree(root)).toEqual(before);
  const [undone] = history(root);
  await undo(root, undone!.id);
  expect(readFileSync(join(root, 'new/inner/a.md'), 'utf8')).toBe('after');
});

test('a directory that holds something by now stays, and one behind a link is not looked into', async () => {
  const root = temporaryRoot();
  const { id } = await commitOnce(keeping(root), MADE);
  write(root, { 'new/mine.md': 'mine' });
  await undo(root, id);
  expect(tree(root)).toEqual({ 'new/': '', 'new/mine.md': 'mine' });
  expect(existsSync(join(root, 'new/inner'))).toBe(false);
  const elsewhere = temporaryRoot();
  mkdirSync(join(elsewhere, 'inner'));
  symlinkSync(elsewhere, join(root, 'link'));
  const session = await keeping(root).acquire('exclusive');
  const changes: Change[] = [{ kind: 'remove-directory', path: 'link/inner' }];
  expect(session.commit({ operation: 'test', changes }).changed).toEqual([]);
  session.release();
  expect(existsSync(join(elsewhere, 'inner'))).toBe(true);
});

test('the removal of a directory alone is a change, and of none is not', async () => {
  const root = temporaryRoot();
  mkdirSync(join(root, 'empty'));
  const changes: Change[] = [{ kind: 'remove-directory', path: 'empty' }];
  await commitOnce(journalOf(root), changes);
  expect(existsSync(join(root, 'empty'))).toBe(false);
  expect((await commitOnce(journalOf(root), changes)).changed).toEqual([]);
});

test('a directory that cannot be removed holds nothing up, and goes when it can', async () => {
  const root = temporaryRoot();
  mkdirSync(join(root, 'busy'));
  const busy = failing(
    'EBUSY',
    (call, path) => call === 'removeDirectory' && path.endsWith('/busy'),
  );
  const changes: Change[] = [{ kind: 'remove-directory', path: 'busy' }, put('a.md')];
  expect((await commitOnce(journalOf(root, busy), changes)).warnings).toHaveLength(1);
  expect((await commitOnce(journalOf(root, busy), [put('b.md')])).changed).toHaveLength(1);
  expect(existsSync(join(root, 'busy'))).toBe(true);
  await commitOnce(journalOf(root), [put('c.md')]);
  expect(existsSync(join(root, 'busy'))).toBe(false);
  expect(journalOf(root).pending()).toEqual([]);
});
