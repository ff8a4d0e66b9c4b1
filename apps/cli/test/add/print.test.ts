import { expect, test } from 'vitest';

import { failed, summarise } from '../../src/add/outcome.ts';
import { printSummary } from '../../src/add/print.ts';
import { CliError } from '../../src/errors.ts';
import { uncolored } from '../../src/report/style.ts';

const END = { notTried: 0, stopped: undefined, spent: undefined };
const bad = failed('b.pdf', new CliError('damaged', 'cannot add "b.pdf": it is damaged'));
const skipped = { type: 'document', status: 'skipped', source: 'a.md', reason: 'known' } as const;

test('the one failure among several sources is named again at the end', () => {
  expect(printSummary(summarise([skipped, bad], END), uncolored)).toEqual([
    'added 0, skipped 1, failed 1',
    '  cannot add "b.pdf": it is damaged',
  ]);
});

test('the failure of a single source is told once', () => {
  expect(printSummary(summarise([bad], END), uncolored)).toEqual(['added 0, skipped 0, failed 1']);
});
