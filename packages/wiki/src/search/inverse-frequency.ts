import type { SearchIndex } from './search-index.ts';

/** How much a term tells passages apart: the inverse document frequency of BM25, never negative. */
export function inverseFrequency(index: SearchIndex, term: string): number {
  const frequency = (index.postings.get(term)?.length ?? 0) / 2;
  return Math.log(1 + (index.passages.length - frequency + 0.5) / (frequency + 0.5));
}
