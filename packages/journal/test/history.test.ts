/* oxlint-disable no-await-in-loop -- commits follow each other */
/** Kept mutations: what is kept, for how long, and what they tell (I14 to I16). */
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
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { hashBytes } from '@openkb/atomic-fs';
import { expect, test } from 'vitest';

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
  cut,
  disk,
  failing,
  journalOf,
  put,
  recoverNow,
  save,
  stopping,
  temporaryRoot,
  text,
  tree,
  write,
} from './support/real.ts';

const digest = (content: string) => hashBytes(text(content));

test('without the option nothing is kept and the history is empty', async () => {
  const root = temporaryRoot();
  await commitOnce(journalOf(root), [put('a.md')]);
  expect(history(root)).toEqual([]);
  expect(names(root)).toEqual([]);
});

test('a kept mutation tells what it changed, and nothing of what it left as it was', async () => {
  const { root, id } = await kept();
  expect(history(root)).toEqual([
    {
      id,
      operation: 'test',
      subject: 'subject.md',
      committed: '2026-01-02T03:04:05.000Z',
      changes: [
        { path: 'a.md', action: 'updated', before: digest('a before'), after: digest('a after') },
        { path: 'wiki/new.md', action: 'created', before: null, after: digest('new') },
        { path: 'gone.md', action: 'removed', before: digest('was here'), after: null },
      ],
    },
  ]);
  expect(readdirSync(join(root, '.openkb/journal'))).toEqual([]);
  expect(journalOf(root).check()).toEqual([]);
});

test('I14: telling the history and giving out versions changes nothing on disk', async () => {
  const { root, id } = await kept();
  const everything = () =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .toSorted()
      .map((path) => {
        const { mtimeMs, ctimeMs, size, mode } = statSync(join(root, path));
        return [path, mtimeMs, ctimeMs, size, mode];
      });
  const before = everything();
  const journal = journalOf(root);
  expect(journal.history()).toHaveLength(1);
  journal.version(id, 'a.md', 'before');
  journal.version(id, 'a.md', 'after');
  expect(() => journal.version(id, 'other.md', 'after')).toThrow(/did not change/);
  expect(everything()).toEqual(before);
});

test('what changes nothing is not kept', async () => {
  const root = temporaryRoot();
  await commitOnce(keeping(root), [{ kind: 'directory', path: 'made' }]);
  await commitOnce(keeping(root), [{ kind: 'remove', path: 'never.md' }]);
  expect(history(root)).toEqual([]);
});

test('only the newest are kept, in the order of their commits', async () => {
  const root = temporaryRoot();
  const ids: string[] = [];
  for (const content of ['1', '2', '3', '4', '5']) {
    ids.unshift((await commitOnce(keeping(root, 3), [put('a.md', content)])).id);
  }
  expect(history(root).map(({ id }) => id)).toEqual(ids.slice(0, 3));
  expect(names(root)).toHaveLength(3);
  await commitOnce(keeping(root, 1), [put('a.md', '6')]);
  expect(names(root)).toHaveLength(1);
});

test('without the option a later commit leaves the history alone; with 0 the next lock removes it', async () => {
  const { root, id } = await kept();
  await commitOnce(journalOf(root), [put('b.md')]);
  expect(history(root).map((one) => one.id)).toEqual([id]);
  (await keeping(root, 0).acquire('exclusive')).release();
  expect(names(root)).toEqual([]);
});

test('a budget of bytes lets the oldest go first, and what is larger than it alone', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'x'.repeat(60), 'b.md': 'y'.repeat(60), 'c.md': 'z'.repeat(200) });
  const journal = journalOf(root, disk, { keep: 9, keepBytes: 130 });
  await commitOnce(journal, [put('a.md')]);
  await commitOnce(journal, [put('b.md')]);
  expect(history(root)).toHaveLength(2);
  await commitOnce(journal, [put('b.md', 'q'.repeat(60))]);
  expect(history(root)).toHaveLength(3);
  await commitOnce(journal, [put('b.md', 'again')]);
  expect(history(root).map(({ changes }) => changes[0]!.before!.size)).toEqual([60, 5, 60]);
  await commitOnce(journal, [{ kind: 'remove', path: 'c.md' }]);
  expect(history(root)).toEqual([]);
});

test('I17: a path that a person made again where the mutation had removed it refuses the undo', async () => {
  const { root, id } = await kept();
  write(root, { 'gone.md': 'made again' });
  await expect(undo(root, id)).rejects.toMatchObject({ code: 'conflict', paths: ['gone.md'] });
  expect(readFileSync(join(root, 'gone.md'), 'utf8')).toBe('made again');
});

test.each<[string, (original: string) => void]>([
  ['missing', (original) => rmSync(original)],
  ['cut short', (original) => truncateSync(original, 3)],
  ['edited, its size kept', (original) => writeFileSync(original, 'a BEFORE')],
  ['a directory', (original) => (rmSync(original), mkdirSync(original))],
])('I15: with an original %s nothing is undone, and it is never given out', async (_, damage) => {
  const { root, id } = await kept();
  damage(originalOf(root, id, 0));
  const live = tree(root);
  await expect(undo(root, id)).rejects.toMatchObject({ code: 'not-restorable', paths: ['a.md'] });
  expect(tree(root)).toEqual(live);
  const journal = journalOf(root);
  expect(() => journal.version(id, 'a.md', 'before')).toThrow(/nowhere any more/);
  expect(Buffer.from(journal.version(id, 'gone.md', 'before')!).toString()).toBe('was here');
});

