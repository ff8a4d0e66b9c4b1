/** What was set aside comes back, path by path, and nothing that was written since is lost (I1, I8). */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { Change, RestoreReport } from '../src/index.ts';
import { cut, failing, journalOf, temporaryRoot, text, tree, write } from './support/real.ts';

const BEFORE = { 'a.md': 'a before', 'b.md': 'b before', 'gone.md': 'was here' };
const CHANGES: Change[] = [
  { kind: 'write', path: 'a.md', bytes: text('a after') },
  { kind: 'write', path: 'b.md', bytes: text('b after') },
  { kind: 'write', path: 'wiki/new.md', bytes: text('new') },
  { kind: 'remove', path: 'gone.md' },
];
const AFTER = { 'a.md': 'a after', 'b.md': 'b after', 'wiki/': '', 'wiki/new.md': 'new' };
const OLD = 1_700_000_000;

/** A root whose mutation was cut short at the commit point and set aside; and its name there. */
async function setAside(prepare: (root: string) => void = () => {}) {
  const root = temporaryRoot();
  write(root, BEFORE);
  for (const path of Object.keys(BEFORE)) utimesSync(join(root, path), OLD, OLD);
  prepare(root);
  await cut(root, CHANGES);
  const stuck = failing('EIO', (call, path) => call === 'rename' && path.endsWith('gone.md'));
  const session = await journalOf(root, stuck).acquire('exclusive', { unrecovered: 'report' });
  const [failure] = session.failures;
  session.setAside(failure!.id);
  session.release();
  expect(Object.keys(tree(root))).toEqual(Object.keys(AFTER));
  return { root, id: failure!.id, kept: join(root, '.openkb/quarantine', failure!.id) };
}

async function restore(root: string, id: string, disk?: Parameters<typeof journalOf>[1]) {
  const session = await journalOf(root, disk).acquire('exclusive');
  try {
    return session.restore(id);
  } finally {
    session.release();
  }
}

const left = ({ left: paths }: RestoreReport) =>
  Object.fromEntries(paths.map(({ path, reason }) => [path, reason]));
const quarantine = (root: string) => readdirSync(join(root, '.openkb/quarantine'));

test('all that was set aside comes back, with the directories as before, and quarantine is empty', async () => {
  const { root, id } = await setAside((at) => chmodSync(join(at, 'b.md'), 0o600));
  const report = await restore(root, id);
  expect(report).toEqual({
    id,
    operation: 'test',
    subject: 'subject.md',
    restored: ['a.md', 'b.md', 'wiki/new.md', 'gone.md'],
    left: [],
    warnings: [],
  });
  expect(tree(root)).toEqual({ ...BEFORE, 'b.md': '600 b before' });
  expect(quarantine(root)).toEqual([]);
  expect(readdirSync(join(root, '.openkb/staging'))).toEqual([]);
  expect(journalOf(root).check()).toEqual([]);
});

test('I8: what was written or removed since stays, is named, and the rest comes back', async () => {
  const { root, id, kept } = await setAside();
  write(root, { 'a.md': 'mine', 'wiki/other.md': 'mine too' });
  rmSync(join(root, 'wiki/new.md'));
  write(root, { 'gone.md': 'made again' });
  const report = await restore(root, id);
  expect(report.restored).toEqual(['b.md']);
  expect(left(report)).toEqual({
    'a.md': 'it was changed since',
    'gone.md': 'it was changed since',
  });
  expect(report.keptIn).toBe(`.openkb/quarantine/${id}`);
  expect(tree(root)).toEqual({
    'a.md': 'mine',
    'b.md': 'b before',
    'gone.md': 'made again',
    'wiki/': '',
    'wiki/other.md': 'mine too',
  });
  expect(readFileSync(join(kept, 'before/0'), 'utf8')).toBe('a before');
  // a person takes the last two back by hand: now nothing is left to do
  write(root, { 'a.md': 'a before', 'gone.md': 'was here' });
  expect(await restore(root, id)).toMatchObject({ restored: [], left: [] });
  expect(quarantine(root)).toEqual([]);
  expect(tree(root)).toMatchObject({ 'wiki/other.md': 'mine too' });
});

test('a path that the mutation had written and somebody removed since stays away', async () => {
  const { root, id } = await setAside();
  rmSync(join(root, 'a.md'));
  const report = await restore(root, id);
  expect(left(report)).toEqual({ 'a.md': 'it was removed since' });
  expect(existsSync(join(root, 'a.md'))).toBe(false);
});

