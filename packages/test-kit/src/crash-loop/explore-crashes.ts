/**
 * Stops an operation at every step, by a kill and by power cuts, and lets a recovery loose on what
 * is left: each tree must be the one before or the one after, never a mixture.
 *
 * 1. The operation runs once undisturbed. This gives the tree AFTER, the steps, and the disk as it
 *    was before each step.
 * 2. For each step, and after the last: on the kill image and on every power-cut image `recover`
 *    runs; the tree is BEFORE or AFTER, and AFTER once the operation has returned; never behind
 *    what it has acknowledged.
 * 3. A recovery that returned, and did something, has spoken: after a power cut at that instant and one more recovery
 *    the tree is the same again.
 * 4. In some or all images the recovery itself is stopped at its every step, by kill and by power
 *    cut, and another recovery runs: BEFORE or AFTER again.
 */
// oxlint-disable no-await-in-loop -- one after the other: the order of runs is the order of a replay
import { isSync } from '../file-system/calls.ts';
import type { OrderModel, SimulatedFileSystem, SimulationOptions } from '../file-system/index.ts';
import { Judge, syncCalls } from './judge.ts';
import { allowedAfter, rehearse } from './rehearsal.ts';
import type { Report } from './report.ts';

/** What an operation can tell the loop while it runs. */
export interface OperationRun {
  /**
   * What the tree is now has been reported as done: whatever happens from here on, a recovery must
   * not go back behind it. The return of the operation is such a report by itself.
   */
  readonly acknowledge: () => void;
}

export interface CrashExploration {
  readonly name: string;
  /** Makes the tree before; it is durable afterwards. */
  readonly before: (fileSystem: SimulatedFileSystem) => unknown;
  /** Deterministic: what it draws from the clock or by chance it makes anew at each call. */
  readonly operation: (fileSystem: SimulatedFileSystem, run: OperationRun) => unknown;
  /** What the next process does first; deterministic too. */
  readonly recover: (fileSystem: SimulatedFileSystem) => unknown;
  /** Absolute paths that no outcome depends on, with all below them. */
  readonly ignore?: (path: string) => boolean;
  readonly model?: OrderModel;
  readonly options?: SimulationOptions;
  readonly seed?: number;
  /** Random subsets of names and random mixtures of data at each crash point; default 8. */
  readonly randomImages?: number;
  /** Images in which the recovery is stopped at its every step too; default 32, `0` for none. */
  readonly nested?: number | 'all';
  /** Names what else is wrong with the tree after a recovery; each line is a violation. */
  readonly check?: (fileSystem: SimulatedFileSystem) => readonly string[];
  /** The operation is one that leaves the tree as it was; without this such a one is a mistake. */
  readonly unchanged?: boolean;
  /** The recovery does the operation anew, so that there is nothing to judge where nothing was run. */
  readonly recoveryRepeats?: boolean;
  /** Replays one violation. */
  readonly only?: { readonly k: number; readonly image: string };
  /** Stops after so many violations; default never. */
  readonly stopAfter?: number;
  /**
   * Makes one sync of the operation, or of every recovery, a lie: see `exploreLies`. What comes before a lie of
   * the operation is not explored: it is as without the lie.
   */
  readonly lie?: { readonly in: 'operation' | 'recovery'; readonly sync: number };
}

/** @throws whatever the undisturbed operation throws; a plain `Error` when it changes nothing. */
export async function exploreCrashes(exploration: CrashExploration): Promise<Report> {
  const started = performance.now();
  const { only } = exploration;
  const { states, points, fileSystem } = await rehearse(exploration);
  const judge = new Judge(exploration, states);
  const idle = states[0]?.fileSystem.clone() ?? fileSystem;
  const nothing = { k: 0, call: 'nothing was run', acknowledged: 0, log: [], until: 0 };
  const lie = lieStep(exploration, fileSystem);
  let images = 0;
  for (const point of [{ ...nothing, fileSystem: idle }, ...points]) {
    if (judge.done) break;
    // up to the lie it is the honest operation, which was explored without it
    if (point.k <= lie) continue;
    if (only !== undefined && only.k !== point.k) continue;
    if (point.k === 0 && exploration.recoveryRepeats === true) continue;
    // without an operation there is only one outcome
    const allowed = point.k === 0 ? [0] : allowedAfter(states, point.acknowledged);
    images += await judge.aftermath(point, allowed);
  }
  await judge.sampled();
  return {
    ...judge.report(),
    operations: fileSystem.steps,
    operationSyncs: syncCalls(fileSystem),
    recoverySyncs: judge.recoverySyncs,
    crashPoints: points.length,
    images,
    faults: 0,
    seconds: (performance.now() - started) / 1000,
  };
}

/** Number of the step that is made a lie; -1 where none of the operation is. */
function lieStep({ lie }: CrashExploration, { calls }: SimulatedFileSystem): number {
  if (lie?.in !== 'operation') return -1;
  return calls.filter(({ name }) => isSync(name))[lie.sync - 1]?.step ?? -1;
}
