/** Runs recoveries on the disks that crashes leave, and crashes the recoveries in turn. */
// oxlint-disable no-await-in-loop -- one after the other: the order of runs is the order of a replay
import { describeCall, seededRandom } from '../file-system/index.ts';
import type { SimulatedFileSystem } from '../file-system/index.ts';
import type { CrashExploration } from './explore-crashes.ts';
import { record } from './recording.ts';
import type { CrashPoint } from './recording.ts';
import type { Report } from './report.ts';
import type { State } from './state.ts';
import { Verdicts, describeError } from './verdicts.ts';
import type { Origin, Outcome } from './verdicts.ts';

/** What the judge needs to know of an exploration. */
export type JudgeOptions = Pick<
  CrashExploration,
  'name' | 'recover' | 'ignore' | 'check' | 'seed' | 'randomImages' | 'nested' | 'only' | 'lie'
> & { readonly stopAfter?: number };

/** A disk that a process finds, where it comes from, and which states may come of it. */
interface Finding extends Origin {
  readonly fileSystem: SimulatedFileSystem;
  /** Only for fully durable images: equal ones have equal outcomes. */
  readonly fingerprint: number | undefined;
  readonly allowed: readonly number[];
}

export class Judge {
  readonly verdicts: Verdicts;
  /** Disks that were looked at; the explorers count the first level. */
  nested = 0;
  recoveries = 0;
  /** The syncs of the recovery that had most of them. */
  recoverySyncs: readonly string[] = [];
  readonly #options: JudgeOptions;
  readonly #known = new Map<number, Outcome>();
  /** Images whose recovery was also followed by a power cut. */
  readonly #finished = new Set<number>();
  readonly #sample: Finding[] = [];
  readonly #chance: () => number;
  #candidates = 0;

  constructor(options: JudgeOptions, states: readonly State[]) {
    const { name, seed = 1, ignore = () => false, check } = options;
    this.#options = options;
    this.verdicts = new Verdicts({ name, seed, ignore, check }, states);
    this.#chance = seededRandom(seed, 7);
  }

  /** Enough violations were found. */
  get done(): boolean {
    return this.verdicts.count >= (this.#options.stopAfter ?? Infinity);
  }

  report(): Pick<
    Report,
    'name' | 'seed' | 'nestedImages' | 'recoveries' | 'violations' | 'violationCount'
  > {
    return {
      name: this.#options.name,
      seed: this.#options.seed ?? 1,
      nestedImages: this.nested,
      recoveries: this.recoveries,
      violationCount: this.verdicts.count,
      violations: this.verdicts.violations,
    };
  }

  /**
   * Recovers on the kill image of a disk and on every power-cut image of it; returns how many.
   * @param prefix what befell the disk before, for the labels
   */
  async aftermath(point: CrashPoint, allowed: readonly number[], prefix = ''): Promise<number> {
    let images = 0;
    for (const finding of this.#findings(point, point.fileSystem, allowed, prefix)) {
      if (this.done) break;
      images += 1;
      const steps = await this.#judge(finding);
      if (steps > 0) await this.#choose(finding);
    }
    return images;
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
    salt = point.k,
  ): Generator<Finding> {
    const kill = `${prefix}kill`;
    if (this.#wanted(kill)) {
      const killed = fileSystem.killImage();
      yield { point, image: kill, fileSystem: killed, fingerprint: undefined, allowed };
    }
    const { seed = 1, randomImages = 8 } = this.#options;
    const random = prefix === '' ? randomImages : Math.ceil(randomImages / 4);
    for (const cut of fileSystem.crashImages({ seed: seed * 65_537 + salt, random })) {
      const image = `${prefix}power(${cut.label})`;
      if (this.#wanted(image)) yield { ...cut, point, image, allowed };
    }
  }

  /** Whether the image lies on the way to the one that is to be replayed. */
  #wanted(image: string): boolean {
    const wanted = this.#options.only?.image;
    return wanted === undefined || wanted === image || wanted.startsWith(`${image} > `);
  }

  /** Keeps the finding with equal chance for all of them, or looks into it at once. */
  async #choose(finding: Finding): Promise<void> {
    const { nested = 32, only } = this.#options;
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
    this.recoveries += 1;
    const { points } = await record(fileSystem, () => this.#recover(fileSystem));
    for (const inner of points) {
      // the instant after the return is judged for every image already
      if (inner.call === 'returned') continue;
      const prefix = `${finding.image} > recovery ${inner.call} > `;
      const salt = point.k * 1009 + inner.k;
      for (const next of this.#findings(point, inner.fileSystem, allowed, prefix, salt)) {
        if (this.done) return;
        this.nested += 1;
        await this.#judge(next);
      }
    }
  }

  /** Recovers on a copy of the image and compares; returns the steps that the recovery took. */
  async #judge(finding: Finding): Promise<number> {
    const { fingerprint, allowed } = finding;
    const known = fingerprint === undefined ? undefined : this.#known.get(fingerprint);
    if (known !== undefined && this.#finished.has(fingerprint ?? 0)) {
      this.verdicts.compare(finding, known, allowed);
      return 0;
    }
    const fileSystem = finding.fileSystem.clone();
    const outcome = await this.#outcome(fileSystem);
    if (fingerprint !== undefined) {
      this.#known.set(fingerprint, outcome);
      this.#finished.add(fingerprint);
    }
    const right = this.verdicts.compare(finding, outcome, allowed);
    if (right) await this.#cutAfter(finding, fileSystem, outcome.state);
    return fileSystem.steps;
  }

  /**
   * A power cut right after a recovery that returned takes nothing of what it said. One that took
   * no step said nothing: what a killed process left unsynced may still go either way. After a second
   * crash the extreme images have to do.
   */
  async #cutAfter(finding: Finding, recovered: SimulatedFileSystem, state: number): Promise<void> {
    const allowed = recovered.steps > 0 ? [state] : finding.allowed;
    const prefix = `${finding.image} > recovered > `;
    const narrow = finding.image.includes(' > ');
    for (const cut of recovered.crashImages({ seed: finding.point.k, random: 2, narrow })) {
      if (this.done) return;
      const image = `${prefix}power(${cut.label})`;
      if (!this.#wanted(image)) continue;
      this.nested += 1;
      let outcome = this.#known.get(cut.fingerprint);
      if (outcome === undefined) {
        outcome = await this.#outcome(cut.fileSystem);
        this.#known.set(cut.fingerprint, outcome);
      }
      this.verdicts.compare({ point: finding.point, image }, outcome, allowed);
    }
  }

  async #outcome(fileSystem: SimulatedFileSystem): Promise<Outcome> {
    this.recoveries += 1;
    try {
      await this.#recover(fileSystem);
    } catch (error) {
      return { state: -1, wrong: [`the recovery threw ${describeError(error)}`] };
    }
    return this.verdicts.outcome(fileSystem);
  }

  async #recover(fileSystem: SimulatedFileSystem): Promise<void> {
    const { lie, recover } = this.#options;
    if (lie?.in === 'recovery') fileSystem.lieAt(lie.sync);
    await recover(fileSystem);
    if (fileSystem.syncs > this.recoverySyncs.length) {
      this.recoverySyncs = syncCalls(fileSystem);
    }
  }
}

/** The syncs of a run, in order. */
export function syncCalls(fileSystem: SimulatedFileSystem): string[] {
  const calls = fileSystem.calls.filter(({ name }) => name === 'sync' || name === 'syncDirectory');
  return calls.map(describeCall);
}
