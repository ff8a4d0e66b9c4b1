import { describe, expect, test } from 'vitest';

import { exploreFaults, exploreLies, formatReport } from '../src/crash-loop/index.ts';
import type { FaultExploration } from '../src/crash-loop/index.ts';
import { changing, replacing } from './explorations.ts';
import type { ReplaceFlaws } from './toys.ts';

describe('lies', () => {
  test.each([replacing({}), changing({})])(
    'every sync of the right protocol is missed when it is a lie: $name',
    async (exploration) => {
      const report = await exploreLies({ ...exploration, nested: 'all' });
      expect(report.unnoticed).toEqual([]);
      expect(report.lies.length).toBeGreaterThan(1);
    },
  );

  test('on a journalling disk the syncs are missed that no later sync makes good', async () => {
    const replace = await exploreLies({ ...replacing({}), model: 'journalling', nested: 'all' });
    expect(replace.unnoticed).toEqual([]);
    const change = await exploreLies({ ...changing({}), model: 'journalling', nested: 'all' });
    const noticed = change.lies.filter(({ violation }) => violation !== undefined);
    expect(noticed.map(({ call }) => call)).toEqual([
      '10 sync /kb/.txn/new',
      '14 sync /kb/.txn/new',
      '18 syncDirectory /kb/.txn',
      expect.stringContaining('syncDirectory /kb'),
    ]);
  });

  test('a sync that nothing needs is named', async () => {
    const { operation, ...rest } = replacing({});
    const report = await exploreLies({
      ...rest,
      operation: (fs, run) => {
        operation(fs, run);
        fs.syncDirectory('/kb');
      },
    });
    expect(report.unnoticed).toEqual([
      'operation sync 2: 5 syncDirectory /kb',
      'operation sync 3: 6 syncDirectory /kb',
    ]);
  });

  test('an exploration that is red without lies is refused', async () => {
    await expect(exploreLies(replacing({ noFileSync: true }))).rejects.toThrow(
      'violations without a lie',
    );
  });
});

/** Nobody knows what reached the disk when the directory's sync failed after the rename. */
function afterRename(error: unknown): boolean {
  const { syscall, path } = error as NodeJS.ErrnoException;
  return syscall === 'fsync' && path === '/kb';
}

function anySync(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).syscall === 'fsync';
}

function faulty(flaws: ReplaceFlaws): FaultExploration {
  return { ...replacing(flaws), outcomeUnknown: afterRename };
}

describe('faults', () => {
  test('a protocol that reports every error truly has no violation', async () => {
    const report = await exploreFaults(faulty({}));
    expect(formatReport(report)).toContain(' 0 violations');
    expect(report.faults).toBeGreaterThan(50);
    expect(report.images).toBeGreaterThan(report.faults);
  });

  test('an error that is swallowed is caught', async () => {
    const report = await exploreFaults({ ...faulty({ swallowErrors: true }), faults: ['ENOSPC'] });
    expect(report.violationCount).toBeGreaterThan(0);
    expect(report.violations[0]?.image).toContain('ENOSPC once at call 1');
    expect(report.violations[0]?.difference).toEqual(['the tree is BEFORE, it must be AFTER']);
  });

  test('a short write that goes unnoticed is caught', async () => {
    const report = await exploreFaults({ ...faulty({ oneWrite: true }), faults: ['short write'] });
    expect(report.violationCount).toBeGreaterThan(0);
    expect(report.violations[0]?.difference.join('\n')).toContain('1000 bytes');
  });

  test('a sync that is tried again after it failed is caught: the data is lost', async () => {
    const report = await exploreFaults({ ...faulty({ retriesSync: true }), faults: ['EIO'] });
    expect(report.violationCount).toBeGreaterThan(0);
    expect(report.violations[0]?.image).toMatch(
      /^EIO once at call \d+ \(3 sync .*returned > .*power/,
    );
  });

  test('an error after the commit point must say that the outcome is unknown', async () => {
    const report = await exploreFaults({ ...replacing({}), faults: ['EIO'] });
    expect(report.violations.map(({ call }) => call)).toEqual(
      report.violations.map(() => '5 syncDirectory /kb'),
    );
    expect(report.violationCount).toBeGreaterThan(0);
  });

  test('an unclear error is a violation', async () => {
    const report = await exploreFaults({
      ...faulty({}),
      faults: ['EBUSY'],
      judgeError: (error) => `does not say what to do: ${(error as Error).message}`,
    });
    expect(report.violations[0]?.difference[0]).toMatch(/^does not say what to do: EBUSY/);
  });

  test('a recovery that fails halfway is finished by the next one', async () => {
    const rest = { outcomeUnknown: anySync, recoveries: 20 } as const;
    const report = await exploreFaults({ ...changing({}), ...rest });
    expect(formatReport(report)).toContain(' 0 violations');
    const flawed = await exploreFaults({ ...changing({ recoveryDropsEarly: true }), ...rest });
    expect(flawed.violations.some(({ image }) => image.startsWith('kill > recovery with'))).toBe(
      true,
    );
  });

  test('a violation is replayed alone', async () => {
    const exploration = faulty({ oneWrite: true });
    const { violations } = await exploreFaults(exploration);
    const [violation] = violations;
    if (violation === undefined) throw new Error('There is no violation.');
    const { k, image, difference } = violation;
    const replayed = await exploreFaults({ ...exploration, only: { k, image } });
    expect(replayed.faults).toBe(1);
    expect(replayed.violations).toContainEqual(expect.objectContaining({ k, image, difference }));
  });
});
