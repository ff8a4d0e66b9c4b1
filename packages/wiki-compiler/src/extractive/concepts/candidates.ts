/**
 * Candidate phrases: one to four content words in a row in the prose of a document, with what was
 * seen of each. The first pass counts, the second looks closely at what occurs often enough.
 */
import type { Sentence, Text, Token } from '../shapes.ts';
import { type Steps, eachInSteps, textLength } from '../steps.ts';
import { keyOfTokens } from '../text/keys.ts';
import type { LanguageProfile } from '../text/language.ts';
import { headingPhrases, titleSides } from './heading-phrases.ts';
import { PhraseCounts } from './phrase-counts.ts';
import { verbLikeWords } from './verb-like.ts';

/** Words in a phrase; a script without spaces is bounded by characters instead. */
const LONGEST_PHRASE = 4;
const LONGEST_UNSPACED = 10;

/** Occurrences whose spelling and neighbours are recorded: more say nothing new. */
const LOOKED_AT = 2000;

export interface Candidate {
  readonly key: string;
  readonly parts: readonly string[];
  frequency: number;
  /** Ascending, each once. */
  readonly sentences: number[];
  readonly sections: Set<number>;
  /** Spellings with their counts, of the first occurrences. */
  readonly forms: Map<string, number>;
  /** Positions of the first and last occurrence in the words of the document. */
  first: number;
  last: number;
  /** Occurrences after which the noun phrase ends. */
  endings: number;
  /** Occurrences in capitals only. */
  capitals: number;
  /** Words before and after with their counts, of the first occurrences. */
  readonly left: Map<string, number>;
  readonly right: Map<string, number>;
  inTitle: boolean;
  /** It is the whole title, or a part of it between small words. */
  titleExact: boolean;
  inAbstract: boolean;
  /** Headings that contain it, and whether one is nothing else. */
  headings: number;
  headingExact: boolean;
  /** It ends a heading: *clock* in *Physical Clocks*. */
  headingHead: boolean;
}

export interface Candidates {
  readonly byKey: ReadonlyMap<string, Candidate>;
  /** Words counted, the unit of `first` and `last`. */
  readonly length: number;
}

interface Occurrence {
  /** Equal for equal keys. */
  readonly number: number;
  readonly from: number;
  readonly to: number;
}

/** Collects the candidates of a text's prose outside the back matter. */
export function* collectCandidates(text: Text, profile: LanguageProfile): Steps<Candidates> {
  const sentences = text.sentences.filter((one) => one.prose && !one.back);
  const verbs = profile.language === 'en' ? verbLikeWords(sentences) : new Set<string>();
  const counts = new PhraseCounts(
    sentences.reduce((sum, { tokens }) => sum + tokens.length * 2, 0),
  );
  yield* eachInSteps(sentences, textLength, (sentence) => {
    for (const { number } of occurrences(sentence, profile, verbs, counts)) counts.count(number);
  });
  const titles = headingPhrases([text.title], profile);
  const sides = titleSides(text.title, profile);
  const headings = headingPhrases(
    text.sections.filter((one) => !one.back).map((one) => one.title),
    profile,
  );
  const byKey = new Map<string, Candidate>();
  const named = new Set<number>();
  for (const key of [...headings.keys(), ...titles.keys()])
    named.add(numberOfKey(key, profile, counts));
  let position = 0;
  yield* eachInSteps(sentences, textLength, (sentence) => {
    for (const found of occurrences(sentence, profile, verbs, counts)) {
      if (counts.mayRecur(found.number) || named.has(found.number))
        observe(byKey, found, sentence, position, profile);
    }
    position += sentence.tokens.length;
  });
  for (const [key, candidate] of byKey) {
    if (candidate.frequency < 2 && !headings.has(key) && !titles.has(key)) byKey.delete(key);
  }
  for (const candidate of byKey.values()) {
    candidate.inTitle = titles.has(candidate.key);
    candidate.titleExact = sides.has(candidate.key);
    const heading = headings.get(candidate.key);
    candidate.headings = heading?.count ?? 0;
    candidate.headingExact = heading?.exact ?? false;
    candidate.headingHead = heading?.head ?? false;
  }
  return { byKey, length: Math.max(1, position) };
}

