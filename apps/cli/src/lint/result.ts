import type { ExitCode } from '../exit-codes.ts';
import type { LintFinding } from './finding.ts';
import type { Knowledge, Stopped } from './knowledge/check-knowledge.ts';
import type { Mending } from './mend.ts';

/** All that one `lint` has found and done. */
export interface LintResult {
  readonly type: 'lint';
  readonly root: string;
  readonly pages: number;
  readonly documents: number;
  /** What is wrong now; with `--dry-run`, what was found. */
  readonly findings: readonly LintFinding[];
  /** With `--fix`. */
  readonly fix?: Mending;
  /** Where a model was asked. */
  readonly knowledge?: Knowledge;
  /** Why no model was asked although there is one. */
  readonly notAsked?: Stopped;
  /** Where the report is, relative to the root, with `--save`. */
  readonly report?: string;
  readonly exitCode: ExitCode;
}
