/** Words of a sentence with their canonical parts. */
import type { Language, Token } from '../shapes.ts';
import { isSpacedLanguage } from './script.ts';

/** Keeps `self-attention`, `C++`, `U.S`, `node.js`, `AT&T`, `don't`; a slash separates. */
const WORD =
  /[\p{L}\p{N}][\p{L}\p{M}\p{N}_]*(?:[-'.&‐‑·][\p{L}\p{M}\p{N}_]+)*(?:\+\+|#(?![\p{L}\p{N}]))?/gu;

/** Characters from which on a run is data, not a word: no phrase or name is looked for in it. */
const LONGEST_WORD = 200;

export type CanonicalWord = (lower: string) => string;

const wordSegmenters = new Map<Language, Intl.Segmenter>();

/** Tokens in order; `canonical` maps a lower-case word to its dictionary form, such as the singular. */
export function tokenise(sentence: string, language: Language, canonical: CanonicalWord): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const [text, start] of words(sentence, language)) {
    const possessive =
      /'s?$|'S$/.test(text) ||
      /^'(?!\p{L}{2})/u.test(sentence.slice(start + text.length, start + text.length + 3));
    const bare = text.replace(/'s?$|'S$/, '');
    const lower = bare.toLowerCase();
    const broken = start > end && sentence.slice(end, start).trim() !== '';
    tokens.push({
      text: bare,
      lower,
      parts: partsOfWord(lower, canonical),
      start,
      end: start + bare.length,
      broken: broken && tokens.length > 0,
      possessive,
    });
    end = start + text.length;
  }
  return tokens;
}

/** Parts by word, for each way to find them: a document has few words and says them often. */
const knownParts = new WeakMap<CanonicalWord, Map<string, readonly string[]>>();
const REMEMBERED = 100_000;

function partsOfWord(lower: string, canonical: CanonicalWord): readonly string[] {
  if (lower.length > LONGEST_WORD) return [];
  let known = knownParts.get(canonical);
  if (known === undefined) knownParts.set(canonical, (known = new Map()));
  let parts = known.get(lower);
  if (parts === undefined) {
    parts = canonicalParts(lower, canonical);
    if (known.size >= REMEMBERED) known.clear();
    known.set(lower, parts);
  }
  return parts;
}

/** Canonical parts of one word or of a phrase: lower case, split at hyphens, each in dictionary form. */
export function canonicalParts(phrase: string, canonical: CanonicalWord): string[] {
  return phrase
    .toLowerCase()
    .split(/[-‐‑\s_]+/)
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
    .map(canonical);
}

function* words(sentence: string, language: Language): Generator<[string, number]> {
  if (isSpacedLanguage(language)) {
    for (const match of sentence.matchAll(WORD)) yield [match[0], match.index];
    return;
  }
  let segmenter = wordSegmenters.get(language);
  if (segmenter === undefined) {
    segmenter = new Intl.Segmenter(language, { granularity: 'word' });
    wordSegmenters.set(language, segmenter);
  }
  for (const part of segmenter.segment(sentence))
    if (part.isWordLike === true) yield [part.segment, part.index];
}
