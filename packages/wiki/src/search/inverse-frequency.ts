import type { SearchIndex } from './search-index.ts';

/** How much a term tells passages apart: the inverse document frequency of BM25, never negative. */
export function inverseFrequency(index: SearchIndex, term: string): number {
  const frequency = index.postings(term).passages.length;
  return Math.log(1 + (index.size - frequency + 0.5) / (frequency + 0.5));
}
