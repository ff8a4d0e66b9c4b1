import { describe, expect, test } from 'vitest';

import { exploreCrashes, formatReport } from '../src/crash-loop/index.ts';
import type { Report } from '../src/crash-loop/index.ts';
import { populate } from '../src/file-system/index.ts';
import type { OrderModel } from '../src/file-system/index.ts';
import { changePages, oldText, page, replacePage, sweep, undoPages } from './toys.ts';
import type { JournalFlaws, ReplaceFlaws } from './toys.ts';

function replacing(flaws: ReplaceFlaws, model: OrderModel): Promise<Report> {
  return exploreCrashes({
    name: `replace ${JSON.stringify(flaws)}`,
    before: (fs) => populate(fs, { [page]: oldText }),
    operation: (fs) => replacePage(fs, flaws),
    recover: sweep,
    model,
    nested: 'all',
  });
}

function changing(flaws: JournalFlaws, model: OrderModel): Promise<Report> {
  return exploreCrashes({
    name: `change ${JSON.stringify(flaws)}`,
    before: (fs) => populate(fs, { '/kb/a.md': 'a is old', '/kb/b.md': 'b is old' }),
    operation: (fs, { acknowledge }) => changePages(fs, flaws, acknowledge),
    recover: (fs) => undoPages(fs, flaws),
    model,
    nested: 'all',
  });
}

describe.each(['weak', 'journalling'] as const)('in the %s model', (model) => {
  test('right protocols have no violation', async () => {
    const reports = [await replacing({}, model), await changing({}, model)];
    for (const report of reports) {
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
    const report = await replacing(flaws, model);
    expect(report.violationCount).toBeGreaterThan(0);
  });

  test.each<JournalFlaws>([
    { commitBeforePages: true },
    { recoveryDropsEarly: true },
    { recoveryCopiesUnsynced: true },
  ])('a journal with %o is caught', async (flaws) => {
    const report = await changing(flaws, model);
    expect(report.violationCount).toBeGreaterThan(0);
  });

  // any sync of a journalling file system commits all names, in their order
  test.each<JournalFlaws>([
    { noBackupSync: true },
    { noReadySync: true },
    { recoveryTrustsCache: true },
  ])('a journal with %o is caught where names can be reordered', async (flaws) => {
    const report = await changing(flaws, model);
    expect(report.violationCount > 0).toBe(model === 'weak');
  });
});
