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
import { SimulatedFileSystem } from '../file-system/index.ts';
import type { OrderModel, SimulationOptions } from '../file-system/index.ts';
import { Judge } from './judge.ts';
import { record } from './recording.ts';
import type { Report } from './report.ts';
import { contentsOf, sameContents } from './state.ts';
import type { State } from './state.ts';

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
  /** Replays one violation. */
  readonly only?: { readonly k: number; readonly image: string };
  /** Stops after so many violations; default never. */
  readonly stopAfter?: number;
  /** Makes one sync of the operation, or of every recovery, a lie: see `exploreLies`. */
  readonly lie?: { readonly in: 'operation' | 'recovery'; readonly sync: number };
}

/** @throws whatever the undisturbed operation throws; a plain `Error` when it changes nothing. */
export async function exploreCrashes(exploration: CrashExploration): Promise<Report> {
  const started = performance.now();
  const { only, ignore = () => false } = exploration;
  const fileSystem = await prepare(exploration);
  const before = state('BEFORE', fileSystem.clone(), ignore);
  if (exploration.lie?.in === 'operation') fileSystem.lieAt(exploration.lie.sync);
  const recording = await record(fileSystem, (acknowledge) =>
    exploration.operation(fileSystem, { acknowledge }),
  );
  const states = [before];
  for (const [index, reported] of recording.acknowledgements.entries()) {
    const last = index === recording.acknowledgements.length - 1;
    // what is acknowledged before the operation has cleaned up is compared without its litter
    if (!last) await exploration.recover(reported);
    states.push(state(last ? 'AFTER' : `ACKNOWLEDGED ${index + 1}`, reported, ignore));
  }
  const last = states.at(-1) ?? before;
  if (exploration.unchanged !== true && sameContents(before.contents, last.contents)) {
    throw new Error(`The operation "${exploration.name}" changes nothing that is not ignored.`);
  }
  const judge = new Judge({ ...exploration, ignore }, states, recording.log);
  await judge.undisturbed(before);
  for (const point of recording.points) {
    if (judge.done) break;
    if (only === undefined || only.k === point.k) await judge.point(point);
  }
  await judge.sampled();
  return {
    ...judge.report(),
    operations: fileSystem.steps,
    crashPoints: recording.points.length,
    seconds: (performance.now() - started) / 1000,
  };
}

/** A fresh disk with the tree before, all of it durable. */
export async function prepare(
  exploration: Pick<CrashExploration, 'before' | 'model' | 'options'>,
): Promise<SimulatedFileSystem> {
  const { model } = exploration;
  const fileSystem = new SimulatedFileSystem({
    ...exploration.options,
    ...(model === undefined ? {} : { model }),
  });
  await exploration.before(fileSystem);
  fileSystem.settle();
  return fileSystem;
}

export function state(
  label: string,
  fileSystem: SimulatedFileSystem,
  ignore: (path: string) => boolean,
): State {
  return { label, contents: contentsOf(fileSystem, ignore), fileSystem };
}
