/**
 * Tries the tests themselves: each sync of the operation, and each of the recovery, is made a lie,
 * one after another, and the crash loop must notice. A lie that goes unnoticed is a sync that the
 * protocol does not need, or a crash that the loop does not try.
 */
// oxlint-disable no-await-in-loop -- one loop after the other
import { exploreCrashes } from './explore-crashes.ts';
import type { CrashExploration } from './explore-crashes.ts';
import { formatReport } from './report.ts';
import type { Violation } from './report.ts';

export interface Lie {
  readonly in: 'operation' | 'recovery';
  /** Number of the sync in that run, from 1. */
  readonly sync: number;
  /** The call that did nothing. */
  readonly call: string;
  /** What the loop found; `undefined`: the lie went unnoticed. */
  readonly violation: Violation | undefined;
}

export interface LieReport {
  readonly name: string;
  readonly lies: readonly Lie[];
  /** `operation sync 3: 7 syncDirectory /kb`, for each that was not found out. */
  readonly unnoticed: readonly string[];
  readonly seconds: number;
}

/** @throws a plain `Error` when the exploration has violations without any lie. */
export async function exploreLies(exploration: CrashExploration): Promise<LieReport> {
  const started = performance.now();
  const honest = await exploreCrashes({ ...exploration, stopAfter: 1 });
  if (honest.violationCount > 0) {
    throw new Error(`There are violations without a lie.\n${formatReport(honest)}`);
  }
  const lies: Lie[] = [];
  for (const [place, calls] of [
    ['operation', honest.operationSyncs],
    ['recovery', honest.recoverySyncs],
  ] as const) {
    for (const [index, call] of calls.entries()) {
      const lie = { in: place, sync: index + 1 };
      const { violations } = await exploreCrashes({ ...exploration, lie, stopAfter: 1 });
      lies.push({ ...lie, call, violation: violations[0] });
    }
  }
  const unnoticed = lies
    .filter(({ violation }) => violation === undefined)
    .map((lie) => `${lie.in} sync ${lie.sync}: ${lie.call}`);
  const seconds = (performance.now() - started) / 1000;
  return { name: exploration.name, lies, unnoticed, seconds };
}
