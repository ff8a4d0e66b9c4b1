/* oxlint-disable no-await-in-loop, vitest/valid-expect -- images follow each other, and each expectation names its image */
/**
 * The fault points of a commit by their numbers: the loops pass them too, and here each is found by its call,
 * so that none is lost when the protocol changes.
 */
import { retrying, type FileSystem } from '@openkb/atomic-fs';
import {
  diffTrees,
  SimulatedFileSystem,
  snapshotTree,
  type Call,
  type SimulationOptions,
} from '@openkb/test-kit/file-system';
import { expect, test } from 'vitest';

import type { Change } from '../../src/index.ts';
import { commitSimulated, ignore, populate, recoverSimulated, ROOT } from '../support/simulated.ts';

const PAGES = 15;
const bytes = (text: string) => Buffer.from(text);
const pages = Object.fromEntries(
  Array.from({ length: PAGES }, (_, n) => [`wiki/p${n}.md`, `page ${n} before`]),
);
const rewritten: Change[] = Object.keys(pages).map((path) => ({
  kind: 'write',
  path,
  bytes: bytes(`${path} after`.repeat(200)),
}));
const removed: Change[] = Object.keys(pages).map((path) => ({ kind: 'remove', path }));
const made: Change[] = [
  { kind: 'write', path: 'new/deep/er/x.md', bytes: bytes('x') },
  rewritten[0]!,
];
const logged: Change[] = [{ kind: 'append', path: 'log.md', bytes: bytes('a line\n') }];

function start(options: SimulationOptions = {}): SimulatedFileSystem {
  const disk = new SimulatedFileSystem(options);
  populate(disk, { '.openkb/journal/': '', 'log.md': 'begun\n', ...pages });
  disk.settle();
  return disk;
}

const tree = (disk: SimulatedFileSystem) => snapshotTree(disk, ROOT, ignore);
const isSame = (a: SimulatedFileSystem, b: SimulatedFileSystem) =>
  diffTrees(tree(a), tree(b)).length === 0;

type Where = (call: Call) => boolean;
const on =
  (name: string, ends: string): Where =>
  (call) =>
    call.name === name && (call.to ?? call.path).endsWith(ends);
/** The k-th call that fits. */
const kth = (k: number, where: Where): Where => {
  let seen = 0;
  return (call) => where(call) && (seen += 1) === k;
};

interface Point {
  readonly changes: readonly Change[];
  /** Found before it takes effect, except where `after` says so. */
  readonly where: Where;
  readonly after?: boolean;
  readonly outcome: 'before' | 'after';
  readonly options?: SimulationOptions;
}

const POINTS: [string, Point][] = [
  [
    '3: the directories of the mutation are made',
    { changes: rewritten, where: on('makeDirectory', '/after'), after: true, outcome: 'before' },
  ],
  [
    '4: the record is written and not synced',
    { changes: rewritten, where: on('sync', '/record.new'), outcome: 'before' },
  ],
  [
    '5: originals are linked and their directory is not synced',
    { changes: rewritten, where: on('syncDirectory', '/before'), outcome: 'before' },
  ],
  [
    '6: an original is copied by half',
    {
      changes: rewritten,
      where: on('write', '/before/3'),
      after: true,
      outcome: 'before',
      options: { hardLinks: false },
    },
  ],
  [
    '7: all is saved and no page has been touched',
    { changes: rewritten, where: on('rename', '/p0.md'), outcome: 'before' },
  ],
  [
    '10, 32, 41: eight of fifteen pages are published',
    {
      changes: rewritten,
      where: kth(8, (call) => call.name === 'rename' && /\/p\d+\.md$/.test(call.to ?? '')),
      outcome: 'before',
    },
  ],
  [
    '14: new directories are made and not synced',
    { changes: made, where: on('makeDirectory', '/er'), after: true, outcome: 'before' },
  ],
  [
    '15: all is published and no directory is synced',
    { changes: rewritten, where: on('syncDirectory', '/wiki'), outcome: 'before' },
  ],
  [
    '18, 35: the commit has just been made durable',
    {
      changes: removed,
      where: kth(2, (call) => call.name === 'syncDirectory' && /journal\/\d+-\w+$/.test(call.path)),
      after: true,
      outcome: 'after',
    },
  ],
  [
    '19: the cleanup has removed the originals and not the record',
    { changes: rewritten, where: on('unlink', '/committed'), outcome: 'after' },
  ],
  [
    '21: a line is appended and the commit is not made',
    { changes: logged, where: on('rename', '/committed'), outcome: 'before' },
  ],
  [
    '33: seven of fifteen pages are removed',
    {
      changes: removed,
      where: kth(8, (call) => call.name === 'unlink' && call.path.includes('/wiki/')),
      outcome: 'before',
    },
  ],
];

test.each(POINTS)('%s: every kill and power cut there recovers to one state', async (_, point) => {
  const { changes, where, after = false, outcome, options } = point;
  const whole = start(options);
  await commitSimulated(whole, changes);
  const call = whole.calls.find(where);
  expect(call?.step).toBeDefined();
  const expected = outcome === 'after' ? whole : start(options);
  const disk = start(options);
  disk.crashAt(call!.step! + (after ? 1 : 0));
  // after the commit point what cannot be done is a warning
  await commitSimulated(disk, changes).catch(() => {});
  const cuts = [...disk.crashImages({ seed: 1, random: 12 })];
  for (const { label, fileSystem } of [{ label: 'kill', fileSystem: disk.killImage() }, ...cuts]) {
    await recoverSimulated(fileSystem);
    expect(isSame(fileSystem, expected), label).toBe(true);
  }
  expect(cuts.length).toBeGreaterThan(0);
});

