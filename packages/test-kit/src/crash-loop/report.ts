/** What an exploration found, and how to say it. */

/** One outcome that must not be. */
export interface Violation {
  /** Name of the exploration. */
  readonly label: string;
  readonly seed: number;
  /**
   * The crash point: the step before which the operation stopped, one more than its steps when it
   * had returned; for an injected error the number of the call.
   */
  readonly k: number;
  /** That step, or the call that failed. */
  readonly call: string;
  /** What the next process found, and what befell it: hand it to `only.image` to replay. */
  readonly image: string;
  /** Why this is wrong: the paths that differ from each allowed state, or the error. */
  readonly difference: readonly string[];
  /** The last steps before the crash point. */
  readonly log: readonly string[];
}

export interface Report {
  readonly name: string;
  readonly seed: number;
  /** Steps of the undisturbed operation. */
  readonly operations: number;
  /** Its file and directory syncs, in order. */
  readonly operationSyncs: readonly string[];
  /** Those of the recovery that had most. */
  readonly recoverySyncs: readonly string[];
  /** Instants at which it was stopped. */
  readonly crashPoints: number;
  /** Disks that a next process found after one crash. */
  readonly images: number;
  /** Disks that a process found after a crash of the recovery, or a power cut after it. */
  readonly nestedImages: number;
  /** Recoveries that were run; images that no process can tell apart share one. */
  readonly recoveries: number;
  /** Runs with an injected error that took place. */
  readonly faults: number;
  readonly seconds: number;
  readonly violationCount: number;
  /** The first of them, at most 50. */
  readonly violations: readonly Violation[];
}

/** For people: one line of figures, then the first violations with all it takes to replay them. */
export function formatReport(report: Report, most = 5): string {
  const { name, operations, crashPoints, images, nestedImages, recoveries, faults } = report;
  const rate = Math.round((images + nestedImages) / Math.max(report.seconds, 0.001));
  const head =
    `${name}: ${operations} steps, ${crashPoints} crash points, ${images} images, ` +
    `${nestedImages} nested images, ${recoveries} recoveries, ${faults} faults, ` +
    `${report.seconds.toFixed(2)} s (${rate} images/s), ${report.violationCount} violations`;
  return [head, ...report.violations.slice(0, most).map(formatViolation)].join('\n');
}

export function formatViolation(violation: Violation): string {
  const { label, seed, k, call, image, difference, log } = violation;
  return [
    `violation in "${label}" at ${call}`,
    `  replay: { seed: ${seed}, only: { k: ${k}, image: ${JSON.stringify(image)} } }`,
    ...difference.map((line) => `  ${line}`),
    ...log.map((line) => `    ${line}`),
  ].join('\n');
}
