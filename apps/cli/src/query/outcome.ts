import type { Usage } from '@openkb/language-model';

import { printPages } from '../knowledge-base/source-pages.ts';
import type { Style } from '../report/style.ts';
import type { Citation } from './check-answer.ts';

/** What programs read of an answer. */
export interface AnswerOutcome {
  readonly type: 'answer';
  readonly question: string;
  /** Markdown, its links checked. */
  readonly answer: string;
  readonly citations: readonly Citation[];
  /** What the model linked and is not there. */
  readonly unknownCitations: readonly string[];
  /** The answer ends where the model's limit was. */
  readonly cutOff: boolean;
  readonly model: string;
  /** Answers of the model that it took. */
  readonly steps: number;
  readonly usage: Usage;
  /** US dollars; `null` where the price is not known. */
  readonly dollars: number | null;
  /** Page that it was saved as, relative to the root. */
  readonly saved?: string;
}

/** The pages that an answer cites, and where it was saved. */
export function printEnd(
  { citations, saved }: Pick<AnswerOutcome, 'citations' | 'saved'>,
  style: Style,
): string[] {
  const lines = citations.map(({ page, sourcePages }) => {
    const of = (sourcePages?.length ?? 0) > 1 ? 'pages' : 'page';
    return `- ${page}${sourcePages ? style.dim(`, ${of} ${printPages(sourcePages)}`) : ''}`;
  });
  return [
    ...(lines.length > 0 ? ['', style.bold('Cited:'), ...lines] : []),
    ...(saved === undefined ? [] : ['', `saved as ${saved}`]),
  ];
}
