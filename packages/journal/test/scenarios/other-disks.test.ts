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

test.each([
  ['case', 'wiki/Foo.md', 'wiki/foo.md'],
  ['normal form', 'wiki/\u304b\u3099.md', 'wiki/\u304c.md'],
])(
  '42: on a disk that folds %s a page that is written under another spelling keeps its own, cut short or not',
  async (name, there, asked) => {
    const report = await exploreCrashes({
      name: `another ${name}`,
      before: (disk) =>
        populate(disk, { '.openkb/journal/': '', [there]: 'before', 'wiki/b.md': 'b' }),
      operation: (disk) =>
        commitSimulated(disk, [
          { kind: 'write', path: asked, bytes: Buffer.from('after') },
          { kind: 'remove', path: 'wiki/B.MD' },
        ]),
      recover: recoverSimulated,
      ignore,
      options: { nameKey },
      check: (disk) =>
        disk.list(`${ROOT}/wiki`).some((one) => `wiki/${one}` === there)
          ? []
          : ['the spelling is another'],
      ...width,
    });
    exploredLoop(report);
    expect(report.violations).toEqual([]);
    expect(report.images).toBeGreaterThan(100);
  },
);

test('42: on a disk that tells names apart a commit does not list the directories of its paths', async () => {
  const disk = new SimulatedFileSystem({});
  populate(disk, { '.openkb/journal/': '', 'wiki/Foo.md': 'before', 'wiki/foo.md': 'other' });
  await commitSimulated(disk, [
    { kind: 'write', path: 'wiki/foo.md', bytes: Buffer.from('after') },
  ]);
  expect(disk.calls.filter(({ name, path }) => name === 'list' && path.includes('wiki'))).toEqual(
    [],
  );
  expect([...snapshotTree(disk, `${ROOT}/wiki`)].map(([path]) => path)).toHaveLength(2);
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
