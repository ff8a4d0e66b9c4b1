/** I1 of a restore: cut short anywhere, by kill or power cut, it is before or after as a whole. */
import type { FileSystem } from '@openkb/atomic-fs';
import { exploreCrashes } from '@openkb/test-kit/crash-loop';
import type { SimulatedFileSystem } from '@openkb/test-kit/file-system';
import { expect, test } from 'vitest';

import type { Change } from '../src/index.ts';
import { exploredLoop, thorough } from './support/explored.ts';
import { ignore, populate, recoverSimulated, ROOT, simulatedJournal } from './support/simulated.ts';

/** Cuts a mutation short by calls that fail, so that it cannot be undone either, and sets it aside. */
async function setAside(disk: SimulatedFileSystem, changes: readonly Change[]): Promise<void> {
  populate(disk, {
    '.openkb/journal/': '',
    '.openkb/staging/': '',
    'wiki/a.md': 'a before',
    'wiki/gone.md': 'was here',
  });
  const refused = [`${ROOT}/wiki/gone.md`, '/committed'];
  disk.failAt(1, 'EIO', 'always', ({ name, to = '' }) =>
    refused.some((end) => name === 'rename' && to.endsWith(end)),
  );
  const session = await simulatedJournal(disk).acquire('exclusive');
  expect(() => session.commit({ operation: 'test', changes })).toThrow(/could not be undone/);
  session.release();
  const repair = await simulatedJournal(disk, 500).acquire('exclusive', { unrecovered: 'report' });
  for (const { id } of repair.failures) repair.setAside(id);
  repair.release();
  disk.heal();
}

async function restore(disk: FileSystem, seed: number): Promise<void> {
  const journal = simulatedJournal(disk, seed);
  const session = await journal.acquire('exclusive');
  for (const id of journal.setAside()) session.restore(id);
  session.release();
}

const CHANGES: Change[] = [
  { kind: 'write', path: 'wiki/a.md', bytes: Buffer.from('a after') },
  { kind: 'write', path: 'wiki/new.md', bytes: Buffer.from('new') },
  { kind: 'remove', path: 'wiki/gone.md' },
];
const exploration = {
  randomImages: 1,
  nested: 1,
  operation: (disk: FileSystem) => restore(disk, 700),
};

test.each(['weak', 'journalling'] as const)(
  'I1: a restore cut short anywhere is before or after, on a disk with %s order',
  async (model) => {
    const report = await exploreCrashes({
      ...exploration,
      name: 'restore',
      model,
      before: (disk) => setAside(disk, CHANGES),
      recover: recoverSimulated,
      // it goes last of all: with the live files as after it may be there still
      ignore: (path) => ignore(path) || path.startsWith(`${ROOT}/.openkb/quarantine/`),
    });
    exploredLoop(report);
    expect(report.violations).toEqual([]);
    expect(report.images).toBeGreaterThan(200);
  },
  60_000,
);

test('I7: a restore cut short anywhere is finished by the next one, made directories and quarantine included', async () => {
  const report = await exploreCrashes({
    ...exploration,
    name: 'restore again',
    before: (disk) =>
      setAside(disk, [
        ...CHANGES,
        { kind: 'write', path: 'wiki/entities/deep/new.md', bytes: Buffer.from('new') },
      ]),
    recover: (disk) => restore(disk, 1000),
    recoveryRepeats: true,
    ...(thorough ? {} : { model: 'journalling' as const }),
    ignore,
  });
  exploredLoop(report);
  expect(report.violations).toEqual([]);
  expect(report.images).toBeGreaterThan(200);
}, 1_200_000);
