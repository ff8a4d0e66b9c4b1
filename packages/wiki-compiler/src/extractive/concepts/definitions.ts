/**
 * Sentences that say what a thing is, by the words before and after its name. Scores are a ranking
 * found by reading the results of twelve documents; from 2 up a sentence is worth showing.
 */
import type { Definition, Language, Sentence, Text } from '../shapes.ts';
import { languageProfile } from '../text/language.ts';
import { type DefinitionPatterns, definitionPatterns } from './definition-patterns.ts';
import type { Mention } from './mention.ts';
import { endsNounPhrase } from './subject.ts';

/** Below it a sentence mentions and does not define. */
export const WORTH_SHOWING = 2;

/** Words below which a definition is curt. */
const CURT = 8;

export interface NamedSentence {
  readonly sentence: Sentence;
  readonly mention: Mention;
  /** The sentence is in a section whose heading is the name and nothing else. */
  readonly ownSection: boolean;
}

/** Definitions among sentences, best first, equal ones in document order. */
export function rankDefinitions(sentences: Iterable<NamedSentence>, text: Text): Definition[] {
  const found: Definition[] = [];
  const seen = new Map<number, number>();
  for (const named of sentences) {
    const score = definitionScore(named, text);
    const best = seen.get(named.sentence.index) ?? 0;
    if (score >= WORTH_SHOWING && score > best) seen.set(named.sentence.index, score);
  }
  for (const [sentence, score] of seen) found.push({ sentence, score: round(score) });
  return found.toSorted((a, b) => b.score - a.score || a.sentence - b.sentence);
}

function definitionScore({ sentence, mention, ownSection }: NamedSentence, text: Text): number {
  if (!isQuotableLength(sentence, text.language) || !/[.!?。！？:"')]$/.test(sentence.text))
    return 0;
  const first = sentence.tokens[mention.from];
  const last = sentence.tokens[mention.to];
  if (first === undefined || last === undefined || last.possessive) return 0;
  const patterns = definitionPatterns(text.language);
  const base = patternScore(
    sentence.text.slice(0, first.start),
    sentence.text.slice(last.end),
    patterns,
    ownSection &&
      sentence.offset < 3 &&
      endsNounPhrase(sentence.tokens, mention, 'concept', languageProfile(text.language)),
  );
  const position = sentence.index / Math.max(1, text.sentences.length);
  // `Drift is a speed.` tells less than what takes a line to say
  const curt = sentence.tokens.length < CURT && !isUnspaced(text.language) ? 0.7 : 1;
  return base * (1 - 0.45 * position) * curt * readability(sentence.text, patterns);
}

function patternScore(
  before: string,
  after: string,
  patterns: DefinitionPatterns,
  leadOfOwnSection: boolean,
): number {
  const opens = patterns.opening.test(before);
  // an acronym in brackets and a closing quotation mark belong to the name
  const rest = after.replace(/^"?\s?[（(][^()（）]{1,40}[)）]|^"/, '');
  if (opens && patterns.definedAs.test(rest)) return 5.5;
  if (opens && patterns.isA.test(rest)) return 5;
  if (opens && leadOfOwnSection) return 4.8;
  if (opens && patterns.does.test(rest)) return 3.2;
  if (opens && /^\s?[:–—]\s/.test(rest)) return 3;
  if (patterns.introduces.test(before.slice(-60)) && patterns.introduced.test(rest)) return 3;
  if (opens && patterns.apposition.test(rest)) return 2.6;
  return before.endsWith('"') && after.startsWith('"') ? 2.5 : 0;
}

function readability(sentence: string, patterns: DefinitionPatterns): number {
  let factor = 1;
  if (patterns.pronounStart.test(sentence)) factor *= 0.75;
  if (patterns.judgement.test(sentence)) factor *= 0.8;
  if (isFormula(sentence)) factor *= 0.7;
  return factor;
}

/** Signs of a formula: quoted alone it cannot be understood. */
export function isFormula(sentence: string): boolean {
  return /[=∑∏∫√≤≥∈∀∃αβγδεθλμσφω∂∇×]|\\[a-z]{2,}|\$[^$\s]/u.test(sentence);
}

function isUnspaced(language: Language): boolean {
  return /^(?:zh|ja|th)/.test(language);
}

/** 6 to 60 words, or 10 to 150 characters where words are not spaced. */
function isQuotableLength(sentence: Sentence, language: Language): boolean {
  const characters = sentence.text.length;
  if (isUnspaced(language)) return characters >= 8 && characters <= 200;
  return sentence.tokens.length >= 6 && sentence.tokens.length <= 60 && characters <= 600;
}

/** Scores go into pages; three decimals keep them short. */
function round(score: number): number {
  return Math.round(score * 1000) / 1000;
}
