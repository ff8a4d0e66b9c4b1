import { CliError, interruption } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { explain } from '../explain.ts';
import { discardStaging } from '../knowledge-base/discard-staging.ts';
import { type AddRun, addReceived, type ReceivedSource, receiveSource } from './add-source.ts';
import { type Settled, workAhead } from './ahead.ts';
import { failed, type FailedOutcome, type Outcome, type Summary, summarise } from './outcome.ts';
import type { FoundSource, Scan } from './scan.ts';

export interface BatchOptions {
  readonly run: AddRun;
  readonly failFast: boolean;
  /** Sources that are read and converted at once, the one that is compiled included. */
  readonly jobs: number;
  readonly onOutcome: (outcome: Exclude<Outcome, FailedOutcome>) => void;
  readonly onFailure: (outcome: FailedOutcome, error: CliError) => void;
}

/**
 * Adds what a scan found, in its order, each in a commit of its own: one that fails leaves no trace
 * and does not stop the others. What makes every further document fail as well stops the run: an
 * unfinished mutation, a lock that is not given, a key that is refused, an interruption. Sources are
 * converted ahead; they are compiled and committed one after the other, since each is compiled with the
 * pages of the one before.
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
  const stop = new AbortController();
  const run = stoppable(options.run, stop.signal);
  const ahead = workAhead(scan.found, options.jobs, (source) => receiveSource(run, source));
  let stopped: CliError | undefined;
  let tried = 0;
  try {
    for (const [index, source] of scan.found.entries()) {
      if (options.failFast && outcomes.some(({ status }) => status === 'failed')) break;
      /* oxlint-disable no-await-in-loop -- in the order of the scan */
      const result = run.lock.signal.aborted
        ? { stopped: interruption(run.lock.signal) }
        : await attempt(run, source, await ahead.take(index));
      /* oxlint-enable no-await-in-loop */
      if (result.outcome) note(result.outcome);
      if (result.failure) noteFailure(source.shown, result.failure);
      if (result.outcome ?? result.failure) tried += 1;
      stopped = result.stopped;
      if (stopped) break;
    }
  } finally {
    stop.abort('SIGINT');
    for (const result of await ahead.rest())
      if ('value' in result) discardStaging(result.value.staging, run.lock);
  }
  const spent = run.compiling.spent();
  return summarise(outcomes, { notTried: scan.found.length - tried, stopped, spent });
}

/** The run, with an end for what is done ahead besides the person's. */
function stoppable(run: AddRun, stop: AbortSignal): AddRun {
  return { ...run, lock: { ...run.lock, signal: AbortSignal.any([run.lock.signal, stop]) } };
}

interface Attempt {
  readonly outcome?: Exclude<Outcome, FailedOutcome>;
  readonly failure?: CliError;
  /** Why no other source is tried. */
  readonly stopped?: CliError;
}

const STOPS: ReadonlySet<number> = new Set([
  exitCodes.recoveryNeeded,
  exitCodes.locked,
  exitCodes.noKnowledgeBase,
  exitCodes.key,
  exitCodes.quota,
]);

async function attempt(
  run: AddRun,
  source: FoundSource,
  received: Settled<ReceivedSource>,
): Promise<Attempt> {
  const { signal } = run.lock;
  try {
    if ('error' in received) throw received.error;
    return { outcome: await addReceived(run, received.value) };
  } catch (thrown) {
    if (signal.aborted) return { stopped: interruption(signal) };
    const failure = aboutSource(explain(thrown), source);
    return STOPS.has(failure.exitCode) ? { failure, stopped: failure } : { failure };
  } finally {
    if ('value' in received) discardStaging(received.value.staging, run.lock);
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