test.each<[string, string, (original: string) => void]>([
  ['missing', 'missing', (original) => rmSync(original)],
  ['truncated', 'damaged', (original) => truncateSync(original, 3)],
])(
  'I9: with an original %s its path is left and nothing of it is touched',
  async (_, why, damage) => {
    const { root, id, kept } = await setAside();
    const original = join(kept, 'before/1');
    damage(original);
    if (existsSync(original)) utimesSync(original, OLD, OLD);
    const report = await restore(root, id);
    expect(left(report)).toEqual({ 'b.md': `its saved original is ${why}` });
    expect(tree(root)).toEqual({ ...BEFORE, 'wiki/': '', 'b.md': 'b after' });
  },
);

test('I8: an original that was edited through its old name comes back with the edit', async () => {
  let held = '';
  const { root, id } = await setAside((at) => {
    held = join(temporaryRoot(), 'held');
    linkSync(join(at, 'b.md'), held);
  });
  writeFileSync(held, 'edited in an open editor');
  await restore(root, id);
  expect(tree(root)).toEqual({ ...BEFORE, 'b.md': 'edited in an open editor' });
});

test('what comes back shares nothing with what stays in quarantine', async () => {
  const { root, id, kept } = await setAside();
  write(root, { 'a.md': 'mine' });
  await restore(root, id);
  expect(statSync(join(root, 'b.md')).ino).not.toBe(statSync(join(kept, 'before/1')).ino);
});

test('I2: a path that lies behind a link by now is left, and nothing outside is touched', async () => {
  const { root, id } = await setAside();
  const outside = temporaryRoot();
  renameSync(join(root, 'wiki/new.md'), join(outside, 'new.md'));
  rmSync(join(root, 'wiki'), { recursive: true });
  symlinkSync(outside, join(root, 'wiki'));
  const report = await restore(root, id);
  expect(left(report)).toEqual({ 'wiki/new.md': 'a link, or no directory, is on the way to it' });
  expect(readFileSync(join(outside, 'new.md'), 'utf8')).toBe('new');
});

/** Rewrites the record with its checksum made to fit. */
function forge(kept: string, change: (body: any) => unknown): void {
  const file = join(kept, 'active');
  const body = `${JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8').split('\n')[1]!)))}\n`;
  const sum = createHash('sha256').update(body).digest('hex');
  writeFileSync(file, `openkb-journal 1 ${sum}\n${body}`);
}

test.each<[string, RegExp, (kept: string) => void]>([
  ['without a record', /has no record/, (kept) => rmSync(join(kept, 'active'))],
  ['damaged', /cannot be read/, (kept) => truncateSync(join(kept, 'active'), 90)],
  [
    'of a later version',
    /later version/,
    (kept) => writeFileSync(join(kept, 'active'), 'openkb-journal 2 x\n{}\n'),
  ],
  [
    'that names a path outside',
    /\.\.\/x/,
    (kept) => forge(kept, (body) => ({ ...body, made: ['../x'] })),
  ],
  [
    'that had been committed',
    /had been committed/,
    (kept) => renameSync(join(kept, 'active'), join(kept, 'committed')),
  ],
])('I6, I11: a record %s is refused, and everything stays', async (_, why, damage) => {
  const { root, id, kept } = await setAside();
  damage(kept);
  const names = readdirSync(kept);
  await expect(restore(root, id)).rejects.toMatchObject({
    code: 'not-restorable',
    message: expect.stringMatching(why),
  });
  expect(tree(root)).toEqual(AFTER);
  expect(readdirSync(kept)).toEqual(names);
});

test.each(['nothing', '../journal', '', '000000000009-abcdef01'])(
  'a name %j that is not set aside is refused',
  async (name) => {
    const root = temporaryRoot();
    mkdirSync(join(root, '.openkb/quarantine'));
    await expect(restore(root, name)).rejects.toMatchObject({ code: 'not-restorable' });
  },
);

test('a second mutation set aside under one id is restored by its longer name', async () => {
  const { root, id, kept } = await setAside();
  renameSync(kept, `${kept}-0000000a`);
  expect(await restore(root, `${id}-0000000a`)).toMatchObject({ left: [] });
  expect(tree(root)).toEqual(BEFORE);
});