test('I15: an original with a second name that was edited through it is told, not given back', async () => {
  const root = temporaryRoot();
  write(root, BEFORE);
  cpSync(join(root, 'a.md'), join(root, 'other.md'));
  rmSync(join(root, 'a.md'));
  disk.link(join(root, 'other.md'), join(root, 'a.md'));
  const { id } = await commitOnce(keeping(root), [put('a.md', 'a after')]);
  appendFileSync(join(root, 'other.md'), ', edited');
  await expect(undo(root, id)).rejects.toMatchObject({ code: 'not-restorable', paths: ['a.md'] });
});

test('I8: what is written through an old name to a kept original is in recovered/ when it is pruned', async () => {
  const { root, id } = await kept(1);
  writeFileSync(originalOf(root, id, 0), 'saved late by an editor');
  const report = await commitOnce(keeping(root, 1), [put('b.md')]);
  expect(report.warnings).toEqual([expect.stringContaining(`.openkb/recovered/${id}/a.md`)]);
  const place = join(root, '.openkb/recovered', id, 'a.md');
  expect(readFileSync(place, 'utf8')).toBe('saved late by an editor');
});

test('the versions of a page are given out from the live file or from a newer snapshot', async () => {
  const root = temporaryRoot();
  const ids: string[] = [];
  for (const content of ['1', '2', '3']) {
    ids.push(
      (await commitOnce(keeping(root), [put('a.md', content), put('other.md', content)])).id,
    );
  }
  const journal = journalOf(root);
  const version = (id: string, which: 'before' | 'after') => {
    const bytes = journal.version(id, 'a.md', which);
    return bytes && Buffer.from(bytes).toString();
  };
  expect(ids.map((id) => [version(id, 'before'), version(id, 'after')])).toEqual([
    [undefined, '1'],
    ['1', '2'],
    ['2', '3'],
  ]);
  save(root, 'a.md', 'mine');
  expect(() => version(ids[2]!, 'after')).toThrow(/nowhere any more/);
  expect(version(ids[1]!, 'after')).toBe('2');
  expect(() => journal.version(ids[0]!, 'b.md', 'before')).toThrow(/did not change "b.md"/);
  expect(() => journal.version('000000000009-abcdef01', 'a.md', 'before')).toThrow(
    /no change is kept/,
  );
});

test.each(['../journal', '', 'nothing', '000000000009-abcdef01'])(
  'I2: the name %j that is not kept is refused',
  async (name) => {
    const { root } = await kept();
    await expect(undo(root, name)).rejects.toMatchObject({ code: 'not-restorable' });
  },
);

test('I2: a path that lies behind a link by now is not undone, and nothing outside is touched', async () => {
  const { root, id } = await kept();
  const outside = temporaryRoot();
  write(outside, { 'new.md': 'new' });
  rmSync(join(root, 'wiki'), { recursive: true });
  symlinkSync(outside, join(root, 'wiki'));
  await expect(undo(root, id)).rejects.toMatchObject({ code: 'not-restorable' });
  expect(readFileSync(join(outside, 'new.md'), 'utf8')).toBe('new');
});

test('I16: a history that is no directory keeps nobody from committing, and a link there is not followed', async () => {
  const root = temporaryRoot();
  const outside = temporaryRoot();
  symlinkSync(outside, join(root, '.openkb/history'));
  await expect(commitOnce(keeping(root), [put('a.md')])).rejects.toMatchObject({
    code: 'bad-path',
  });
  expect(readdirSync(outside)).toEqual(['.openkb']);
});

test('a mutation that was rolled back is not kept', async () => {
  const root = temporaryRoot();
  write(root, BEFORE);
  const attempt = commitOnce(
    journalOf(
      root,
      failing('EIO', (call, path) => call === 'rename' && path.endsWith('new.md')),
      { keep: 5 },
    ),
    CHANGES,
  );
  await expect(attempt).rejects.toMatchObject({ code: 'not-written' });
  await cut(root, CHANGES);
  await recoverNow(root);
  expect(names(root)).toEqual([]);
});

test('a mutation whose keeping was cut short is kept by whoever recovers with the option', async () => {
  const root = temporaryRoot();
  write(root, BEFORE);
  const dying = stopping((call, path) => call === 'rename' && path.includes('/history/'));
  const { id } = await commitOnce(journalOf(root, dying, { keep: 5 }), CHANGES);
  expect(names(root)).toEqual([]);
  expect(journalOf(root).pending()).toMatchObject([{ id, state: 'committed' }]);
  (await keeping(root).acquire('exclusive')).release();
  expect(names(root)).toEqual([id]);
});

test.each<[string, (root: string, id: string, outside: string) => void]>([
  [
    'originals behind a link',
    (root, id, outside) => {
      rmSync(join(root, '.openkb/history', id, 'before'), { recursive: true });
      symlinkSync(outside, join(root, '.openkb/history', id, 'before'));
    },
  ],
  [
    'a link in place of a mutation',
    (root, id, outside) => {
      cpSync(join(root, '.openkb/history', id), outside, { recursive: true });
      rmSync(join(root, '.openkb/history', id), { recursive: true });
      symlinkSync(outside, join(root, '.openkb/history', id));
    },
  ],
  [
    'a file in place of a mutation',
    (root, id) => {
      rmSync(join(root, '.openkb/history', id), { recursive: true });
      writeFileSync(join(root, '.openkb/history', id), 'x');
    },
  ],
])('I2, I16: with %s pruning touches nothing outside and goes on', async (_, spoil) => {
  const { root, id } = await kept();
  const outside = temporaryRoot();
  write(outside, { '0': 'theirs', '2': 'theirs too' });
  spoil(root, id, outside);
  const before = tree(outside);
  const report = await commitOnce(keeping(root, 1), [put('b.md')]);
  expect(report.warnings).toEqual([]);
  expect(names(root)).toEqual([report.id]);
  expect(tree(outside)).toEqual(before);
  expect(existsSync(join(root, '.openkb/recovered'))).toBe(false);
});
