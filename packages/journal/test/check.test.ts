/** What `check` sees on disk; and that it takes no lock and changes nothing (I14). */
import {
  chmodSync,
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

import { temporarySibling } from '@openkb/atomic-fs';
import { expect, test } from 'vitest';

import type { Change, Violation } from '../src/index.ts';
import { layoutOf } from '../src/layout.ts';
import { commitOnce, cut, failing, journalOf, temporaryRoot, text, write } from './support/real.ts';

const CHANGES: Change[] = [
  { kind: 'write', path: 'a.md', bytes: text('a after') },
  { kind: 'write', path: 'wiki/new.md', bytes: text('new') },
];

async function interrupted(at = '/committed'): Promise<string> {
  const root = temporaryRoot();
  write(root, { 'a.md': 'a before' });
  await cut(root, CHANGES, (call, path) => call === 'rename' && path.endsWith(at));
  return root;
}

const idOf = (root: string) => readdirSync(join(root, '.openkb/journal'))[0]!;
const recordOf = (root: string) => join(root, '.openkb/journal', idOf(root), 'active');

/** Every file with content, bits and times: what a look must leave as it is. */
function everything(root: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .toSorted()
      .map((path) => {
        const stat = statSync(join(root, path));
        const content = stat.isFile() ? readFileSync(join(root, path), 'utf8') : '';
        return [path, `${stat.mode} ${stat.mtimeMs} ${content}`];
      }),
  );
}

function check(root: string): readonly Violation[] {
  const before = everything(root);
  const found = journalOf(root).check();
  expect(everything(root)).toEqual(before);
  for (const { path, message } of found) expect(message).toContain(`"${path}"`);
  return found;
}

test('a root that was never written to, and one after a commit, have no violation', async () => {
  const root = temporaryRoot();
  expect(check(root)).toEqual([]);
  await commitOnce(journalOf(root), CHANGES);
  expect(check(root)).toEqual([]);
});

test.each<[string, (root: string) => void]>([
  ['unfinished', () => {}],
  ['unreadable', (root) => truncateSync(recordOf(root), 100)],
  [
    'unreadable',
    (root) => {
      rmSync(join(root, 'wiki'), { recursive: true });
      symlinkSync(temporaryRoot(), join(root, 'wiki'));
    },
  ],
  [
    'later-version',
    (root) => {
      const record = readFileSync(recordOf(root), 'utf8');
      writeFileSync(recordOf(root), record.replace('openkb-journal 1', 'openkb-journal 7'));
    },
  ],
  ['no-record', (root) => rmSync(recordOf(root))],
])('I1, I11: a journal that is %s is listed', async (code, damage) => {
  const root = await interrupted();
  damage(root);
  expect(check(root)).toMatchObject([{ code, path: `.openkb/journal/${idOf(root)}` }]);
});

test('a mutation that is settled and not cleaned away is listed, and the next lock mends it', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'a before' });
  const disk = failing('EACCES', (call, path) => call === 'unlink' && path.includes('/before/'));
  await commitOnce(journalOf(root, disk), CHANGES);
  expect(check(root)).toMatchObject([
    { code: 'not-cleaned', message: expect.stringContaining('test of "subject.md"') },
  ]);
  (await journalOf(root).acquire('exclusive')).release();
  expect(check(root)).toEqual([]);
});

test('a mutation that a living process is making is no violation', async () => {
  const root = await interrupted();
  expect(check(root)).toHaveLength(1);
  const disk = failing('EIO', (call, path) => call === 'rename' && path === join(root, 'a.md'));
  const session = await journalOf(root, disk).acquire('exclusive', { unrecovered: 'report' });
  expect(session.failures).toHaveLength(1);
  expect(journalOf(root).check()).toEqual([]);
  session.release();
  expect(check(root)).toMatchObject([{ code: 'unfinished' }]);
});

test('journals of the Python program are listed', () => {
  const root = temporaryRoot();
  const journal = (status: string) =>
    JSON.stringify({
      version: 1,
      operation: 'add',
      status,
      kb_dir: root,
      backup_dir: `${root}/.openkb/staging/rollback-1`,
      entries: [],
    });
  write(root, {
    '.openkb/ingest.lock': '',
    '.openkb/journal/1.json': journal('active'),
    '.openkb/journal/2.json': journal('committed'),
    '.openkb/journal/3.json': '{',
  });
  const codes = Object.fromEntries(check(root).map(({ code, path }) => [path.slice(-6), code]));
  expect(codes).toEqual({
    '1.json': 'unfinished',
    '2.json': 'not-cleaned',
    '3.json': 'unreadable',
  });
});

