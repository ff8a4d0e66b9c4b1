import type { SearchHit } from '@openkb/wiki';

import type { Print } from '../report/reporter.ts';

/** One passage found, as programs read it. */
export interface FoundPassage {
  /** Relative to the root. */
  readonly page: string;
  readonly title: string;
  readonly heading?: string;
  /** 1-based page of the source, where it is known. */
  readonly sourcePage?: number;
  /** 1-based line of the page. */
  readonly line?: number;
  /** The sentence that says most about the query. */
  readonly sentence: string;
  readonly text: string;
  /** Comparable within one search only. */
  readonly score: number;
}

export function foundPassage({ passage, score, sentence }: SearchHit): FoundPassage {
  const { page, title, heading, sourcePage, line, text } = passage;
  return {
    page: `wiki/${page}`,
    title,
    ...(heading !== '' && { heading }),
    ...(sourcePage !== undefined && { sourcePage }),
    ...(line !== undefined && { line }),
    sentence,
    text,
    score: Math.round(score * 1000) / 1000,
  };
}

export interface Passages {
  readonly type: 'passages';
  readonly query: string;
  readonly passages: readonly FoundPassage[];
}

/** @param form what of a passage is shown: the sentence that fits best, or all of it */
export function printPassages(form: 'sentence' | 'text'): Print<Passages> {
  return ({ passages }, { bold, dim }) =>
    passages.flatMap((passage, i) => {
      const { page, title, heading, sourcePage, line } = passage;
      const place =
        sourcePage === undefined ? (line === undefined ? '' : `:${line}`) : `, page ${sourcePage}`;
      const name = heading === undefined ? title : `${title} › ${heading}`;
      const shown = readable(passage[form]).map((text) => `   ${text}`);
      return [`${i + 1}. ${bold(name)}  ${dim(page + place)}`, ...shown, ''];
    });
}

/** The lines of a passage without empty ones and without the mark of a quotation. */
function readable(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/^(?:> ?)+/, '').trimEnd())
    .filter((line) => line !== '');
}
