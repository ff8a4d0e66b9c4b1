/** Names in a sentence: runs of capitalised words that the document does not write in lower case elsewhere. */
import type { Sentence, Token } from '../shapes.ts';
import type { LanguageProfile } from '../text/language.ts';
import { wordSet } from '../words/word-set.ts';
import { type CaseStatistics, hasInnerCapital, isAllCapitals } from './case-statistics.ts';
import { isFirstName } from './first-names.ts';
import type { Gazetteer } from './gazetteer.ts';
import { FOLLOWED_BY_OF, HONORIFICS, ORGANIZATION_HEADS } from './head-words.ts';
import { knownType } from './known-names.ts';

export interface NameRun {
  readonly sentence: Sentence;
  /** Indexes of the first and last token. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** *Professor* stood in front and is not part of the name. */
  readonly honorific: boolean;
}

export interface NameContext {
  readonly statistics: CaseStatistics;
  readonly gazetteer: Gazetteer;
  readonly profile: LanguageProfile;
  /** Surnames of people that are named in full elsewhere: in German no other sign tells them from nouns. */
  readonly surnames?: ReadonlySet<string>;
}

/** Longest name in words; more is a heading or a title in capitals. */
const LONGEST_NAME = 7;
const PAIRED_HEADS = wordSet(
  'bureau ministry department institute conference academy council board society centre center office committee commission association',
);
const JOINERS = new Set([
  'de',
  'von',
  'van',
  'der',
  'den',
  'del',
  'della',
  'di',
  'da',
  'la',
  'le',
  'du',
  'bin',
  'ibn',
  'al',
  'zu',
  'ter',
]);

export function* nameRuns(sentence: Sentence, context: NameContext): Generator<NameRun> {
  const { tokens } = sentence;
  let index = 0;
  while (index < tokens.length) {
    const place = placeAt(sentence, index, context);
    if (place < 0 && properness(sentence, index, context) === 0) {
      index += 1;
      continue;
    }
    const to = endOfRun(sentence, index, Math.max(index, place), context);
    const run = trim(sentence, index, to);
    if (run !== undefined && run.to - run.from < LONGEST_NAME && !isCitation(run)) yield run;
    index = to + 1;
  }
}

/** `(Smith et al., 2020)`, `Fed. R. Bankr. P.`: a reference to a paper or a rule names nobody. */
function isCitation({ sentence, to }: NameRun): boolean {
  const after = sentence.text.slice(sentence.tokens[to]?.end ?? 0).slice(0, 24);
  return /^(?:,? et al\b|,? (?:&|and) \p{Lu}[\p{L}-]+, (?:19|20)\d\d|, (?:19|20)\d\d[a-z]?\s?[;),]|\.\s?\p{Lu}\.)/u.test(
    after,
  );
}

/** 0 no name, 1 by its neighbours only, 2 a name by itself. */
function properness(sentence: Sentence, index: number, context: NameContext): number {
  const token = sentence.tokens[index];
  if (token === undefined || token.parts.length === 0) return 0;
  const { text, lower } = token;
  if (/^[a-z]+$/.test(text)) return 0;
  // `AI-powered`, `Thread-safe`
  if (/-\p{Ll}/u.test(text)) return 0;
  if (hasInnerCapital(text)) return /^\p{Lu}|^(?:i|e)\p{Lu}/u.test(text) ? 2 : 0;
  if (!/^\p{Lu}/u.test(text) || context.profile.isFunctionWord(lower)) return 0;
  if (text.length === 1) return isInitial(sentence, index) ? 1 : 0;
  if (isAllCapitals(text)) return 2;
  if (context.gazetteer.isNoName(lower)) return 1;
  if (context.gazetteer.isPlace(lower) || isFirstName(lower)) return 2;
  if (context.profile.language === 'de')
    return isGermanName(lower) || context.surnames?.has(lower) === true ? 2 : 0;
  const counts = context.statistics.get(lower);
  if (counts === undefined) return 0;
  const capitals = counts.capital + counts.allCapitals + counts.inner;
  if (capitals <= 0.8 * counts.lower) return index > 0 ? 1 : 0;
  return index > 0 || capitals > 0 ? 2 : 0;
}

function isGermanName(lower: string): boolean {
  return /^(?:universität|hochschule|institut|akademie)$|-(?:institut|gesellschaft|stiftung|universität)$|straße$/.test(
    lower,
  );
}

function isInitial({ text, tokens }: Sentence, index: number): boolean {
  const token = tokens[index];
  return token !== undefined && text[token.end] === '.';
}

/** Whether token `index` stands right after the one before: a space, or the full stop of an initial between. */
function adjoins(sentence: Sentence, index: number): boolean {
  const before = sentence.tokens[index - 1];
  const token = sentence.tokens[index];
  if (before === undefined || token === undefined || before.possessive) return false;
  const gap = sentence.text.slice(before.end, token.start);
  if (gap === ' ') return true;
  if (gap === ' & ') return true;
  return (
    /^\.\s?$/.test(gap) &&
    (before.text.length === 1 || HONORIFICS.has(before.lower) || /^(?:st|jr)$/.test(before.lower))
  );
}

