/**
 * Injects an error at every call of an operation, once and for ever, and compares what the
 * operation reported with the tree.
 *
 * - It returned: after a recovery on the healed disk the tree is AFTER, also when the power fails
 *   first.
 * - It threw: BEFORE, unless it had acknowledged success, or the error says that the outcome is
 *   unknown; then it is BEFORE or AFTER.
 *
 * Recoveries are treated alike, on the disks that a kill of the operation leaves: under faults
 * they may throw, but the next one on a healed disk must end in BEFORE or AFTER.
 */
// oxlint-disable no-await-in-loop -- one run after the other
import { canBefall, describeCall } from '../file-system/calls.ts';
import type { Call, Fault, SimulatedFileSystem } from '../file-system/index.ts';
import type { CrashExploration } from './explore-crashes.ts';
import { Judge, syncCalls } from './judge.ts';
import type { CrashPoint } from './recording.ts';
import { allowedAfter, rehearse } from './rehearsal.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { Report } from './report.ts';
import { describeError } from './verdicts.ts';

export interface FaultExploration extends Omit<
  CrashExploration,
  'lie' | 'nested' | 'only' | 'unchanged'
> {
  /** Default `ENOSPC`, `EIO`, `EACCES`, `EMFILE`, `EROFS`, `EBUSY`, `EXDEV`, `short write`. */
  readonly faults?: readonly Fault[];
  /** Whether the error that the operation threw says that nobody knows the outcome. */
  readonly outcomeUnknown?: (error: unknown) => boolean;
  /** Names what is wrong with the error that was thrown; `undefined` when it is clear. */
  readonly judgeError?: (error: unknown) => string | undefined;
  /** Killed operations whose recovery is put under faults too; default 6, spread evenly. */
  readonly recoveries?: number;
  /** Replays one violation. */
  readonly only?: { readonly k: number; readonly image: string };
}

const usualFaults: readonly Fault[] = [
  'ENOSPC',
  'EIO',
  'EACCES',
  'EMFILE',
  'EROFS',
  'EBUSY',
  'EXDEV',
  'short write',
];

/** Calls after the fault that a violation shows: how the operation took it. */
const shownAfter = 10;

/** A fault at a call of the undisturbed run. */
interface Injection {
  readonly call: Call;
  readonly fault: Fault;
  readonly duration: 'once' | 'always';
}

/** @throws whatever the undisturbed operation throws. */
export async function exploreFaults(exploration: FaultExploration): Promise<Report> {
  const started = performance.now();
  const rehearsal = await rehearse(exploration);
  const { states, points, fileSystem } = rehearsal;
  const { randomImages = 2, faults = usualFaults } = exploration;
  const judge = new Judge({ ...exploration, randomImages, nested: 0 }, states);
  const run = new FaultRun(exploration, rehearsal, judge, faults);
  await run.operation();
  const { recoveries = 6 } = exploration;
  const kills = points.filter(({ acknowledged }) => acknowledged < states.length - 1);
  for (let index = 0; index < Math.min(recoveries, kills.length); index += 1) {
    const point = kills[Math.round(((index + 1) * kills.length) / (recoveries + 1))];
    if (point !== undefined) await run.recovery(point);
  }
  return {
    ...judge.report(),
    operations: fileSystem.steps,
    operationSyncs: syncCalls(fileSystem),
    recoverySyncs: judge.recoverySyncs,
    crashPoints: points.length,
    images: run.images,
    faults: run.faults,
    seconds: (performance.now() - started) / 1000,
  };
}

class FaultRun {
  images = 0;
  faults = 0;
  readonly #exploration: FaultExploration;
  readonly #rehearsal: Rehearsal;
  readonly #judge: Judge;
  readonly #usual: readonly Fault[];

  constructor(
    exploration: FaultExploration,
    rehearsal: Rehearsal,
    judge: Judge,
    usual: readonly Fault[],
  ) {
    this.#exploration = exploration;
    this.#rehearsal = rehearsal;
    this.#judge = judge;
    this.#usual = usual;
  }

