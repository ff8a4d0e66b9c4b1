import { nearestTerm } from './edit-distance.ts';
import type { SearchIndex } from './search-index.ts';
import { stem } from './stem.ts';
import { stopWords } from './stop-words.ts';
import { wordsOf } from './words.ts';

/** One word of the query: its terms in the languages of the index that occur there, each with its weight. */
export interface QueryWord {
  readonly terms: readonly string[];
}

/** The words of a query that can be found, in order, each once. An unknown word stands for the known one nearest to it. */
export function queryWords(index: SearchIndex, query: string): QueryWord[] {
  const words = new Map<string, { terms: Set<string>; compound: boolean }>();
  for (const language of new Set(index.languages)) {
    const stops = stopWords(language);
    for (const { whole, parts } of wordsOf(query.slice(0, MAX_QUERY), language)) {
      if (stops.has(whole)) continue;
      for (const [i, word] of [whole, ...parts].entries()) {
        if (stops.has(word)) continue;
        const entry = words.get(word) ?? { terms: new Set(), compound: false };
        entry.compound ||= i === 0 && parts.length > 0;
        entry.terms.add(stem(word, language));
        words.set(word, entry);
      }
    }
  }
  return [...words.values()]
    .map(({ terms, compound }) => ({ terms: knownTerms(index, [...terms], compound) }))
    .filter(({ terms }) => terms.length > 0);
}

const MAX_QUERY = 2000;

function knownTerms(index: SearchIndex, terms: readonly string[], compound: boolean): string[] {
  const known = terms.filter((term) => index.postings.has(term));
  if (known.length > 0 || compound) return known;
  const near = terms.map((term) => nearestTerm(term, index.postings));
  return [...new Set(near.filter((term) => term !== undefined))];
}