test('I13: only a session with the exclusive lock restores', async () => {
  const { root, id } = await setAside();
  const reader = await journalOf(root).acquire('shared');
  expect(() => reader.restore(id)).toThrow(/exclusive lock/);
  reader.release();
  expect(tree(root)).toEqual(AFTER);
});

test('I1: a disk that fails in the middle leaves all as it was, and what was set aside too', async () => {
  const { root, id } = await setAside();
  const disk = failing(
    'EIO',
    (call, path) => call === 'unlink' && path === join(root, 'wiki/new.md'),
  );
  await expect(restore(root, id, disk)).rejects.toMatchObject({ code: 'not-written' });
  expect(tree(root)).toEqual(AFTER);
  expect(quarantine(root)).toEqual([id]);
  await restore(root, id);
  expect(tree(root)).toEqual(BEFORE);
});

test('a removal from quarantine that fails is a warning, and the next restore finishes it', async () => {
  const { root, id, kept } = await setAside();
  const disk = failing('EACCES', (call, path) => call === 'unlink' && path.startsWith(kept));
  const report = await restore(root, id, disk);
  expect(report).toMatchObject({ left: [], keptIn: `.openkb/quarantine/${id}` });
  expect(report.warnings).toEqual([expect.stringContaining('permission denied')]);
  expect(tree(root)).toEqual(BEFORE);
  expect(await restore(root, id)).toMatchObject({ restored: [], warnings: [] });
  expect(quarantine(root)).toEqual([]);
});

const UUID = '0f3c2b1a4d5e46f78899aabbccddeeff';

/** A journal of the Python program that was set aside while its mutation was active. */
function pythonSetAside(): string {
  const root = temporaryRoot();
  const backup = `.openkb/staging/rollback-${UUID}`;
  write(root, {
    'wiki/index.md': 'index',
    'wiki/concepts/a.md': 'a after',
    [`${backup}/wiki/index.md`]: 'index',
    [`${backup}/wiki/concepts/a.md`]: 'a before',
    [`${backup}/wiki/concepts/deleted.md`]: 'was here',
    [`.openkb/quarantine/${UUID}.json`]: JSON.stringify({
      version: 1,
      operation: 'add',
      status: 'active',
      kb_dir: root,
      backup_dir: `${root}/${backup}`,
      entries: [
        { target: `${root}/wiki/index.md`, backup: `${root}/${backup}/wiki/index.md` },
        { target: `${root}/wiki/concepts`, backup: `${root}/${backup}/wiki/concepts` },
        { target: `${root}/wiki/summaries/doc.md`, backup: null },
      ],
    }),
  });
  return root;
}

test('of a journal of the Python program what is missing comes back; what may be anybody’s stays', async () => {
  const root = pythonSetAside();
  write(root, { 'wiki/summaries/doc.md': 'whose?' });
  const report = await restore(root, `${UUID}.json`);
  expect(report.restored).toEqual(['wiki/concepts/deleted.md']);
  expect(Object.keys(left(report))).toEqual(['wiki/concepts/a.md', 'wiki/summaries/doc.md']);
  expect(tree(root)).toMatchObject({
    'wiki/concepts/a.md': 'a after',
    'wiki/concepts/deleted.md': 'was here',
    'wiki/summaries/doc.md': 'whose?',
  });
  expect(quarantine(root)).toEqual([`${UUID}.json`]);
  expect(existsSync(join(root, `.openkb/staging/rollback-${UUID}/wiki/index.md`))).toBe(true);
  write(root, { 'wiki/concepts/a.md': 'a before' });
  rmSync(join(root, 'wiki/summaries/doc.md'));
  expect(await restore(root, `${UUID}.json`)).toMatchObject({ restored: [], left: [] });
  expect(quarantine(root)).toEqual([]);
  expect(readdirSync(join(root, '.openkb/staging'))).toEqual([]);
});

test('J17, I2: a journal of the Python program that points outside is not restored', async () => {
  const root = pythonSetAside();
  const file = join(root, `.openkb/quarantine/${UUID}.json`);
  writeFileSync(file, readFileSync(file, 'utf8').replace(`${root}/wiki/index.md`, '/etc/x'));
  const live = tree(root);
  await expect(restore(root, `${UUID}.json`)).rejects.toMatchObject({ code: 'not-restorable' });
  expect(tree(root)).toEqual(live);
});
