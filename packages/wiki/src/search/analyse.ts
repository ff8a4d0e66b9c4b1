import { detectLanguage } from './detect-language.ts';
import { primaryLanguage } from './language-tag.ts';
import { stem } from './stem.ts';
import { stopWords } from './stop-words.ts';
import { eachWord } from './words.ts';

/**
 * The search terms of a text, in order, repeated as often as they occur: its words without the stop words of the
 * language, stemmed; a hyphenated word is followed by its parts. `language` is a BCP 47 tag; without it the language is
 * detected. Analyse a text and the query that should find it in the same language.
 */
export function analyse(text: string, language: string = detectLanguage(text)): string[] {
  const primary = primaryLanguage(language);
  const stops = stopWords(primary);
  const terms: string[] = [];
  eachWord(text, primary, (whole, parts) => {
    if (stops.has(whole)) return;
    terms.push(stem(whole, primary));
    for (const part of parts) if (!stops.has(part)) terms.push(stem(part, primary));
  });
  return terms;
}