/** Index of the last word of a place of several words that begins here (*New York*), or -1. */
function placeAt(sentence: Sentence, from: number, { gazetteer }: NameContext): number {
  const first = sentence.tokens[from];
  if (first === undefined || /^[a-z]/.test(first.text) || !/^\p{Lu}/u.test(first.text)) return -1;
  for (let to = from + 3; to > from; to -= 1) {
    const last = sentence.tokens[to];
    if (last === undefined || !/^\p{Lu}/u.test(last.text)) continue;
    if (gazetteer.isPlace(sentence.text.slice(first.start, last.end).toLowerCase())) return to;
  }
  return -1;
}

function endOfRun(sentence: Sentence, from: number, last: number, context: NameContext): number {
  const { tokens } = sentence;
  let to = last;
  for (;;) {
    const next = to + 1;
    if (next >= tokens.length || !adjoins(sentence, next)) return to;
    if (continuesName(sentence, from, next, context)) {
      to = next;
      continue;
    }
    const joined = joinedWord(sentence, from, next, context);
    if (joined < 0) return to;
    to = joined;
    const pair = pairedWord(sentence, from, to + 1, context);
    if (pair > 0) to = pair;
  }
}

function continuesName(
  sentence: Sentence,
  from: number,
  next: number,
  context: NameContext,
): boolean {
  const token = sentence.tokens[next] as Token;
  if (properness(sentence, next, context) > 0) return true;
  const before = sentence.tokens[next - 1] as Token;
  // `WMT 2014`, `NIPS 2017`
  if (/^(?:19|20)\d\d$/.test(token.text))
    return isAllCapitals(before.text) && !/^[-–.]\d/.test(sentence.text.slice(token.end));
  const capital = /^\p{Lu}\p{Ll}/u.test(token.text) && !context.profile.isFunctionWord(token.lower);
  if (!capital || context.profile.language !== 'de') return false;
  const first = sentence.tokens[from] as Token;
  return next - from < 3 && (isFirstName(first.lower) || ORGANIZATION_HEADS.has(first.lower));
}

/** *University of Toronto*, *Ludwig van Beethoven*: index of the last token behind the joining words, or -1. */
function joinedWord(sentence: Sentence, from: number, next: number, context: NameContext): number {
  const { tokens } = sentence;
  const word = tokens[next]?.lower ?? '';
  let after = next + 1;
  if (/^(?:of|for|on|to|für|der|des)$/.test(word)) {
    const head = tokens.slice(from, next).some(({ lower }) => FOLLOWED_BY_OF.has(lower));
    if (!head && !JOINERS.has(word)) return -1;
    if (word === 'to' && !tokens.slice(from, next).some(({ lower }) => lower === 'for')) return -1;
    if (/^(?:the|der|die|das)$/.test(tokens[after]?.lower ?? '')) after += 1;
  } else if (JOINERS.has(word)) {
    if (JOINERS.has(tokens[after]?.lower ?? '')) after += 1;
  } else return -1;
  for (let index = next + 1; index <= after; index += 1) if (!adjoins(sentence, index)) return -1;
  return properness(sentence, after, context) > 0 ? after : -1;
}

/** *Bureau of Weights and Measures*: behind *of*, two plain nouns are one name; two places or firms are not. */
function pairedWord(sentence: Sentence, from: number, and: number, context: NameContext): number {
  const { tokens } = sentence;
  const left = tokens[and - 1];
  const right = tokens[and + 1];
  if (left === undefined || right === undefined || !/^(?:and|und)$/.test(tokens[and]?.lower ?? ''))
    return -1;
  if (!tokens.slice(from, and).some(({ lower }) => PAIRED_HEADS.has(lower))) return -1;
  if (!adjoins(sentence, and) || !adjoins(sentence, and + 1)) return -1;
  const plain = ({ text, lower }: Token) =>
    /^\p{Lu}\p{Ll}+$/u.test(text) &&
    !context.gazetteer.isPlace(lower) &&
    !isFirstName(lower) &&
    knownType(lower) === undefined;
  return plain(left) && plain(right) ? and + 1 : -1;
}

/** Cuts honorifics off the front and what no name ends in; a run of weak words only is none. */
function trim(sentence: Sentence, first: number, last: number): NameRun | undefined {
  const { tokens, text } = sentence;
  let from = first;
  let to = last;
  let honorific = false;
  while (from < to && HONORIFICS.has(tokens[from]?.lower ?? '')) {
    honorific = true;
    from += 1;
  }
  while (to > from && (tokens[to]?.text.length === 1 || JOINERS.has(tokens[to]?.lower ?? '')))
    to -= 1;
  const start = tokens[from];
  const end = tokens[to];
  if (start === undefined || end === undefined || (from === to && start.text.length < 2))
    return undefined;
  const name = text.slice(start.start, end.end);
  const dotted = /(?:^|\s)(?:\p{Lu}\.)+\p{Lu}$/u.test(name) && text[end.end] === '.';
  return { sentence, from, to, text: dotted ? `${name}.` : name, honorific };
}
