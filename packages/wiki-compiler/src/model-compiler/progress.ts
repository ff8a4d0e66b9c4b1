import type { TokenUsage } from './model-port.ts';

/** `sections`: summaries of the sections of a long document. `relink`: the summary again, with links. */
export type Pass = 'sections' | 'summary' | 'plan' | 'page' | 'relink' | 'withdraw';

/** One event of a compilation. */
export interface CompileStep {
  /** `doc_name`. */
  readonly document: string;
  readonly pass: Pass;
  /** `repeated`: the answer was not accepted, and is asked for again. */
  readonly state: 'started' | 'repeated' | 'finished' | 'failed';
  /** The page that is written, relative to `wiki/`; the summary page in the passes about the whole document. */
  readonly page: string;
  /** Place of this request among those of its pass, from 1, and how many there are. */
  readonly number: number;
  readonly of: number;
  /** Why it is repeated or has failed. */
  readonly reason?: string;
  /** Of this document so far. */
  readonly usage: TokenUsage;
}
