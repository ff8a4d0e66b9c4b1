import { lazy } from '../lazy.ts';

/** A word of a text, folded (NFKC, lower case), and the smaller words in it that it can be found by. */
export interface Word {
  readonly whole: string;
  readonly parts: readonly string[];
}

// a run is bounded because the engine keeps a place to come back to for every letter of it; and the segmenter takes
// more than its share of time for a long one
const RUN = 500;
const SPACELESS = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]`;
const LETTERS = String.raw`[[\p{L}\p{M}\p{N}]--${SPACELESS}]{1,${RUN}}`;
const wordPattern = lazy(
  () =>
    new RegExp(
      String.raw`${SPACELESS}[${SPACELESS}\p{M}]{0,${RUN}}|(?<![\p{L}\p{N}])[cf](?:\+\+|#)|${LETTERS}(?:[\-'.]${LETTERS}){0,20}`,
      'gv',
    ),
);
const spacelessPattern = lazy(() => new RegExp(`^${SPACELESS}`, 'v'));
const MAX_LENGTH = 64;

/**
 * The words of a text in order. Spaced scripts: letters, marks and numbers, with inner hyphens, apostrophes and dots
 * (`self-attention` also as `self` and `attention`; a closing `'s` is dropped). Chinese, Japanese, Thai, Lao, Khmer
 * and Burmese: the words of `Intl.Segmenter`; there and in Korean a word of three or more letters also as its pairs,
 * because no two segmentations agree.
 */
export function* wordsOf(text: string, language: string): Generator<Word> {
  const folded = text.normalize('NFKC').toLowerCase().replaceAll('’', "'");
  for (const [run] of folded.matchAll(wordPattern())) {
    if (spacelessPattern().test(run)) yield* segmentedWords(run, language);
    else yield spacedWord(run.slice(0, 4 * MAX_LENGTH));
  }
}

function spacedWord(run: string): Word {
  const whole = run.replace(/'s$/, '');
  if (/^\p{Script=Hangul}{3,}$/u.test(whole)) return { whole, parts: pairsOf(whole) };
  const parts = /[-'.]/.test(whole) ? whole.split(/[-'.]/).filter((part) => part.length > 1) : [];
  return { whole: whole.slice(0, MAX_LENGTH), parts };
}

function* segmentedWords(run: string, language: string): Generator<Word> {
  for (const { segment } of segmenter(language).segment(run)) {
    const pairs = /^[\p{Script=Han}\p{Script=Katakana}ー]{3,}$/u.test(segment);
    yield { whole: segment, parts: pairs ? pairsOf(segment) : [] };
  }
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenter(language: string): Intl.Segmenter {
  const locale = ['zh', 'ja', 'th', 'lo', 'km', 'my'].includes(language) ? language : 'zh';
  const present = segmenters.get(locale);
  if (present !== undefined) return present;
  const made = new Intl.Segmenter(locale, { granularity: 'word' });
  segmenters.set(locale, made);
  return made;
}

function pairsOf(word: string): string[] {
  const letters = Array.from(word);
  return letters.slice(1).map((letter, i) => (letters[i] ?? '') + letter);
}
