/* oxlint-disable vitest/valid-expect -- each expectation shows the report of its loop */
/**
 * I1, I16, I17 of commits that are kept, of pruning and of undoing, cut short or failed at every call: all
 * of it is before or after, the history included, and what the history lists can be undone.
 */
import type { FileSystem } from '@openkb/atomic-fs';
import { exploreCrashes, exploreFaults } from '@openkb/test-kit/crash-loop';
import type { SimulatedFileSystem } from '@openkb/test-kit/file-system';
import { expect, test } from 'vitest';

import { JournalError, type Change } from '../src/index.ts';
import { exploredLoop, thorough } from './support/explored.ts';
import { ignore, populate, simulatedJournal } from './support/simulated.ts';

const bytes = (text: string) => Buffer.from(text);
const FILES = {
  '.openkb/journal/': '',
  '.openkb/staging/': '',
  'wiki/a.md': 'a before',
  'wiki/gone.md': 'was here',
  'wiki/same.md': 'same',
};
const FIRST: Change[] = [
  { kind: 'write', path: 'wiki/a.md', bytes: bytes('a of the first') },
  { kind: 'write', path: 'wiki/b.md', bytes: bytes('b of the first') },
];
const SECOND: Change[] = [
  { kind: 'append', path: 'wiki/a.md', bytes: bytes(', then of the second') },
  { kind: 'write', path: 'wiki/same.md', bytes: bytes('same') },
  { kind: 'remove', path: 'wiki/gone.md' },
];

const THIRD: Change[] = [
  { kind: 'directory', path: 'empty/inner' },
  { kind: 'write', path: 'wiki/new/inner/c.md', bytes: bytes('c of the third') },
];

async function commit(disk: FileSystem, seed: number, keep: number, changes: readonly Change[]) {
  const session = await simulatedJournal(disk, seed, { keep }).acquire('exclusive');
  try {
    return session.commit({ operation: 'test', changes });
  } finally {
    session.release();
  }
}

/** The id that the second of two commits gets here. */
const SECOND_ID = '000000000002-00000065';

async function undoSecond(disk: FileSystem, keep: number): Promise<void> {
  const session = await simulatedJournal(disk, 600, { keep }).acquire('exclusive');
  try {
    session.undo(SECOND_ID, { operation: 'undo' });
  } finally {
    session.release();
  }
}

/** Unpublished contents and the count of failed recoveries mean nothing here, and were never synced. */
const isWithoutMeaning = (path: string) =>
  ignore(path) || /\/history\/[^/]+\/(?:after\/|attempts$)/.test(path);

/** What is listed must hold what it says. */
function check(disk: SimulatedFileSystem): string[] {
  const journal = simulatedJournal(disk, 2000);
  return journal.history().flatMap(({ id, changes }) =>
    changes.flatMap(({ path }) => {
      try {
        journal.version(id, path, 'before');
        journal.version(id, path, 'after');
        return [];
      } catch (error) {
        return [String(error)];
      }
    }),
  );
}

const OPERATIONS = {
  'a commit that is kept': {
    commits: [],
    keep: 2,
    run: (disk: FileSystem) => commit(disk, 500, 2, FIRST),
  },
  'a commit that is kept and prunes': {
    commits: [FIRST],
    keep: 1,
    run: (disk: FileSystem) => commit(disk, 500, 1, SECOND),
  },
  'an undo that is kept': {
    commits: [FIRST, SECOND],
    keep: 3,
    run: (disk: FileSystem) => undoSecond(disk, 3),
  },
  'an undo of what made directories': {
    commits: [FIRST, THIRD],
    keep: 3,
    run: (disk: FileSystem) => undoSecond(disk, 3),
  },
};

const explorations = Object.entries(OPERATIONS).map(([name, { commits, keep, run }]) => ({
  name,
  async before(disk: SimulatedFileSystem) {
    populate(disk, FILES);
    for (const [n, changes] of commits.entries()) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await commit(disk, 100 * n, keep, changes);
    }
  },
  operation: run,
  recover: async (disk: SimulatedFileSystem) => {
    (await simulatedJournal(disk, 1000, { keep }).acquire('exclusive')).release();
  },
  ignore: isWithoutMeaning,
  check,
}));

const onBothDisks = (['weak', 'journalling'] as const).flatMap((model) =>
  explorations.map((exploration) => Object.assign({ model }, exploration)),
);

test.each(onBothDisks)(
  'I1, I16: $name, cut short anywhere on a disk with $model order, is before or after',
  async (exploration) => {
    const width = thorough ? { randomImages: 24, nested: 16 } : { randomImages: 1, nested: 1 };
    const report = await exploreCrashes({ ...exploration, ...width });
    const summary = exploredLoop(report);
    expect(report.violations, summary).toEqual([]);
    expect(report.images).toBeGreaterThan(200);
  },
  300_000,
);

test.each(explorations)(
  'I1, I16: $name, with any call failing, is before or after as was reported',
  async (exploration) => {
    const report = await exploreFaults({
      ...exploration,
      // where a link is refused the record says that a copy was made
      ignore: (path) => isWithoutMeaning(path) || path.endsWith('/committed'),
      model: 'journalling',
      randomImages: 0,
      recoveries: thorough ? 6 : 0,
      outcomeUnknown: (error) => (error as JournalError).code === 'outcome-unknown',
      judgeError: (error) =>
        error instanceof JournalError ? undefined : `no clear error: ${String(error)}`,
    });
    const summary = exploredLoop(report);
    expect(report.violations, summary).toEqual([]);
    expect(report.faults).toBeGreaterThan(300);
  },
  300_000,
);