test('staging of a dead process is listed, that of a living one is not', () => {
  const root = temporaryRoot();
  const alive = journalOf(root).stage();
  write(root, {
    '.openkb/staging/stage-dead0001/f': 'x',
    '.openkb/staging/stage-dead0002.lock': '',
    '.openkb/staging/prepare/f': 'of somebody else',
  });
  expect(check(root)).toMatchObject([
    { code: 'dead-staging', path: '.openkb/staging/stage-dead0001' },
    { code: 'dead-staging', path: '.openkb/staging/stage-dead0002' },
  ]);
  alive.discard();
});

test('temporary files of an unfinished mutation and of the state directory are listed', async () => {
  const root = await interrupted();
  const mutation = layoutOf(root, '.openkb', '.openkb/ingest.lock').mutation(idOf(root));
  writeFileSync(temporarySibling(join(root, 'wiki/new.md'), mutation.temporaryId(1)), 'half');
  writeFileSync(temporarySibling(join(root, '.openkb/config.yaml'), 'abc'), 'half');
  const left = check(root).filter(({ code }) => code === 'temporary-left');
  expect(left.map(({ path }) => path)).toEqual([
    '.openkb/.openkb-abc.tmp',
    `wiki/.openkb-${mutation.temporaryId(1)}.tmp`,
  ]);
});

test.each(['journal', 'staging', 'quarantine', 'recovered'])(
  'I2: a link, or a file, in place of %s is listed and not looked through',
  (name) => {
    const root = temporaryRoot();
    const outside = temporaryRoot();
    write(outside, { 'stage-dead0001/f': 'theirs', '000000000001-abcdef/f': 'theirs' });
    const path = join(root, '.openkb', name);
    symlinkSync(outside, path);
    expect(check(root)).toMatchObject([{ code: 'wrong-kind', path: `.openkb/${name}` }]);
    rmSync(path);
    writeFileSync(path, '');
    expect(check(root)).toMatchObject([{ code: 'wrong-kind' }]);
  },
);

test('a lock file that is a directory, or is missing though there were mutations, is listed', async () => {
  const root = temporaryRoot();
  await commitOnce(journalOf(root), CHANGES);
  rmSync(join(root, '.openkb/ingest.lock'));
  expect(check(root)).toMatchObject([{ code: 'lock-missing', path: '.openkb/ingest.lock' }]);
  mkdirSync(join(root, '.openkb/ingest.lock'));
  expect(check(root)).toMatchObject([{ code: 'wrong-kind', path: '.openkb/ingest.lock' }]);
});

test.skipIf(process.platform === 'win32')(
  'files of the state directory that everybody can change, or its owner cannot use, are listed',
  () => {
    const root = temporaryRoot();
    write(root, { '.openkb/hashes.json': '{}', '.openkb/config.yaml': 'model: x\n' });
    chmodSync(join(root, '.openkb/hashes.json'), 0o666);
    chmodSync(join(root, '.openkb/config.yaml'), 0o200);
    expect(
      journalOf(root)
        .check()
        .map(({ code, message }) => [code, message]),
    ).toEqual([
      ['permissions', '".openkb/config.yaml" cannot be used by its owner (mode 200)'],
      ['permissions', '".openkb/hashes.json" can be changed by everybody (mode 666)'],
    ]);
  },
);

test('pid files beside the kernel lock are listed', () => {
  const root = temporaryRoot();
  const name = 'ingest.lock.pid.x-1-2-000000000000-000000000000-ab';
  write(root, { [`.openkb/${name}`]: '' });
  expect(check(root)).toMatchObject([{ code: 'other-lock', path: `.openkb/${name}` }]);
});

test('a disk that does not let us look is a violation, and the rest is looked at', () => {
  const root = temporaryRoot();
  write(root, { '.openkb/ingest.lock': '', '.openkb/journal/000000000001-abcdef/active': '' });
  mkdirSync(join(root, '.openkb/staging/stage-dead0001'), { recursive: true });
  const disk = failing('EIO', (call, path) => call === 'list' && path.endsWith('/journal'));
  expect(journalOf(root, disk).check()).toMatchObject([
    { code: 'not-readable', message: expect.stringContaining('input/output') },
    { code: 'dead-staging' },
  ]);
});
