import type { TokenUsage } from './model-port.ts';
import type { CompilationPlan } from './plan/planned-page.ts';

/**
 * - `summary-failed`, `plan-failed`: no acceptable answer for the whole document.
 * - `pages-failed`: some of the planned pages have no acceptable answer.
 * - `document-too-long`: not even the section tree fits into the model's context.
 */
export type CompileErrorCode =
  | 'summary-failed'
  | 'plan-failed'
  | 'pages-failed'
  | 'document-too-long';

/** Why one page has no text. */
export interface PageFailure {
  /** Relative to `wiki/`. */
  readonly path: string;
  readonly title: string;
  /** A clause without a capital and a full stop: `the answer was cut off`. */
  readonly reason: string;
  /** What the model port threw, where that was the reason. */
  readonly cause?: unknown;
}

export interface CompileErrorDetails {
  readonly failures?: readonly PageFailure[];
  /** What the compilation has cost until it failed. */
  readonly usage: TokenUsage;
  /** Summary and plan, as far as they were made: `resume` of the next try. */
  readonly plan?: CompilationPlan | undefined;
  readonly cause?: unknown;
}

/** The package's only error: a document could not be compiled, and nothing of it is to be written. */
export class CompileError extends Error {
  override readonly name = 'CompileError';
  readonly code: CompileErrorCode;
  readonly failures: readonly PageFailure[];
  readonly usage: TokenUsage;
  readonly plan: CompilationPlan | undefined;

  constructor(code: CompileErrorCode, message: string, details: CompileErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.failures = details.failures ?? [];
    this.usage = details.usage;
    this.plan = details.plan;
  }
}
