/** Runs recoveries on images and compares what they leave with the states that are allowed. */
// oxlint-disable no-await-in-loop -- one after the other: the order of runs is the order of a replay
import { describeCall, diffTrees, seededRandom, snapshotTree } from '../file-system/index.ts';
import type { Call, SimulatedFileSystem } from '../file-system/index.ts';
import type { CrashExploration } from './explore-crashes.ts';
import { record } from './recording.ts';
import type { CrashPoint } from './recording.ts';
import type { Report, Violation } from './report.ts';
import { contentsOf, sameContents } from './state.ts';
import type { Ignore, State } from './state.ts';

const keptViolations = 50;
const loggedSteps = 12;
const differingPaths = 12;

/** Index of the state that a recovery led to; `wrong` says why it is none. */
interface Outcome {
  readonly state: number;
  readonly wrong: readonly string[];
}

/** A disk that a process finds, where it comes from, and which states may come of it. */
interface Finding {
  readonly point: CrashPoint;
  readonly image: string;
  readonly fileSystem: SimulatedFileSystem;
  /** Only for fully durable images: equal ones have equal outcomes. */
  readonly fingerprint: number | undefined;
  readonly allowed: readonly number[];
}

export class Judge {
  readonly #exploration: CrashExploration & { readonly ignore: Ignore };
  readonly #states: readonly State[];
  readonly #log: readonly Call[];
  /** For each state the first that equals it: an operation may acknowledge what it has said before. */
  readonly #alike: readonly number[];
  readonly #known = new Map<number, Outcome>();
  /** Images whose recovery was also followed by a power cut. */
  readonly #finished = new Set<number>();
  readonly #violations: Violation[] = [];
  readonly #sample: Finding[] = [];
  readonly #chance: () => number;
  #candidates = 0;
  #violationCount = 0;
  #images = 0;
  #nested = 0;
  #recoveries = 0;

