import { analyse } from './analyse.ts';
import { inverseFrequency } from './inverse-frequency.ts';
import type { QueryWord } from './query.ts';
import type { SearchIndex } from './search-index.ts';
import { sentencesOf } from './sentences.ts';

/**
 * The sentence of a passage that has the greatest share of the query's words for its length; the first of equals, and
 * the first of all where none has any.
 */
export function bestSentence(
  index: SearchIndex,
  words: readonly QueryWord[],
  text: string,
  language: string,
): string {
  const weighted = words.map(({ terms }) => ({
    terms,
    weight: Math.max(0, ...terms.map((term) => inverseFrequency(index, term))),
  }));
  let best = '';
  let most = -1;
  for (const sentence of sentencesOf(text, language)) {
    const present = analyse(sentence, language);
    const set = new Set(present);
    let share = 0;
    for (const { terms, weight } of weighted) {
      if (terms.some((term) => set.has(term))) share += weight;
    }
    const score = share / Math.sqrt(6 + present.length);
    if (score > most) {
      best = sentence;
      most = score;
    }
  }
  return best;
}
