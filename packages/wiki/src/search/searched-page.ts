/** A page as search sees it: its passages, and what its language is told from. */
import { detectLanguage } from './detect-language.ts';
import { LATIN_WORDS } from './language-words.ts';
import type { Passage } from './passage.ts';

export interface SearchedPage {
  /** Relative to `wiki/`. */
  readonly path: string;
  readonly passages: readonly Passage[];
  /** The language that the text alone speaks for. */
  readonly guess: string;
  /** Characters that the guess goes by, at most 3000. */
  readonly sample: number;
}

const SAMPLE = 3000;
const SHORT = 200;

/** @param passages of that page, in order */
export function searchedPage(path: string, passages: readonly Passage[]): SearchedPage {
  let sample = '';
  for (const { text } of passages) {
    if (sample.length >= SAMPLE) break;
    sample = `${sample} ${text}`.slice(0, SAMPLE);
  }
  return { path, passages, guess: detectLanguage(sample), sample: sample.length };
}

export type LanguageGuess = Pick<SearchedPage, 'guess' | 'sample'>;

/** The language of most of the text, of those that are told apart by words; of equals the first by its tag. */
export function mostLanguage(pages: Iterable<LanguageGuess>): string {
  const weights = new Map<string, number>();
  for (const { guess, sample } of pages) weights.set(guess, (weights.get(guess) ?? 0) + sample);
  const [most = 'en'] = [...weights.keys()]
    .filter((language) => Object.hasOwn(LATIN_WORDS, language))
    .toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0) || (a < b ? -1 : 1));
  return most;
}

/** The language in which a page is analysed: that of most of the text where it is too short to tell. */
export function pageLanguage(page: LanguageGuess, most: string): string {
  return isTooShort(page) ? most : page.guess;
}

/** Whether a page is too short to tell its language. */
export function isTooShort({ guess, sample }: LanguageGuess): boolean {
  return sample < SHORT && Object.hasOwn(LATIN_WORDS, guess);
}
