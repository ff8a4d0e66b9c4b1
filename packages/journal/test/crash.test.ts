/**
 * I1 at every instruction: the mutation is stopped before each of its calls, by a kill and by power
 * cuts that keep any part of what was not synced, recovery is stopped likewise, and the whole tree,
 * the state directory included, must be the one before or the one after. OPENKB_THOROUGH=1 widens each loop.
 */
import { exploreCrashes, exploreFaults } from '@openkb/test-kit/crash-loop';
import type { SimulatedFileSystem } from '@openkb/test-kit/file-system';
import { expect, test } from 'vitest';

import { JournalError, type Change } from '../src/index.ts';
import { explored, exploredLoop, thorough } from './support/explored.ts';
import { commitSimulated, ignore, populate, recoverSimulated } from './support/simulated.ts';

const FILES = {
  '.openkb/journal/': '',
  'wiki/log.md': 'log before\n',
  'wiki/concepts/a.md': 'a before',
  'wiki/concepts/gone.md': 'gone',
};
const CHANGES: Change[] = [
  { kind: 'write', path: 'wiki/concepts/a.md', bytes: Buffer.from('a after '.repeat(100)) },
  { kind: 'write', path: 'wiki/entities/new.md', bytes: Buffer.from('new') },
  { kind: 'remove', path: 'wiki/concepts/gone.md' },
  { kind: 'append', path: 'wiki/log.md', bytes: Buffer.from('added\n') },
];

const exploration = {
  name: 'commit',
  before: (disk: SimulatedFileSystem) => populate(disk, FILES),
  operation: (disk: SimulatedFileSystem) => commitSimulated(disk, CHANGES),
  recover: recoverSimulated,
  ignore,
};

const WIDE = {
  weak: { randomImages: 64, nested: 24 },
  journalling: { randomImages: 64, nested: 400 },
};

test.each(['weak', 'journalling'] as const)(
  'I1: a commit cut short anywhere is before or after, on a disk with %s order',
  async (model) => {
    const width = thorough ? WIDE[model] : { randomImages: 4, nested: 4 };
    const report = await exploreCrashes({ ...exploration, model, ...width });
    console.log(exploredLoop(report));
    expect(report.violations).toEqual([]);
    expect(report.images).toBeGreaterThan(500);
    expect(report.images + report.nestedImages).toBeGreaterThan(thorough ? 100_000 : 5_000);
  },
  120_000,
);

const SMALL: Change[] = [
  { kind: 'write', path: 'wiki/entities/new.md', bytes: Buffer.from('new') },
  { kind: 'append', path: 'wiki/log.md', bytes: Buffer.from('added\n') },
  { kind: 'remove', path: 'wiki/concepts/gone.md' },
];
const small = {
  ...exploration,
  name: 'small commit',
  operation: (disk: SimulatedFileSystem) => commitSimulated(disk, SMALL),
};

test('I1: a disk that fails at any call leaves before or after, and the error says which', async () => {
  const report = await exploreFaults({
    ...small,
    ...(thorough ? { randomImages: 2 } : { model: 'journalling', randomImages: 0 }),
    recoveries: thorough ? 12 : 2,
    outcomeUnknown: (error) => (error as JournalError).code === 'outcome-unknown',
    judgeError: (error) =>
      error instanceof JournalError && error.code !== 'bad-path'
        ? undefined
        : `no clear error: ${String(error)}`,
  });
  console.log(exploredLoop(report));
  expect(report.violations).toEqual([]);
  expect(report.faults).toBeGreaterThan(300);
}, 1_200_000);

test('I3, I4: no sync of the commit can be left out', async () => {
  const narrow = { ...small, randomImages: 0, nested: 0, stopAfter: 1 };
  const honest = await exploreCrashes(narrow);
  expect(honest.violations).toEqual([]);
  const unnoticed: string[] = [];
  for (const [n, call] of honest.operationSyncs.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- one lie after the other
    const report = await exploreCrashes({ ...narrow, lie: { in: 'operation', sync: n + 1 } });
    if (report.violationCount === 0) unnoticed.push(call);
  }
  explored({ lies: honest.operationSyncs.length });
  expect(unnoticed).toEqual([]);
  expect(honest.operationSyncs.length).toBeGreaterThan(8);
}, 1_200_000);

test.each([
  ['with hard links', {}],
  ['with copies', { hardLinks: false }],
])(
  '67, I1: a change of permission bits alone, cut short anywhere, is before or after, %s',
  async (name, options) => {
    const report = await exploreCrashes({
      ...exploration,
      name: `permission bits ${name}`,
      operation: (disk) =>
        commitSimulated(disk, [
          { kind: 'write', path: 'wiki/log.md', bytes: Buffer.from('log before\n'), mode: 0o600 },
        ]),
      options,
      randomImages: 2,
      nested: 2,
    });
    exploredLoop(report);
    expect(report.violations).toEqual([]);
    expect(report.images).toBeGreaterThan(100);
  },
  60_000,
);
