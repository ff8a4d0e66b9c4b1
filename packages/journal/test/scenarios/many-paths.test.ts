/** Large change sets, stopped at sampled calls; small ones, stopped at all calls of their recovery. */
import { exploreCrashes } from '@openkb/test-kit/crash-loop';
import {
  diffTrees,
  seededRandom,
  SimulatedFileSystem,
  snapshotTree,
} from '@openkb/test-kit/file-system';
import { expect, test } from 'vitest';

import type { Change } from '../../src/index.ts';
import { explored, exploredLoop, thorough } from '../support/explored.ts';
import { commitSimulated, ignore, populate, recoverSimulated, ROOT } from '../support/simulated.ts';

const bytes = (text: string) => Buffer.from(text);

function started(files: Readonly<Record<string, string>>): SimulatedFileSystem {
  const disk = new SimulatedFileSystem({ model: 'journalling' });
  populate(disk, { '.openkb/journal/': '', ...files });
  disk.settle();
  return disk;
}

/** Fails when a recovery of `disk` leaves anything but one of the two trees. */
async function expectEither(
  disk: SimulatedFileSystem,
  trees: readonly SimulatedFileSystem[],
  where: string,
): Promise<number> {
  await recoverSimulated(disk);
  const found = snapshotTree(disk, ROOT, ignore);
  const differences = trees.map((tree) => diffTrees(snapshotTree(tree, ROOT, ignore), found));
  const which = differences.findIndex((difference) => difference.length === 0);
  expect(
    which,
    `${where}: ${differences.map((one) => one.slice(0, 3).join()).join(' | ')}`,
  ).not.toBe(-1);
  return which;
}

const PAGES = 500;
const pages = Object.fromEntries(
  Array.from({ length: PAGES }, (_, n) => [`wiki/p${n}.md`, `page ${n} before`]),
);
const half: Change[] = Array.from({ length: PAGES / 2 }, (_, n) => {
  const path = `wiki/p${n * 2}.md`;
  return n % 5 === 0
    ? { kind: 'remove', path }
    : { kind: 'write', path, bytes: bytes(`after ${n}`) };
});

test('37: 250 of 500 pages are all before or all after, at sampled kills and power cuts', async () => {
  const start = started(pages);
  const whole = start.clone();
  await commitSimulated(whole, half);
  const chance = seededRandom(37);
  const seen = [0, 0];
  const samples = thorough ? 100 : 10;
  let images = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    const disk = start.clone();
    const step = 1 + Math.floor(chance() * (whole.steps + 1));
    disk.crashAt(step);
    // oxlint-disable-next-line no-await-in-loop -- one sample after the other
    await commitSimulated(disk, half).catch(() => {});
    const cuts = [...disk.crashImages({ seed: sample, random: 1 })];
    const cut = cuts[Math.floor(chance() * cuts.length)]?.fileSystem ?? disk.clone();
    for (const image of [disk.killImage(), cut]) {
      images += 1;
      // oxlint-disable-next-line no-await-in-loop
      const which = await expectEither(image, [start, whole], `step ${step}`);
      seen[which] = (seen[which] ?? 0) + 1;
    }
  }
  explored({ 'crash points': samples, images, recoveries: images, violations: 0 });
  expect(seen[0]).toBeGreaterThan(3);
}, 1_200_000);

test('37: a disk that is full at any of 250 pages leaves all before', async () => {
  const start = started(pages);
  const chance = seededRandom(38);
  for (let sample = 0; sample < 6; sample += 1) {
    const disk = start.clone();
    disk.failAt(
      1 + Math.floor(chance() * 1000),
      'ENOSPC',
      'always',
      ({ name }) => name === 'write',
    );
    // oxlint-disable-next-line no-await-in-loop -- one sample after the other
    await expect(commitSimulated(disk, half)).rejects.toMatchObject({ code: 'not-written' });
    disk.heal();
    expect(diffTrees(snapshotTree(start, ROOT, ignore), snapshotTree(disk, ROOT, ignore))).toEqual(
      [],
    );
  }
});

test('34, J20: a directory that is half removed comes back with its modes and its empty directories', async () => {
  const names = ['a.png', 'b.png', 'c.png', 'deep/d.png', 'deep/e.png'];
  const report = await exploreCrashes({
    name: 'remove a directory of images',
    before: (disk) => {
      populate(disk, {
        '.openkb/journal/': '',
        'images/empty/': '',
        ...Object.fromEntries(names.map((name) => [`images/${name}`, `bytes of ${name}`])),
      });
      const handle = disk.open(`${ROOT}/images/deep/d.png`, 'update');
      handle.setMode(0o400);
      handle.close();
    },
    operation: (disk) =>
      commitSimulated(
        disk,
        names.map((name) => ({ kind: 'remove', path: `images/${name}` })),
      ),
    recover: recoverSimulated,
    ignore,
    ...(thorough ? { randomImages: 40, nested: 90 } : { randomImages: 1, nested: 1 }),
  });
  exploredLoop(report);
  expect(report.violations).toEqual([]);
});

test('44, 45, 46, J15: a recovery that is cut short at any of its calls, after any crash, is finished by the next one', async () => {
  const report = await exploreCrashes({
    name: 'recovery of two paths',
    before: (disk) => populate(disk, { '.openkb/journal/': '', 'a.md': 'before' }),
    operation: (disk) =>
      commitSimulated(disk, [
        { kind: 'write', path: 'a.md', bytes: bytes('after') },
        { kind: 'write', path: 'made/b.md', bytes: bytes('new') },
      ]),
    recover: recoverSimulated,
    ignore,
    model: 'journalling',
    randomImages: 1,
    nested: 'all',
  });
  exploredLoop(report);
  expect(report.violations).toEqual([]);
  expect(report.nestedImages).toBeGreaterThan(5_000);
});

test('39: a rollback needs no byte of disk space, wherever the mutation was killed', async () => {
  const files = { 'a.md': 'a before', 'gone.md': 'gone before', 'log.md': 'log\n' };
  const changes: Change[] = [
    { kind: 'write', path: 'a.md', bytes: bytes('after') },
    { kind: 'remove', path: 'gone.md' },
    { kind: 'append', path: 'log.md', bytes: bytes('more\n') },
    { kind: 'write', path: 'new/b.md', bytes: bytes('new') },
  ];
  const start = started(files);
  const whole = start.clone();
  await commitSimulated(whole, changes);
  const seen = [0, 0];
  for (let step = 1; step <= whole.steps; step += 1) {
    const disk = start.clone();
    disk.crashAt(step);
    // oxlint-disable-next-line no-await-in-loop -- one step after the other
    await commitSimulated(disk, changes).catch(() => {});
    const full = new SimulatedFileSystem({ model: 'journalling', capacity: 0 }, disk.disk.clone());
    expect(() => full.open('/probe', 'create').write(bytes('x'))).toThrow('ENOSPC');
    full.unlink('/probe');
    // oxlint-disable-next-line no-await-in-loop
    const which = await expectEither(full, [start, whole], `step ${step}`);
    seen[which] = (seen[which] ?? 0) + 1;
  }
  expect(seen[0]).toBeGreaterThan(20);
});
