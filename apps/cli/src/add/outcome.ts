import type { CliError } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { PlannedChange } from '../knowledge-base/planned-changes.ts';

/** What became of one source. */
export type Outcome = AddedOutcome | SkippedOutcome | FailedOutcome | PlannedOutcome;

export interface AddedOutcome {
  readonly type: 'document';
  readonly status: 'added' | 'updated';
  readonly source: string;
  /** `doc_name`. */
  readonly name: string;
  readonly pages: readonly PageOutcome[];
  /** Number of pages of the source, for formats with pages. */
  readonly sourcePages?: number;
  readonly warnings: readonly string[];
}

export interface PageOutcome {
  /** Relative to the root. */
  readonly path: string;
  readonly kind: 'summary' | 'concept' | 'entity';
  readonly action: 'create' | 'update';
}

export interface SkippedOutcome {
  readonly type: 'document';
  readonly status: 'skipped';
  readonly source: string;
  readonly reason: string;
  /** The document that has the same content. */
  readonly name?: string;
}

export interface FailedOutcome {
  readonly type: 'document';
  readonly status: 'failed';
  readonly source: string;
  readonly code: string;
  readonly reason: string;
  readonly hint?: string;
}

/** What a dry run would do. */
export interface PlannedOutcome {
  readonly type: 'document';
  readonly status: 'planned';
  readonly source: string;
  readonly name: string;
  readonly changes: readonly PlannedChange[];
  readonly warnings: readonly string[];
}

/** The last line of a run. */
export interface Summary {
  readonly type: 'summary';
  readonly added: number;
  readonly updated: number;
  readonly skipped: number;
  readonly failed: number;
  readonly planned: number;
  /** Sources that were not tried, because the run was stopped. */
  readonly notTried: number;
  readonly failures: readonly {
    readonly source: string;
    readonly code: string;
    readonly reason: string;
  }[];
  /** Why the run ended before the last source. */
  readonly stopped?: string;
  readonly exitCode: ExitCode;
}

export function failed(source: string, { code, message, hint }: CliError): FailedOutcome {
  return {
    type: 'document',
    status: 'failed',
    source,
    code,
    reason: message,
    ...(hint !== undefined && { hint }),
  };
}

/** @param stopped why the run ended early, if it did */
export function summarise(
  outcomes: readonly Outcome[],
  notTried: number,
  stopped: CliError | undefined,
): Summary {
  const number = (status: Outcome['status']) =>
    outcomes.filter((outcome) => outcome.status === status).length;
  const failures = outcomes.filter((outcome) => outcome.status === 'failed');
  return {
    type: 'summary',
    added: number('added'),
    updated: number('updated'),
    skipped: number('skipped'),
    failed: failures.length,
    planned: number('planned'),
    notTried,
    failures: failures.map(({ source, code, reason }) => ({ source, code, reason })),
    ...(stopped && { stopped: stopped.message }),
    exitCode: exitCodeOf(outcomes, stopped),
  };
}

function exitCodeOf(outcomes: readonly Outcome[], stopped: CliError | undefined): ExitCode {
  if (stopped && stopped.exitCode !== exitCodes.failed) return stopped.exitCode;
  if (!outcomes.some(({ status }) => status === 'failed')) return exitCodes.done;
  return outcomes.some(isThere) ? exitCodes.partial : exitCodes.failed;
}

/** Whether the document is in the knowledge base now; a file that is no document never is. */
function isThere(outcome: Outcome): boolean {
  return outcome.status === 'skipped' ? outcome.name !== undefined : outcome.status !== 'failed';
}