  constructor(
    exploration: CrashExploration & { readonly ignore: Ignore },
    states: readonly State[],
    log: readonly Call[],
  ) {
    this.#exploration = exploration;
    this.#states = states;
    this.#alike = states.map(({ contents }) =>
      states.findIndex((other) => sameContents(other.contents, contents)),
    );
    this.#log = log.filter(({ step }) => step !== undefined);
    this.#chance = seededRandom(exploration.seed ?? 1, 7);
  }

  /** Enough violations were found. */
  get done(): boolean {
    return this.#violationCount >= (this.#exploration.stopAfter ?? Infinity);
  }

  report(): Omit<Report, 'operations' | 'crashPoints' | 'seconds'> {
    return {
      name: this.#exploration.name,
      seed: this.#exploration.seed ?? 1,
      images: this.#images,
      nestedImages: this.#nested,
      recoveries: this.#recoveries,
      faults: 0,
      violationCount: this.#violationCount,
      violations: this.#violations,
    };
  }

  /** A recovery where nothing was interrupted leaves the tree as it is. */
  async undisturbed(before: State): Promise<void> {
    const fileSystem = before.fileSystem.clone();
    const point = { k: 0, call: 'nothing was run', fileSystem, acknowledged: 0 };
    const finding = { point, image: 'undisturbed', fileSystem, fingerprint: undefined };
    if (this.#wanted(finding.image)) await this.#judge({ ...finding, allowed: [0] });
  }

  /** Every image that a crash at this point can leave. */
  async point(point: CrashPoint): Promise<void> {
    const last = this.#states.length - 1;
    const allowed = this.#states.map((_, index) => index).slice(Math.min(point.acknowledged, last));
    for (const finding of this.#findings(point, point.fileSystem, allowed, '', point.k)) {
      if (this.done) return;
      this.#images += 1;
      const steps = await this.#judge(finding);
      if (steps > 0) await this.#choose(finding);
    }
  }

  /** Stops the recovery at its every step in the images that were chosen for it. */
  async sampled(): Promise<void> {
    for (const finding of this.#sample) await this.#nest(finding);
  }

  *#findings(
    point: CrashPoint,
    fileSystem: SimulatedFileSystem,
    allowed: readonly number[],
    prefix: string,
    salt: number,
  ): Generator<Finding> {
    const kill = `${prefix}kill`;
    if (this.#wanted(kill)) {
      const killed = fileSystem.killImage();
      yield { point, image: kill, fileSystem: killed, fingerprint: undefined, allowed };
    }
    const { seed = 1, randomImages = 8 } = this.#exploration;
    const random = prefix === '' ? randomImages : Math.ceil(randomImages / 4);
    for (const cut of fileSystem.crashImages({ seed: seed * 65_537 + salt, random })) {
      const image = `${prefix}power(${cut.label})`;
      if (this.#wanted(image)) yield { ...cut, point, image, allowed };
    }
  }

  /** Whether the image lies on the way to the one that is to be replayed. */
  #wanted(image: string): boolean {
    const wanted = this.#exploration.only?.image;
    return wanted === undefined || wanted === image || wanted.startsWith(`${image} > `);
  }

  /** Keeps the finding with equal chance for all of them, or looks into it at once. */
  async #choose(finding: Finding): Promise<void> {
    const { nested = 32, only } = this.#exploration;
    if (nested === 'all' || only !== undefined) {
      await this.#nest(finding);
      return;
    }
    this.#candidates += 1;
    if (this.#sample.length < nested) {
      this.#sample.push(finding);
      return;
    }
    const place = Math.floor(this.#chance() * this.#candidates);
    if (place < nested) this.#sample[place] = finding;
  }

  async #nest(finding: Finding): Promise<void> {
    const { point, allowed } = finding;
    const fileSystem = finding.fileSystem.clone();
    this.#recoveries += 1;
    const { points } = await record(fileSystem, () => this.#recover(fileSystem)).catch(() => ({
      points: [] as CrashPoint[],
    }));
    // the instant after the return is judged for every image already
    for (const inner of points.slice(0, -1)) {
      const prefix = `${finding.image} > recovery ${inner.call} > `;
      const salt = point.k * 1009 + inner.k;
      for (const next of this.#findings(point, inner.fileSystem, allowed, prefix, salt)) {
        if (this.done) return;
        this.#nested += 1;
        await this.#judge(next);
      }
    }
  }

  /** Recovers on a copy of the image and compares; returns the steps that the recovery took. */
  async #judge(finding: Finding): Promise<number> {
    const { fingerprint, allowed } = finding;
    const known = fingerprint === undefined ? undefined : this.#known.get(fingerprint);
    if (known !== undefined && this.#finished.has(fingerprint ?? 0)) {
      this.#compare(finding, known, allowed);
      return 0;
    }
    const fileSystem = finding.fileSystem.clone();
    const outcome = await this.#outcome(fileSystem);
    if (fingerprint !== undefined) {
      this.#known.set(fingerprint, outcome);
      this.#finished.add(fingerprint);
    }
    const right = this.#compare(finding, outcome, allowed);
    if (right) await this.#cutAfter(finding, fileSystem, outcome.state);
    return fileSystem.steps;
  }

  /**
   * A power cut right after a recovery that returned takes nothing of what it said. One that took
   * no step said nothing: what a killed process left unsynced may still go either way.
   */
  async #cutAfter(finding: Finding, recovered: SimulatedFileSystem, state: number): Promise<void> {
    const allowed = recovered.steps > 0 ? [state] : finding.allowed;
    const prefix = `${finding.image} > recovered > `;
    for (const cut of recovered.crashImages({ seed: finding.point.k, random: 2 })) {
      if (this.done) return;
      const image = `${prefix}power(${cut.label})`;
      if (!this.#wanted(image)) continue;
      this.#nested += 1;
      let outcome = this.#known.get(cut.fingerprint);
      if (outcome === undefined) {
        outcome = await this.#outcome(cut.fileSystem.clone());
        this.#known.set(cut.fingerprint, outcome);
      }
      this.#compare({ ...finding, ...cut, image }, outcome, allowed);
    }
  }

  async #outcome(fileSystem: SimulatedFileSystem): Promise<Outcome> {
    const { ignore, check } = this.#exploration;
    this.#recoveries += 1;
    try {
      await this.#recover(fileSystem);
    } catch (error) {
      return { state: -1, wrong: [`the recovery threw ${describeError(error)}`] };
    }
    const extra = check?.(fileSystem) ?? [];
    if (extra.length > 0) return { state: -1, wrong: extra };
    const contents = contentsOf(fileSystem, ignore);
    const state = this.#states.findIndex((one) => sameContents(one.contents, contents));
    return { state, wrong: state === -1 ? this.#differences(fileSystem) : [] };
  }

  async #recover(fileSystem: SimulatedFileSystem): Promise<void> {
    const { lie, recover } = this.#exploration;
    if (lie?.in === 'recovery') fileSystem.lieAt(lie.sync);
    await recover(fileSystem);
  }

  /** A line a path, against each state. */
  #differences(fileSystem: SimulatedFileSystem): string[] {
    const { ignore } = this.#exploration;
    const tree = snapshotTree(fileSystem.clone(), '/', ignore);
    return this.#states.flatMap((one) => {
      const lines = diffTrees(snapshotTree(one.fileSystem.clone(), '/', ignore), tree);
      return [`differs from ${one.label}:`, ...lines.slice(0, differingPaths)];
    });
  }

  #compare(finding: Finding, outcome: Outcome, allowed: readonly number[]): boolean {
    const { state } = outcome;
    if (allowed.some((index) => this.#alike[index] === state)) return true;
    this.#violationCount += 1;
    if (this.#violations.length >= keptViolations) return false;
    const labels = allowed.map((index) => this.#states[index]?.label).join(' or ');
    const difference =
      state === -1
        ? outcome.wrong
        : [`the tree is ${this.#states[state]?.label}, it must be ${labels}`];
    const { point, image } = finding;
    this.#violations.push({
      label: this.#exploration.name,
      seed: this.#exploration.seed ?? 1,
      k: point.k,
      call: point.call,
      image,
      difference,
      log: this.#log.slice(Math.max(0, point.k - 1 - loggedSteps), point.k - 1).map(describeCall),
    });
    return false;
  }
}

function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
