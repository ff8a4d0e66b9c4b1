import { detectLanguage } from './detect-language.ts';
import { primaryLanguage } from './language-tag.ts';
import { stem } from './stem.ts';
import { stopWords } from './stop-words.ts';
import { wordsOf } from './words.ts';

/**
 * The search terms of a text, in order, repeated as often as they occur: its words without the stop words of the
 * language, stemmed; a hyphenated word is followed by its parts. `language` is a BCP 47 tag; without it the language is
 * detected. Analyse a text and the query that should find it in the same language.
 */
export function analyse(text: string, language: string = detectLanguage(text)): string[] {
  return analyseInto(new Map(), text, primaryLanguage(language));
}

/** As `analyse`; `vocabulary` (word -> term, of one language) saves stemming a word again, and takes up the new ones. */
export function analyseInto(
  vocabulary: Map<string, string>,
  text: string,
  language: string,
): string[] {
  const stops = stopWords(language);
  const terms: string[] = [];
  const add = (word: string): void => {
    let term = vocabulary.get(word);
    if (term === undefined) {
      term = stem(word, language);
      vocabulary.set(word, term);
    }
    terms.push(term);
  };
  for (const { whole, parts } of wordsOf(text, language)) {
    if (stops.has(whole)) continue;
    add(whole);
    for (const part of parts) if (!stops.has(part)) add(part);
  }
  return terms;
}
