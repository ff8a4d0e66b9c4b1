import { primaryLanguage } from './language-tag.ts';
import type { SearchIndex } from './search-index.ts';
import { stem } from './stem.ts';
import { stopWords } from './stop-words.ts';
import { eachWord } from './words.ts';

/** One word of the query: its terms in the languages of the index, as far as they occur there. */
export interface QueryWord {
  readonly terms: readonly string[];
}

/** The words of a query that can be found, in order, each once. An unknown word stands for the known one nearest to it. */
export function queryWords(index: SearchIndex, query: string): QueryWord[] {
  const words = new Map<string, { readonly languages: string[]; compound: boolean }>();
  for (const language of index.languages) {
    const stops = stopsOf(language);
    eachWord(query.slice(0, MAX_QUERY), language, (whole, parts) => {
      if (stops.has(whole)) return;
      for (const [i, word] of [whole, ...parts].entries()) {
        if (stops.has(word)) continue;
        const entry = words.get(word) ?? { languages: [], compound: false };
        entry.languages.push(language);
        entry.compound ||= i === 0 && parts.length > 0;
        words.set(word, entry);
      }
    });
  }
  return [...words]
    .map(([word, { languages, compound }]) => {
      const terms = languages.map((language) => stem(word, language));
      const known = terms.filter((term) => index.postings(term).passages.length > 0);
      if (known.length > 0 || compound) return known;
      return languages.flatMap((language) => nearestTerm(index, word, language) ?? []);
    })
    .map((terms) => ({ terms: [...new Set(terms)] }))
    .filter(({ terms }) => terms.length > 0);
}

/** In a language of another script, words in Latin letters are foreign to its list, and mostly English. */
function stopsOf(language: string): { has(word: string): boolean } {
  const own = stopWords(language);
  const primary = primaryLanguage(language);
  if (!/^[a-z]{2,3}$/.test(primary)) return own;
  const { script } = new Intl.Locale(primary).maximize();
  if (script === undefined || script === 'Latn') return own;
  const english = stopWords('en');
  return { has: (word) => own.has(word) || english.has(word) };
}

const MAX_QUERY = 2000;

/**
 * The term of the word one edit from an unknown one: of several the one of most passages, then the first word in code
 * unit order. None for words of fewer than four letters, where one edit makes another word, and for numbers.
 */
function nearestTerm(index: SearchIndex, word: string, language: string): string | undefined {
  if (word.length < 4 || /\p{N}/u.test(word)) return undefined;
  let best: { readonly word: string; readonly term: string; readonly passages: number } | undefined;
  for (const { word: known, term } of index.near(word, language)) {
    const passages = index.postings(term).passages.length;
    const better = best === undefined || passages > best.passages;
    if (better || (passages === best?.passages && known < best.word))
      best = { word: known, term, passages };
  }
  return best?.term;
}
