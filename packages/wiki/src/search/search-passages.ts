import { bestSentence } from './best-sentence.ts';
import { definitionKey, subjectOf } from './definition.ts';
import { inverseFrequency } from './inverse-frequency.ts';
import type { Passage } from './passage.ts';
import { queryWords, type QueryWord } from './query.ts';
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
  const { scores, found } = scorePassages(index, words);
  const definition = definingPassage(index, query);
  if (definition !== undefined) {
    const best = found.reduce((most, number) => Math.max(most, scores[number] ?? 0), 0);
    if (scores[definition] === 0) found.push(definition);
    scores[definition] = best + (scores[definition] ?? 0);
  }
  const hits: SearchHit[] = [];
  for (const number of ranked(index, found, scores, top)) {
    if (hits.length >= top) break;
    const passage = index.passage(number);
    if (passage === undefined) continue;
    const language = index.page(number)?.language ?? 'en';
    const sentence = bestSentence(index, words, passage.text, language);
    hits.push({ passage, score: scores[number] ?? 0, sentence });
  }
  return hits;
}

interface Scores {
  /** By passage number; 0 for what is not found. */
  readonly scores: Float64Array;
  /** Passages with a score, in no order. */
  readonly found: number[];
}

/** The sum over the words of the query; of a word's terms, which are one word in several languages, the best counts. */
function scorePassages(index: SearchIndex, words: readonly QueryWord[]): Scores {
  const scores = new Float64Array(index.end);
  const ofWord = new Float64Array(index.end);
  const found: number[] = [];
  for (const { terms } of words) {
    const touched: number[] = [];
    for (const term of terms) {
      const weight = inverseFrequency(index, term);
      const { passages, frequencies } = index.postings(term);
      for (let i = 0; i < passages.length; i += 1) {
        const passage = passages[i] ?? 0;
        const frequency = frequencies[i] ?? 0;
        const length = index.length(passage) / index.averageLength;
        const score = (weight * frequency * (K1 + 1)) / (frequency + K1 * (1 - B + B * length));
        if (ofWord[passage] === 0) touched.push(passage);
        ofWord[passage] = Math.max(ofWord[passage] ?? 0, score);
      }
    }
    for (const passage of touched) {
      if (scores[passage] === 0) found.push(passage);
      scores[passage] = (scores[passage] ?? 0) + (ofWord[passage] ?? 0);
      ofWord[passage] = 0;
    }
  }
  return { scores, found };
}

/** Passages beyond those asked for that are put in order at once. */
const RESERVE = 100;

/** Passages, best first; of very many, the first are found without putting all in order. */
function* ranked(
  index: SearchIndex,
  found: readonly number[],
  scores: Float64Array,
  top: number,
): Generator<number> {
  const compare = (a: number, b: number): number =>
    (scores[b] ?? 0) - (scores[a] ?? 0) || comparePassages(index, a, b);
  const least = Float64Array.from(found, (number) => scores[number] ?? 0)
    .toSorted()
    .at(-(top + RESERVE));
  if (least === undefined) {
    yield* found.toSorted(compare);
    return;
  }
  const isFirst = (number: number): boolean => (scores[number] ?? 0) >= least;
  yield* found.filter(isFirst).toSorted(compare);
  yield* found.filter((number) => !isFirst(number)).toSorted(compare);
}

function definingPassage(index: SearchIndex, query: string): number | undefined {
  const subject = subjectOf(query);
  if (subject === undefined) return undefined;
  return index.definition(index.languages.map((language) => definitionKey(subject, language)));
}

/** By path of the page, then by place in it. */
function comparePassages(index: SearchIndex, a: number, b: number): number {
  const pageA = index.page(a)?.path ?? '';
  const pageB = index.page(b)?.path ?? '';
  if (pageA === pageB) return a - b;
  return pageA < pageB ? -1 : 1;
}
