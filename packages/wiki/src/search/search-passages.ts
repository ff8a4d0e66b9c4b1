import { bestSentence } from './best-sentence.ts';
import { definitionKey, subjectOf } from './definition.ts';
import { inverseFrequency } from './inverse-frequency.ts';
import type { Passage } from './passage.ts';
import { queryWords } from './query.ts';
import type { SearchIndex } from './search-index.ts';

/** A passage found. */
export interface SearchHit {
  readonly passage: Passage;
  /** BM25; comparable within one search only. */
  readonly score: number;
  /** The sentence of the passage that says most about the query. */
  readonly sentence: string;
}

const K1 = 1.2;
const B = 0.75;

/**
 * The passages that fit a query best (BM25, k1 1.2, b 0.75, title and heading three times), at most `top` (10), best
 * first; equal scores in the order of page and passage. A word that the index does not know is taken for one a typing
 * error away. Where the query asks "what is X" and a page is called X, that page comes first.
 */
export function searchPassages(
  index: SearchIndex,
  query: string,
  { top = 10 }: { readonly top?: number } = {},
): SearchHit[] {
  const words = queryWords(index, query);
  const scores = new Map<number, number>();
  for (const { terms } of words) {
    for (const [passage, score] of scoresOf(index, terms)) {
      scores.set(passage, (scores.get(passage) ?? 0) + score);
    }
  }
  const best = [...scores.values()].reduce((most, score) => Math.max(most, score), 0);
  const definition = definingPassage(index, query);
  if (definition !== undefined) scores.set(definition, best + (scores.get(definition) ?? 0));
  return [...scores]
    .toSorted(([a, scoreA], [b, scoreB]) => scoreB - scoreA || comparePassages(index, a, b))
    .slice(0, Math.max(0, top))
    .flatMap(([number, score]) => {
      const passage = index.passages[number];
      if (passage === undefined) return [];
      const language = index.languages[number] ?? 'en';
      return [{ passage, score, sentence: bestSentence(index, words, passage.text, language) }];
    });
}

/** One word's score by passage: of its terms, which are one word in several languages, the best counts. */
function scoresOf(index: SearchIndex, terms: readonly string[]): Map<number, number> {
  const scores = new Map<number, number>();
  for (const term of terms) {
    const weight = inverseFrequency(index, term);
    const postings = index.postings.get(term) ?? [];
    for (let i = 0; i < postings.length; i += 2) {
      const passage = postings[i] ?? 0;
      const frequency = postings[i + 1] ?? 0;
      const length = (index.lengths[passage] ?? 0) / index.averageLength;
      const score = (weight * frequency * (K1 + 1)) / (frequency + K1 * (1 - B + B * length));
      scores.set(passage, Math.max(scores.get(passage) ?? 0, score));
    }
  }
  return scores;
}

function definingPassage(index: SearchIndex, query: string): number | undefined {
  const subject = subjectOf(query);
  if (subject === undefined) return undefined;
  for (const language of index.vocabularies.keys()) {
    const found = index.definitions.get(definitionKey(subject, language));
    if (found !== undefined) return found;
  }
  return undefined;
}

function comparePassages(index: SearchIndex, a: number, b: number): number {
  const pageA = index.passages[a]?.page ?? '';
  const pageB = index.passages[b]?.page ?? '';
  if (pageA === pageB) return a - b;
  return pageA < pageB ? -1 : 1;
}
