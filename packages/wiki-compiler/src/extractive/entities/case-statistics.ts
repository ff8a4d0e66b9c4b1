/** How a document writes each word: the evidence for telling names from words at the start of a sentence. */
import type { Sentence } from '../shapes.ts';
import { type Steps, eachInSteps, textLength } from '../steps.ts';

export interface CaseCounts {
  lower: number;
  /** Capitalised inside a sentence. */
  capital: number;
  /** Capitalised as the first word of a sentence. */
  initial: number;
  /** Two letters or more, all capitals. */
  allCapitals: number;
  /** A capital after a small letter: `LaTeX`, `iPhone`. */
  inner: number;
}

export type CaseStatistics = ReadonlyMap<string, CaseCounts>;

export function* caseStatistics(sentences: readonly Sentence[]): Steps<CaseStatistics> {
  const statistics = new Map<string, CaseCounts>();
  yield* eachInSteps(sentences, textLength, ({ tokens }) => {
    for (const [index, { text, lower }] of tokens.entries()) {
      let counts = statistics.get(lower);
      if (counts === undefined) {
        counts = { lower: 0, capital: 0, initial: 0, allCapitals: 0, inner: 0 };
        statistics.set(lower, counts);
      }
      counts[wordCase(text, index === 0)] += 1;
    }
  });
  return statistics;
}

function wordCase(text: string, first: boolean): keyof CaseCounts {
  // most words are of small letters, or have one capital in front
  if (/^[a-z\d'-]+$/.test(text)) return 'lower';
  if (/^[A-Z][a-z]+$/.test(text)) return first ? 'initial' : 'capital';
  if (isAllCapitals(text)) return 'allCapitals';
  if (hasInnerCapital(text)) return 'inner';
  if (!/^\p{Lu}/u.test(text)) return 'lower';
  return first ? 'initial' : 'capital';
}

export function isAllCapitals(text: string): boolean {
  return /^\p{Lu}[\p{Lu}\p{N}&.-]+$/u.test(text) && /\p{Lu}.*\p{Lu}|\p{Lu}.*\p{N}/u.test(text);
}

export function hasInnerCapital(text: string): boolean {
  return /\p{Ll}\p{Lu}/u.test(text) && !text.includes('-');
}