test('35: what was reported as removed stays removed, whatever a power cut takes', async () => {
  const disk = start();
  await commitSimulated(disk, removed);
  for (const { label, fileSystem } of disk.crashImages({ seed: 1, random: 12 })) {
    await recoverSimulated(fileSystem);
    expect(fileSystem.list(`${ROOT}/wiki`), label).toEqual([]);
  }
});

test('7: a recovery that finds no page touched leaves each in its inode', async () => {
  const disk = start();
  const before = disk.stat(`${ROOT}/wiki/p0.md`);
  const whole = start();
  await commitSimulated(whole, rewritten);
  disk.crashAt(whole.calls.find(on('rename', '/p0.md'))!.step!);
  await expect(commitSimulated(disk, rewritten)).rejects.toThrow(Error);
  const killed = disk.killImage();
  await recoverSimulated(killed);
  expect(killed.stat(`${ROOT}/wiki/p0.md`)?.inode).toBe(before?.inode);
});

test('9: a sync that fails is not tried again, and everything is as before', async () => {
  const disk = start();
  disk.failAt(1, 'EIO', 'once', ({ name, path }) => name === 'sync' && path.endsWith('/after/4'));
  await expect(commitSimulated(disk, rewritten)).rejects.toMatchObject({ code: 'not-written' });
  expect(disk.calls.filter(on('sync', '/after/4'))).toHaveLength(1);
  expect(isSame(disk, start())).toBe(true);
});

const atCommitSync = (): ((call: Call) => boolean) => {
  let isCommitted = false;
  return (call) => {
    isCommitted ||= on('rename', '/committed')(call);
    return isCommitted && call.name === 'syncDirectory' && /journal\/\d+-\w+$/.test(call.path);
  };
};

test('16: a commit whose last sync fails once is rolled back and reported as failed', async () => {
  const disk = start();
  disk.failAt(1, 'EIO', 'once', atCommitSync());
  await expect(commitSimulated(disk, rewritten)).rejects.toMatchObject({ code: 'not-written' });
  expect(isSame(disk, start())).toBe(true);
});

test('17: a commit whose last sync fails for ever has an outcome that the next lock decides', async () => {
  const whole = start();
  await commitSimulated(whole, rewritten);
  const disk = start();
  disk.failAt(1, 'EIO', 'always', atCommitSync());
  await expect(commitSimulated(disk, rewritten)).rejects.toMatchObject({ code: 'outcome-unknown' });
  disk.heal();
  const images = [...disk.crashImages({ seed: 1, random: 8 })].map(({ fileSystem }) => fileSystem);
  for (const image of [disk, ...images]) {
    await recoverSimulated(image);
    expect([whole, start()].some((one) => isSame(image, one))).toBe(true);
  }
});

/** Windows as the port shows it: `rename` is refused while a scanner has the page open. */
function scanned(disk: SimulatedFileSystem, times: number): FileSystem {
  let left = times;
  const refusing: FileSystem = new Proxy(disk, {
    get(target, name) {
      const method = (target as never)[name] as (...args: unknown[]) => unknown;
      return (...args: string[]) => {
        if (name === 'rename' && args[1]!.endsWith('/p3.md') && (left -= 1) >= 0) {
          throw Object.assign(new Error('EBUSY: in use'), { code: 'EBUSY' });
        }
        return method.apply(target, args);
      };
    },
  });
  return retrying(refusing, { platform: 'win32', sleep: () => {} });
}

test('12: a page that a scanner has open is published a moment later', async () => {
  const [disk, whole] = [start(), start()];
  await commitSimulated(whole, rewritten);
  await commitSimulated(scanned(disk, 5), rewritten);
  expect(isSame(disk, whole)).toBe(true);
});

test('12: a page that stays open rolls the whole set back', async () => {
  const disk = start();
  await expect(commitSimulated(scanned(disk, 17), rewritten)).rejects.toMatchObject({
    code: 'not-written',
    message: expect.stringContaining('a file is in use'),
  });
  expect(isSame(disk, start())).toBe(true);
});

test('J09, 20: a commit whose cleanup fails is made, with a warning, and the next lock cleans up', async () => {
  const [disk, whole] = [start(), start()];
  await commitSimulated(whole, rewritten);
  disk.failAt(
    1,
    'EACCES',
    'always',
    ({ name, path }) => name === 'unlink' && path.includes('/before/'),
  );
  await commitSimulated(disk, rewritten);
  disk.heal();
  expect(isSame(disk, whole)).toBe(false);
  await recoverSimulated(disk);
  expect(isSame(disk, whole)).toBe(true);
});

/** A page and its line in the index. */
const add = (name: string): Change[] => [
  { kind: 'write', path: `wiki/${name}.md`, bytes: bytes(name) },
  { kind: 'append', path: 'wiki/index.md', bytes: bytes(`- ${name}\n`) },
];

test('J08: of three change sets the second fails, and the first and third are whole, the index too', async () => {
  const disk = start();
  await commitSimulated(disk, add('one'));
  disk.failAt(
    1,
    'ENOSPC',
    'once',
    ({ name, to = '' }) => name === 'rename' && to.endsWith('/index.md'),
  );
  await expect(commitSimulated(disk, add('two'))).rejects.toMatchObject({ code: 'not-written' });
  await commitSimulated(disk, add('three'));
  const index = tree(disk).get(`${ROOT}/wiki/index.md`)?.bytes ?? [];
  expect(Buffer.from(index).toString()).toBe('- one\n- three\n');
  expect(disk.stat(`${ROOT}/wiki/two.md`)).toBeUndefined();
});
