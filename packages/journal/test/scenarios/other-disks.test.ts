/** The crash loop on disks that refuse what others do: renames across devices, hard links, two spellings. */
import { exploreCrashes, exploreFaults } from '@openkb/test-kit/crash-loop';
import {
  SimulatedFileSystem,
  snapshotTree,
  type SimulationOptions,
} from '@openkb/test-kit/file-system';
import { expect, test } from 'vitest';

import type { Change, JournalError } from '../../src/index.ts';
import { exploredLoop, thorough } from '../support/explored.ts';
import {
  commitSimulated,
  ignore,
  populate,
  recoverSimulated,
  ROOT,
  simulatedJournal,
} from '../support/simulated.ts';

const FILES = {
  '.openkb/journal/': '',
  '.openkb/staging/': '',
  'wiki/log.md': 'log before\n',
  'wiki/gone.md': 'gone',
  'wiki/page.md': 'page before',
};
const CHANGES: Change[] = [
  { kind: 'write', path: 'raw/new.md', bytes: Buffer.from('new'.repeat(300)) },
  { kind: 'write', path: 'wiki/page.md', bytes: Buffer.from('page after') },
  { kind: 'append', path: 'wiki/log.md', bytes: Buffer.from('added\n') },
  { kind: 'remove', path: 'wiki/gone.md' },
];

/** As commands do it: contents are staged without the lock, then published. */
async function commitStaged(disk: SimulatedFileSystem, changes: readonly Change[]) {
  const journal = simulatedJournal(disk);
  const staging = journal.stage();
  const prepared = staging.prepare(changes);
  const session = await journal.acquire('exclusive');
  session.commit({ operation: 'test', changes: prepared });
  session.release();
  staging.discard();
}

const DISKS: [string, SimulationOptions][] = [
  ['11, 71, J29: the state directory on another device', { devices: { [`${ROOT}/.openkb`]: 2 } }],
  ['69, J27: a disk without hard links', { hardLinks: false }],
  ['69, J27: a disk that gives a file one name only', { maxLinks: 1 }],
];
const width = thorough
  ? { randomImages: 32, nested: 60 }
  : ({ model: 'journalling', randomImages: 1, nested: 2 } as const);

test.each(DISKS)(
  '%s: a commit cut short anywhere is before or after',
  async (name, options) => {
    const report = await exploreCrashes({
      name,
      before: (disk) => populate(disk, FILES),
      operation: (disk) => commitStaged(disk, CHANGES),
      recover: recoverSimulated,
      ignore,
      options,
      ...width,
    });
    exploredLoop(report);
    expect(report.violations).toEqual([]);
    expect(report.crashPoints).toBeGreaterThan(40);
    expect(report.images + report.nestedImages).toBeGreaterThan(thorough ? 100_000 : 500);
  },
  240_000,
);

test.each(DISKS)(
  '%s: any call that fails leaves before or after, as was reported',
  async (name, options) => {
    const report = await exploreFaults({
      name,
      before: (disk) => populate(disk, FILES),
      operation: (disk) => commitSimulated(disk, CHANGES),
      recover: recoverSimulated,
      ignore,
      options,
      model: 'journalling',
      faults: thorough ? ['ENOSPC', 'EIO', 'EACCES', 'short write'] : ['ENOSPC', 'EIO'],
      randomImages: 0,
      recoveries: 1,
      outcomeUnknown: (error) => (error as JournalError).code === 'outcome-unknown',
    });
    exploredLoop(report);
    expect(report.violations).toEqual([]);
    expect(report.faults).toBeGreaterThan(100);
  },
  240_000,
);

const nameKey = (name: string) => name.normalize('NFC').toLowerCase();

test('42: on a disk that folds case a page under its other spelling stays one page, whole', async () => {
  const start = new SimulatedFileSystem({ nameKey });
  populate(start, { '.openkb/journal/': '', 'wiki/Foo.md': 'before' });
  start.settle();
  const change: Change = { kind: 'write', path: 'wiki/foo.md', bytes: Buffer.from('after') };
  const whole = start.clone();
  await commitSimulated(whole, [change]);
  const seen = new Set<string>();
  for (let step = 1; step <= whole.steps + 1; step += 1) {
    const disk = start.clone();
    disk.crashAt(step);
    // oxlint-disable-next-line no-await-in-loop -- one step after the other
    await commitSimulated(disk, [change]).catch(() => {});
    for (const { fileSystem } of disk.crashImages({ seed: step, random: 2 })) {
      // oxlint-disable-next-line no-await-in-loop
      await recoverSimulated(fileSystem);
      const pages = [...snapshotTree(fileSystem, `${ROOT}/wiki`)];
      expect(pages.map(([path]) => nameKey(path))).toEqual([`${ROOT}/wiki/foo.md`]);
      seen.add(Buffer.from(pages[0]?.[1].bytes ?? []).toString());
    }
  }
  expect([...seen].toSorted()).toEqual(['after', 'before']);
});

test.each([
  ['case', 'wiki/Foo.md', 'wiki/foo.md', { nameKey }],
  ['normal form', 'wiki/caf\u00e9.md', 'wiki/cafe\u0301.md', { nameKey }],
  ['case, where the disk tells them apart', 'wiki/Foo.md', 'wiki/foo.md', {}],
])('43: two paths that differ in %s only are refused before anything begins', async (...args) => {
  const [, one, two, options] = args;
  const disk = new SimulatedFileSystem(options);
  populate(disk, { '.openkb/journal/': '', [one]: 'before' });
  const before = snapshotTree(disk, ROOT, ignore);
  const attempt = commitSimulated(disk, [
    { kind: 'remove', path: one },
    { kind: 'write', path: two, bytes: Buffer.from('after') },
  ]);
  await expect(attempt).rejects.toMatchObject({ code: 'bad-path', paths: [two, one] });
  expect(snapshotTree(disk, ROOT, ignore)).toEqual(before);
});
