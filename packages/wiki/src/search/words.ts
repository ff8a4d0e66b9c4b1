import { lazy } from '../lazy.ts';
import { JOINER, kindOf, kindTable, LETTER, NUMBER, SPACE, SPACELESS } from './character-kinds.ts';

// a run is bounded because the engine keeps a place to come back to for every letter of it; and the segmenter takes
// more than its share of time for a long one
const RUN = 500;
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

/** Gets a word, folded (NFKC, lower case), and the smaller words in it that it can be found by. */
export type WordVisitor = (whole: string, parts: readonly string[]) => void;

/** As a visitor; of a word without smaller ones it gets the place alone, `folded.slice(start, end)`. */
export interface WordSink {
  plain(folded: string, start: number, end: number): void;
  word: WordVisitor;
}

/** Visits the words of a text as `scanWords` tells them. */
export function eachWord(text: string, language: string, visit: WordVisitor): void {
  const plain = (folded: string, start: number, end: number): void =>
    visit(folded.slice(start, end), NO_PARTS);
  scanWords(text, language, { plain, word: visit });
}

/** The words, without the smaller ones in them. */
export function wholeWords(text: string, language: string): string[] {
  const words: string[] = [];
  eachWord(text, language, (whole) => words.push(whole));
  return words;
}

/**
 * Tells the words of a text in order. Spaced scripts: letters, marks and numbers, with inner hyphens, apostrophes and
 * dots (`self-attention` also as `self` and `attention`; a closing `'s` is dropped). Chinese, Japanese, Thai, Lao, Khmer
 * and Burmese: the words of `Intl.Segmenter`; there and in Korean a word of three or more letters also as its pairs,
 * because no two segmentations agree.
 */
export function scanWords(text: string, language: string, sink: WordSink): void {
  const folded = fold(text);
  const kinds = kindTable();
  for (let at = 0; at < folded.length;) {
    const unit = folded.charCodeAt(at);
    const kind = kinds[unit] || kindOf(unit);
    if (kind === SPACE || kind === JOINER) {
      at += 1;
      continue;
    }
    const end = plainEnd(folded, at, kinds);
    if (end > at) {
      sink.plain(folded, at, end);
      at = end;
      continue;
    }
    const pattern = wordPattern();
    pattern.lastIndex = at;
    const run = pattern.exec(folded)?.[0];
    if (run === undefined) return;
    at = pattern.lastIndex;
    if (spacelessPattern().test(run)) segmentedWords(run, language, sink.word);
    else spacedWord(run.slice(0, 4 * MAX_LENGTH), sink.word);
  }
}

const NO_PARTS: readonly string[] = [];

function fold(text: string): string {
  // what is ASCII is in every normal form
  const folded = (/[^\0-\x7F]/.test(text) ? text.normalize('NFKC') : text).toLowerCase();
  return folded.includes('’') ? folded.replaceAll('’', "'") : folded;
}

/**
 * Where a word of nothing but letters and numbers ends, as the pattern would say, for far less; -1 where the pattern
 * has to say it.
 */
function plainEnd(folded: string, start: number, kinds: Uint8Array): number {
  const most = Math.min(folded.length, start + MAX_LENGTH);
  let end = start;
  let kind = LETTER;
  while (end < most) {
    const unit = folded.charCodeAt(end);
    kind = kinds[unit] || kindOf(unit);
    if (kind !== LETTER && kind !== NUMBER) break;
    end += 1;
  }
  if (end === folded.length || kind === SPACE) return end;
  // the full stop behind a sentence, and not the dot in a number; but `c#` is one word
  if (kind !== JOINER || end - start < 2) return -1;
  const next = folded.charCodeAt(end + 1);
  return end + 1 === folded.length || (kinds[next] || kindOf(next)) === SPACE ? end : -1;
}

function spacedWord(run: string, visit: WordVisitor): void {
  const whole = run.replace(/'s$/, '');
  if (/^\p{Script=Hangul}{3,}$/u.test(whole)) return visit(whole, pairsOf(whole));
  const parts = /[-'.]/.test(whole) ? whole.split(/[-'.]/).filter((part) => part.length > 1) : [];
  return visit(whole.slice(0, MAX_LENGTH), parts);
}

function segmentedWords(run: string, language: string, visit: WordVisitor): void {
  for (const { segment } of segmenter(language).segment(run)) {
    const pairs = /^[\p{Script=Han}\p{Script=Katakana}ー]{3,}$/u.test(segment);
    visit(segment, pairs ? pairsOf(segment) : NO_PARTS);
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
