import { CliError, interruption } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { explain } from '../explain.ts';
import { type AddRun, addSource } from './add-source.ts';
import { failed, type FailedOutcome, type Outcome, type Summary, summarise } from './outcome.ts';
import type { FoundSource, Scan } from './scan.ts';

export interface BatchOptions {
  readonly run: AddRun;
  readonly failFast: boolean;
  readonly onOutcome: (outcome: Exclude<Outcome, FailedOutcome>) => void;
  readonly onFailure: (outcome: FailedOutcome, error: CliError) => void;
}

/**
 * Adds what a scan found, in its order, each in a commit of its own: one that fails leaves no trace
 * and does not stop the others. What makes every further document fail as well stops the run: an
 * unfinished mutation, a lock that is not given, an interruption.
 */
export async function addBatch(scan: Scan, options: BatchOptions): Promise<Summary> {
  const outcomes: Outcome[] = [];
  const note = (outcome: Exclude<Outcome, FailedOutcome>) => {
    outcomes.push(outcome);
    options.onOutcome(outcome);
  };
  const noteFailure = (shown: string, error: CliError) => {
    const outcome = failed(shown, error);
    outcomes.push(outcome);
    options.onFailure(outcome, error);
  };
  for (const { shown, reason } of scan.skipped)
    note({ type: 'document', status: 'skipped', source: shown, reason });
  for (const { shown, error } of scan.failed) noteFailure(shown, error);
  let stopped: CliError | undefined;
  let tried = 0;
  for (const source of scan.found) {
    if (options.failFast && outcomes.some(({ status }) => status === 'failed')) break;
    // one after the other: a document is compiled with the pages of the one before
    // oxlint-disable-next-line no-await-in-loop
    const result = await attempt(options.run, source);
    if (result.outcome) note(result.outcome);
    if (result.failure) noteFailure(source.shown, result.failure);
    if (result.outcome ?? result.failure) tried += 1;
    stopped = result.stopped;
    if (stopped) break;
  }
  return summarise(outcomes, scan.found.length - tried, stopped);
}

interface Attempt {
  readonly outcome?: Exclude<Outcome, FailedOutcome>;
  readonly failure?: CliError;
  /** Why no other source is tried. */
  readonly stopped?: CliError;
}

async function attempt(run: AddRun, source: FoundSource): Promise<Attempt> {
  const { signal } = run.lock;
  if (signal.aborted) return { stopped: interruption(signal) };
  try {
    return { outcome: await addSource(run, source) };
  } catch (thrown) {
    if (signal.aborted) return { stopped: interruption(signal) };
    const failure = aboutSource(explain(thrown), source);
    const stops = [
      exitCodes.recoveryNeeded,
      exitCodes.locked,
      exitCodes.noKnowledgeBase,
      exitCodes.key,
      exitCodes.quota,
    ] as number[];
    return stops.includes(failure.exitCode) ? { failure, stopped: failure } : { failure };
  }
}

/** Every failure of a document says so in the same words, and names the source as the user did. */
function aboutSource(error: CliError, { name, shown }: FoundSource): CliError {
  const start = `cannot add "${shown}": `;
  if (error.message.startsWith(start)) return error;
  const own = `"${name}" `;
  const why = error.message.startsWith(own)
    ? `it ${error.message.slice(own.length)}`
    : error.message;
  return new CliError(error.code, start + why, {
    ...(error.hint !== undefined && { hint: error.hint }),
    exitCode: error.exitCode,
    cause: error.cause ?? error,
  });
}
