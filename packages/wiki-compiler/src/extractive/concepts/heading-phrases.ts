/** The phrases of headings: what a section is about is what its document is about. */
import type { LanguageProfile } from '../text/language.ts';
import { canonicalParts } from '../text/tokens.ts';

export interface HeadingPhrase {
  /** Headings that contain it. */
  count: number;
  /** It is a whole heading, or one side of *The Stack and the Heap*. */
  exact: boolean;
  /** It ends a heading. */
  head: boolean;
}

/** Longest phrase in canonical words. */
const LONGEST = 6;
const ARTICLE = /^(?:the|an?|what (?:is|are)|was (?:ist|sind)|der|die|das|什么是)\s*/i;
const BETWEEN =
  /\s(?:about|after|at|before|between|by|during|for|from|in|of|on|over|through|to|under|with|within|without)\s/i;
const COORDINATION = /\s(?:and|or|vs\.?|versus|und|oder)\s|\s?[,/&]\s|[与和及、]/i;

/** All phrases of the headings by key. */
export function headingPhrases(
  headings: readonly string[],
  profile: LanguageProfile,
): Map<string, HeadingPhrase> {
  const phrases = new Map<string, HeadingPhrase>();
  for (const heading of headings) {
    const seen = new Set<string>();
    const bare = heading.replace(/\([^()]{1,12}\)/g, ' ').trim();
    const whole = words(bare.replace(ARTICLE, ''), profile);
    const sides = bare
      .split(COORDINATION)
      .map((side) => words(side.trim().replace(ARTICLE, ''), profile));
    for (const parts of [whole, ...sides]) addPhrases(parts, profile, phrases, seen);
  }
  return phrases;
}

/** Keys of the parts of a title between its small words and marks: *Databases* and *Load* of *Databases under Load*. */
export function titleSides(title: string, profile: LanguageProfile): Set<string> {
  const sides = title
    .split(/[:;,&/()–—]+/)
    .flatMap((side) => side.split(COORDINATION))
    .flatMap((side) => side.split(BETWEEN));
  return new Set(
    sides.map((side) =>
      words(side.trim().replace(ARTICLE, ''), profile).join(profile.spaced ? ' ' : ''),
    ),
  );
}

function addPhrases(
  parts: readonly string[],
  profile: LanguageProfile,
  phrases: Map<string, HeadingPhrase>,
  seen: Set<string>,
): void {
  for (let from = 0; from < parts.length; from += 1)
    for (let to = from + 1; to <= Math.min(parts.length, from + LONGEST); to += 1) {
      const key = parts.slice(from, to).join(profile.spaced ? ' ' : '');
      const phrase = phrases.get(key) ?? { count: 0, exact: false, head: false };
      if (to === parts.length) phrase.head = true;
      if (to - from === parts.length) phrase.exact = true;
      if (!seen.has(key)) phrase.count += 1;
      seen.add(key);
      phrases.set(key, phrase);
    }
}

/** Canonical words of a heading. */
function words(heading: string, profile: LanguageProfile): string[] {
  const bare = heading.replace(/[^\p{L}\p{M}\p{N}+#.&\s-]+/gu, ' ');
  if (profile.spaced) return canonicalParts(bare, profile.canonical);
  return [...new Intl.Segmenter(profile.language, { granularity: 'word' }).segment(bare)]
    .filter((part) => part.isWordLike === true)
    .map((part) => part.segment.toLowerCase());
}
