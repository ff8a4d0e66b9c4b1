// oxlint-disable no-await-in-loop -- one exploration after the other
import { setImmediate } from 'node:timers/promises';

import { describe, expect, test } from 'vitest';

import { exploreCrashes, formatReport } from '../src/crash-loop/index.ts';
import type { CrashExploration, Report } from '../src/crash-loop/index.ts';
import { populate } from '../src/file-system/index.ts';
import type { OrderModel } from '../src/file-system/index.ts';
import { changing, replacing } from './explorations.ts';
import { replacePage } from './toys.ts';
import type { JournalFlaws, ReplaceFlaws } from './toys.ts';

const models = ['weak', 'journalling'] as const;

function replace(flaws: ReplaceFlaws, model: OrderModel): Promise<Report> {
  return exploreCrashes({ ...replacing(flaws), model, nested: 'all' });
}

function change(flaws: JournalFlaws, model: OrderModel): Promise<Report> {
  return exploreCrashes({ ...changing(flaws), model, nested: 'all' });
}

describe.each(models)('in the %s model', (model) => {
  test('right protocols have no violation', async () => {
    for (const report of [await replace({}, model), await change({}, model)]) {
      expect(formatReport(report)).toContain(' 0 violations');
      expect(report.violations).toEqual([]);
      expect(report.images).toBeGreaterThan(report.operations);
      expect(report.nestedImages).toBeGreaterThan(report.images);
    }
  });

  test.each<ReplaceFlaws>([
    { noFileSync: true },
    { noDirectorySync: true },
    { renameBeforeSync: true },
    { inPlace: true },
    { unlinkFirst: true },
  ])('replacing a file with %o is caught', async (flaws) => {
    const report = await replace(flaws, model);
    expect(report.violationCount).toBeGreaterThan(0);
  });

  test.each<JournalFlaws>([
    { commitBeforePages: true },
    { recoveryDropsEarly: true },
    { recoveryCopiesUnsynced: true },
    { recoveryTrustsCache: true },
  ])('a journal with %o is caught', async (flaws) => {
    const report = await change(flaws, model);
    expect(report.violationCount).toBeGreaterThan(0);
  });

  // any sync of a journalling file system commits all names, in their order
  test.each<JournalFlaws>([{ noBackupSync: true }, { noReadySync: true }])(
    'a journal with %o is caught where names can be reordered',
    async (flaws) => {
      const report = await change(flaws, model);
      expect(report.violationCount > 0).toBe(model === 'weak');
    },
  );
});

test('crashing the recovery finds what one crash does not', async () => {
  const flawed = { ...changing({ recoveryDropsEarly: true }), model: 'journalling' } as const;
  const once = await exploreCrashes({ ...flawed, nested: 0 });
  const twice = await exploreCrashes({ ...flawed, nested: 'all' });
  expect(once.violationCount).toBe(0);
  expect(twice.violationCount).toBeGreaterThan(0);
  expect(twice.violations[0]?.image).toContain(' > recovery ');
});

test('what was acknowledged may not be taken back, though the operation has not returned', async () => {
  const exploration: CrashExploration = {
    name: 'acknowledged before the directory is synced',
    before: (fs) => populate(fs, { '/kb/page.md': 'old' }),
    operation: (fs, { acknowledge }) => {
      replacePage(fs, { noDirectorySync: true });
      acknowledge();
      fs.syncDirectory('/kb');
    },
    recover: () => {},
    ignore: (path) => path.endsWith('.tmp'),
  };
  const report = await exploreCrashes(exploration);
  expect(report.violations.map(({ k }) => k)).toContain(report.operations);
  const late = {
    ...exploration,
    operation: (fs: Parameters<typeof replacePage>[0]) => replacePage(fs),
  };
  expect((await exploreCrashes(late)).violations).toEqual([]);
});

test('several acknowledged steps lead through their states in order', async () => {
  const report = await exploreCrashes({
    name: 'two replacements',
    before: (fs) => populate(fs, { '/kb/page.md': 'old' }),
    operation: (fs, { acknowledge }) => {
      replacePage(fs);
      acknowledge();
      fs.link('/kb/page.md', '/kb/second.md');
      fs.syncDirectory('/kb');
    },
    recover: () => {},
    ignore: (path) => path.endsWith('.tmp'),
  });
  expect(report.violations).toEqual([]);
});

test('recoveries that throw, litter or fail the check are violations', async () => {
  const right = replacing({});
  const throwing = await exploreCrashes({
    ...right,
    recover: (fs) => fs.unlink('/kb/page.md.tmp'),
  });
  expect(throwing.violations[0]?.difference.join('\n')).toContain('the recovery threw');
  const littering = await exploreCrashes({ ...right, recover: () => {} });
  expect(littering.violations[0]?.difference.join('\n')).toContain('+ /kb/page.md.tmp');
  const checked = await exploreCrashes({ ...right, check: () => ['the index is stale'] });
  expect(checked.violations[0]?.difference).toEqual(['the index is stale']);
});

test('asynchronous operations and recoveries are awaited', async () => {
  const { operation, recover, ...rest } = replacing({});
  const report = await exploreCrashes({
    ...rest,
    operation: async (fs, run) => {
      await setImmediate();
      await operation(fs, run);
    },
    recover: async (fs) => {
      await setImmediate();
      await recover(fs);
    },
  });
  expect(report.operations).toBe(5);
  expect(report.violations).toEqual([]);
});

test('an operation that changes nothing, or throws, is a mistake of the test', async () => {
  const right = replacing({});
  await expect(exploreCrashes({ ...right, operation: () => {} })).rejects.toThrow(
    'changes nothing',
  );
  const same = await exploreCrashes({ ...right, operation: () => {}, unchanged: true });
  expect(same.violations).toEqual([]);
  const failing = exploreCrashes({ ...right, operation: (fs) => fs.unlink('/kb/none') });
  await expect(failing).rejects.toThrow("ENOENT: no such file or directory, unlink '/kb/none'");
});

test.each(models)(
  'a violation is replayed alone by its k and image, in the %s model',
  async (model) => {
    const flawed = { ...changing({ recoveryCopiesUnsynced: true }), model, nested: 'all' } as const;
    const report = await exploreCrashes({ ...flawed, seed: 42 });
    for (const violation of [report.violations[0], report.violations.at(-1)]) {
      if (violation === undefined) throw new Error('There is no violation.');
      const { k, image, difference } = violation;
      const replayed = await exploreCrashes({ ...flawed, seed: 42, only: { k, image } });
      expect(replayed.images + replayed.nestedImages).toBeLessThan(10);
      expect(replayed.violations).toContainEqual(expect.objectContaining({ k, image, difference }));
    }
  },
);

test('the report says all it takes to find and replay a violation', async () => {
  const report = await exploreCrashes({ ...replacing({ noFileSync: true }), seed: 7 });
  const text = formatReport(report, 1);
  expect(text).toContain('4 steps');
  expect(text).toMatch(/replay: \{ seed: 7, only: \{ k: 4, image: ".*power\(names=.*, data=/);
  expect(text).toContain('~ /kb/page.md 0644 1350 bytes');
  expect(text).toContain('3 rename /kb/page.md.tmp -> /kb/page.md');
});

test('the same seed finds the same', async () => {
  const flawed = { ...changing({ noBackupSync: true }), seed: 5 };
  const [one, two] = [await exploreCrashes(flawed), await exploreCrashes(flawed)];
  expect({ ...one, seconds: 0 }).toEqual({ ...two, seconds: 0 });
});