function* occurrences(
  sentence: Sentence,
  profile: LanguageProfile,
  verbs: ReadonlySet<string>,
  counts: PhraseCounts,
): Generator<Occurrence> {
  const { tokens } = sentence;
  let runStart = 0;
  for (let end = 0; end < tokens.length; end += 1) {
    const token = tokens[end];
    if (token === undefined || !isContent(token, profile)) {
      runStart = end + 1;
      continue;
    }
    if (token.broken || tokens[end - 1]?.possessive === true) runStart = end;
    if (verbs.has(token.lower) || !profile.canEnd(token.text, token.lower)) continue;
    let number = 0;
    let length = 0;
    for (let from = end; from >= runStart && end - from < LONGEST_PHRASE; from -= 1) {
      const first = tokens[from];
      if (first === undefined) break;
      number = extend(number, first.parts, profile, counts);
      for (const part of first.parts) length += part.length;
      if (verbs.has(first.lower) || !profile.canBegin(first.text, first.lower)) continue;
      if (!profile.spaced && (length > LONGEST_UNSPACED || length < 2)) continue;
      yield { number, from, to: end };
    }
  }
}

/** By words, last to first; by characters where the words of a key cannot be told. */
function extend(
  number: number,
  parts: readonly string[],
  profile: LanguageProfile,
  counts: PhraseCounts,
): number {
  let result = number;
  for (let at = parts.length - 1; at >= 0; at -= 1) {
    const part = parts[at] ?? '';
    if (profile.spaced) result = counts.extend(result, part);
    else
      for (let place = part.length - 1; place >= 0; place -= 1)
        result = counts.extend(result, part.charAt(place));
  }
  return result;
}

function numberOfKey(key: string, profile: LanguageProfile, counts: PhraseCounts): number {
  return extend(0, profile.spaced ? key.split(' ') : [key], profile, counts);
}

function isContent(token: Token, profile: LanguageProfile): boolean {
  if (token.parts.length === 0 || !/[A-Za-z]|\p{L}/u.test(token.text)) return false;
  if (profile.spaced && token.text.length < 2) return false;
  return !profile.isFunctionWord(token.lower);
}

function observe(
  byKey: Map<string, Candidate>,
  found: Occurrence,
  sentence: Sentence,
  position: number,
  profile: LanguageProfile,
): void {
  const { tokens } = sentence;
  const words = tokens.slice(found.from, found.to + 1);
  const key = keyOfTokens(words, profile);
  let candidate = byKey.get(key);
  if (candidate === undefined) {
    const parts = words.flatMap((token) => token.parts);
    candidate = newCandidate(key, parts, position + found.from);
    byKey.set(key, candidate);
  }
  const before = tokens[found.from - 1];
  const after = tokens[found.to + 1];
  const last = tokens[found.to];
  const form = sentence.text.slice(tokens[found.from]?.start ?? 0, last?.end ?? 0);
  candidate.frequency += 1;
  candidate.last = position + found.to;
  if (candidate.sentences.at(-1) !== sentence.index) candidate.sentences.push(sentence.index);
  candidate.sections.add(sentence.section);
  if (candidate.frequency <= LOOKED_AT) {
    increment(candidate.forms, form);
    increment(candidate.left, tokens[found.from]?.broken === true ? '' : (before?.lower ?? ''));
    increment(candidate.right, after === undefined || after.broken ? '' : after.lower);
  }
  const ends =
    after === undefined || after.broken || last?.possessive === true || !isContent(after, profile);
  if (ends) candidate.endings += 1;
  if (inCapitals(form)) candidate.capitals += 1;
  if (sentence.abstract) candidate.inAbstract = true;
}

/** In capitals only, with a letter among them. */
function inCapitals(form: string): boolean {
  return !/[a-z]/.test(form) && form === form.toUpperCase() && form !== form.toLowerCase();
}

function newCandidate(key: string, parts: string[], first: number): Candidate {
  return {
    key,
    parts,
    frequency: 0,
    sentences: [],
    sections: new Set(),
    forms: new Map(),
    first,
    last: first,
    endings: 0,
    capitals: 0,
    left: new Map(),
    right: new Map(),
    inTitle: false,
    titleExact: false,
    inAbstract: false,
    headings: 0,
    headingExact: false,
    headingHead: false,
  };
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
