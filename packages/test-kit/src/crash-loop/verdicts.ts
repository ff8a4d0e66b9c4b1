/** Compares what recoveries led to with what is allowed, and keeps the violations. */
import { describeCall, diffTrees, snapshotTree } from '../file-system/index.ts';
import type { SimulatedFileSystem } from '../file-system/index.ts';
import type { CrashPoint } from './recording.ts';
import type { Violation } from './report.ts';
import { contentsOf, sameContents } from './state.ts';
import type { Ignore, State } from './state.ts';

const keptViolations = 50;
const loggedSteps = 12;
const differingPaths = 12;

/** Index of the state that a run led to, or -1; `wrong` says why it is none. */
export interface Outcome {
  readonly state: number;
  readonly wrong: readonly string[];
}

/** Where a disk comes from. */
export interface Origin {
  readonly point: CrashPoint;
  readonly image: string;
}

export interface VerdictOptions {
  readonly name: string;
  readonly seed: number;
  readonly ignore: Ignore;
  readonly check: ((fileSystem: SimulatedFileSystem) => readonly string[]) | undefined;
}

export class Verdicts {
  readonly violations: Violation[] = [];
  count = 0;
  readonly #options: VerdictOptions;
  readonly #states: readonly State[];
  /** For each state the first that equals it: what was acknowledged twice is one state. */
  readonly #alike: readonly number[];

  constructor(options: VerdictOptions, states: readonly State[]) {
    this.#options = options;
    this.#states = states;
    this.#alike = states.map(({ contents }) =>
      states.findIndex((other) => sameContents(other.contents, contents)),
    );
  }

  /** Which state the tree is in. */
  outcome(fileSystem: SimulatedFileSystem): Outcome {
    const { ignore, check } = this.#options;
    const extra = check?.(fileSystem) ?? [];
    if (extra.length > 0) return { state: -1, wrong: extra };
    const contents = contentsOf(fileSystem, ignore);
    const state = this.#states.findIndex((one) => sameContents(one.contents, contents));
    return { state, wrong: state === -1 ? this.#differences(fileSystem) : [] };
  }

  /** Whether the outcome is one of the allowed states; a violation is kept when it is not. */
  compare(origin: Origin, outcome: Outcome, allowed: readonly number[]): boolean {
    const { state } = outcome;
    if (allowed.some((index) => this.#alike[index] === state)) return true;
    const labels = allowed.map((index) => this.#states[index]?.label).join(' or ');
    const reached = this.#states[state]?.label ?? 'none of the states';
    this.add(
      origin,
      state === -1 ? outcome.wrong : [`the tree is ${reached}, it must be ${labels}`],
    );
    return false;
  }

  add({ point, image }: Origin, difference: readonly string[]): void {
    this.count += 1;
    if (this.violations.length >= keptViolations) return;
    const steps = point.log.filter(({ step, call }) => step !== undefined && call < point.until);
    this.violations.push({
      label: this.#options.name,
      seed: this.#options.seed,
      k: point.k,
      call: point.call,
      image,
      difference,
      log: steps.slice(-loggedSteps).map(describeCall),
    });
  }

  /** A line a path, against each state. */
  #differences(fileSystem: SimulatedFileSystem): string[] {
    const { ignore } = this.#options;
    const tree = snapshotTree(fileSystem.clone(), '/', ignore);
    return this.#states.flatMap((one) => {
      const lines = diffTrees(snapshotTree(one.fileSystem.clone(), '/', ignore), tree);
      return [`differs from ${one.label}:`, ...lines.slice(0, differingPaths)];
    });
  }
}

export function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
