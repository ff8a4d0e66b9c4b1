import type { Spending } from '@openkb/language-model';

import type { CliError } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { PlannedChange } from '../knowledge-base/planned-changes.ts';
import type { Estimate } from '../model/compiling.ts';

/** What became of one source. */
export type Outcome =
  | AddedOutcome
  | SkippedOutcome
  | FailedOutcome
  | PlannedOutcome
  | EstimatedOutcome;

export interface AddedOutcome {
  readonly type: 'document';
  /** `partial`: it is in, but for the pages that are missing. */
  readonly status: 'added' | 'updated' | 'partial';
  readonly source: string;
  /** `doc_name`. */
  readonly name: string;
  readonly pages: readonly PageOutcome[];
  /** Number of pages of the source, for formats with pages. */
  readonly sourcePages?: number;
  /** Pages that could not be made. */
  readonly missing?: readonly { readonly path: string; readonly reason: string }[];
  /** What the model cost. */
  readonly spent?: Spending;
  readonly warnings: readonly string[];
}

/** What adding a source would about cost. */
export interface EstimatedOutcome {
  readonly type: 'document';
  readonly status: 'estimated';
  readonly source: string;
  readonly name: string;
  /** Absent where no model is asked. */
  readonly estimate?: Estimate;
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
  /** In, but for pages that are missing. */
  readonly partial: number;
  readonly estimated: number;
  /** What the model cost, or would, in all; absent without a model. */
  readonly spent?: Spending;
  readonly estimate?: Estimate;
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

export interface RunEnd {
  readonly notTried: number;
  /** Why the run ended early, if it did. */
  readonly stopped: CliError | undefined;
  /** What the model cost in all. */
  readonly spent: Spending | undefined;
}

export function summarise(
  outcomes: readonly Outcome[],
  { notTried, stopped, spent }: RunEnd,
): Summary {
  const number = (status: Outcome['status']) =>
    outcomes.filter((outcome) => outcome.status === status).length;
  const failures = outcomes.filter((outcome) => outcome.status === 'failed');
  const estimates = outcomes.filter((outcome) => outcome.status === 'estimated');
  const estimate = sumOf(estimates.flatMap(({ estimate: one }) => (one ? [one] : [])));
  return {
    type: 'summary',
    added: number('added'),
    updated: number('updated'),
    partial: number('partial'),
    skipped: number('skipped'),
    failed: failures.length,
    planned: number('planned'),
    estimated: estimates.length,
    notTried,
    failures: failures.map(({ source, code, reason }) => ({ source, code, reason })),
    ...(spent && { spent }),
    ...(estimate && { estimate }),
    ...(stopped && { stopped: stopped.message }),
    exitCode: exitCodeOf(outcomes, stopped),
  };
}

function sumOf(estimates: readonly Estimate[]): Estimate | undefined {
  if (estimates.length === 0) return undefined;
  const sum = (key: 'requests' | 'inputTokens' | 'cachedInputTokens' | 'outputTokens' | 'pages') =>
    estimates.reduce((total, one) => total + one[key], 0);
  const known = estimates.every(({ dollars }) => dollars !== undefined);
  return {
    requests: sum('requests'),
    inputTokens: sum('inputTokens'),
    cachedInputTokens: sum('cachedInputTokens'),
    outputTokens: sum('outputTokens'),
    pages: sum('pages'),
    ...(known && { dollars: estimates.reduce((total, { dollars = 0 }) => total + dollars, 0) }),
  };
}

function exitCodeOf(outcomes: readonly Outcome[], stopped: CliError | undefined): ExitCode {
  if (stopped && stopped.exitCode !== exitCodes.failed) return stopped.exitCode;
  if (outcomes.some(({ status }) => status === 'partial')) return exitCodes.partial;
  if (!outcomes.some(({ status }) => status === 'failed')) return exitCodes.done;
  return outcomes.some(isThere) ? exitCodes.partial : exitCodes.failed;
}

/** Whether the document is in the knowledge base now; a file that is no document never is. */
function isThere(outcome: Outcome): boolean {
  return outcome.status === 'skipped' ? outcome.name !== undefined : outcome.status !== 'failed';
}