  async operation(): Promise<void> {
    const before = this.#rehearsal.states[0]?.fileSystem;
    if (before === undefined) return;
    for (const injection of this.#injections(this.#rehearsal.fileSystem.calls)) {
      let acknowledged = 0;
      const fileSystem = before.clone();
      const attempt = await this.#attempt(fileSystem, injection, () =>
        this.#exploration.operation(fileSystem, {
          acknowledge: () => {
            acknowledged += 1;
          },
        }),
      );
      if (attempt === undefined) continue;
      const last = this.#rehearsal.states.length - 1;
      const done = attempt.error === undefined ? last : acknowledged;
      await this.#look(attempt, this.#allowed(attempt.error, done));
    }
  }

  /** Faults in the recovery of an operation that was killed at the point. */
  async recovery(point: CrashPoint): Promise<void> {
    const trial = point.fileSystem.killImage();
    await this.#exploration.recover(trial);
    for (const injection of this.#injections(trial.calls)) {
      const fileSystem = point.fileSystem.killImage();
      const attempt = await this.#attempt(fileSystem, injection, () =>
        this.#exploration.recover(fileSystem),
      );
      if (attempt === undefined) continue;
      const image = `kill > recovery with ${attempt.image}`;
      const { k, call, log } = point;
      const allowed = allowedAfter(this.#rehearsal.states, point.acknowledged);
      await this.#look({ ...attempt, k, call, log, image }, allowed);
    }
  }

  *#injections(calls: readonly Call[]): Generator<Injection> {
    for (const call of calls) {
      for (const fault of this.#usual) {
        if (!canBefall(fault, call.name)) continue;
        for (const duration of ['once', 'always'] as const) yield { call, fault, duration };
      }
    }
  }

  /** `undefined` when the fault is not to be replayed, or did not take place. */
  async #attempt(
    fileSystem: SimulatedFileSystem,
    { call, fault, duration }: Injection,
    body: () => unknown,
  ): Promise<Attempt | undefined> {
    const { only } = this.#exploration;
    const label = `${fault} ${duration} at call ${call.call}`;
    if (this.#judge.done || (only !== undefined && !only.image.includes(`${label} (`))) {
      return undefined;
    }
    fileSystem.failAt(call.call, fault, duration);
    let error: unknown;
    try {
      await body();
    } catch (thrown) {
      error = thrown ?? new Error('The operation threw nothing.');
    }
    if (fileSystem.injected === 0) return undefined;
    this.faults += 1;
    fileSystem.heal();
    const reported = error === undefined ? 'returned' : `threw ${describeError(error)}`;
    const image = `${label} (${describeCall(call)}), ${reported}`;
    return {
      k: call.call,
      call: describeCall(call),
      log: fileSystem.calls,
      fileSystem,
      error,
      image,
    };
  }

  #allowed(error: unknown, done: number): readonly number[] {
    const all = allowedAfter(this.#rehearsal.states, done);
    if (error === undefined) return all;
    const unknown = this.#exploration.outcomeUnknown?.(error) ?? false;
    return unknown ? all : [done];
  }

  async #look(attempt: Attempt, allowed: readonly number[]): Promise<void> {
    const { image, error } = attempt;
    const point = { ...attempt, acknowledged: 0, until: attempt.k + shownAfter };
    const wrong = error === undefined ? undefined : this.#exploration.judgeError?.(error);
    if (wrong !== undefined) this.#judge.verdicts.add({ point, image }, [wrong]);
    this.images += await this.#judge.aftermath(point, allowed, `${image} > `);
  }
}

/** One run under a fault: the disk, healed, and what was reported. */
interface Attempt {
  readonly k: number;
  readonly call: string;
  readonly log: readonly Call[];
  readonly fileSystem: SimulatedFileSystem;
  readonly error: unknown;
  readonly image: string;
}
