import type { Spending } from '@openkb/language-model';

import type { Summary } from '../add/outcome.ts';

/** What a watch has done. */
export interface Tally {
  readonly added: number;
  readonly updated: number;
  readonly partial: number;
  /** Found to be there already when they were to be added. */
  readonly skipped: number;
  readonly failed: number;
  /** Files of no document yet: still being written, or held up. */
  readonly waiting: number;
  /** What the model cost; absent without one. */
  readonly spent?: Spending;
}

export const emptyTally: Tally = {
  added: 0,
  updated: 0,
  partial: 0,
  skipped: 0,
  failed: 0,
  waiting: 0,
};

/** The tally with one more batch. What made every file fail is no failure of a file. */
export function tallied(tally: Tally, summary: Summary): Tally {
  const held = summary.stopped === undefined ? 0 : summary.failures.length > 0 ? 1 : 0;
  const spent = sum(tally.spent, summary.spent);
  return {
    added: tally.added + summary.added,
    updated: tally.updated + summary.updated,
    partial: tally.partial + summary.partial,
    skipped: tally.skipped + summary.skipped,
    failed: tally.failed + summary.failed - held,
    waiting: tally.waiting,
    ...(spent && { spent }),
  };
}

function sum(a: Spending | undefined, b: Spending | undefined): Spending | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const usage = Object.fromEntries(
    Object.entries(b.usage).map(([key, value]) => [
      key,
      (a.usage as unknown as Record<string, number>)[key]! + value,
    ]),
  ) as unknown as Spending['usage'];
  return { ...b, usage, dollars: a.dollars + b.dollars, unpriced: a.unpriced + b.unpriced };
}
