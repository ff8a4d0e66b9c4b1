/**
 * What a sentence is about, judged by its opening: the topic, or something else, or something else that
 * it says what it is. Only words are looked at; no grammar is known.
 */
import { type DefinitionPatterns, definitionPatterns } from './concepts/definition-patterns.ts';
import { type NameTable, mentionsIn } from './concepts/mention.ts';
import {
  type Subject,
  endsNounPhrase,
  openingMentions,
  opensSentence,
} from './concepts/subject.ts';
import type { Sentence, Topic } from './shapes.ts';
import type { LanguageProfile } from './text/language.ts';

/**
 * - 4: the topic is its subject.
 * - 3: one thing of the kind is, as in *the tower is 48 metres high*.
 * - 2: it speaks of the topic.
 * - 1: it says what a special case of a concept is, or what something is that has no name here and is
 *   told by a named thing.
 * - 0: it says what something else is: such a sentence never describes the topic.
 */
export type Aboutness = 0 | 1 | 2 | 3 | 4;

/** It speaks of the topic: what a sentence is taken to be about where nothing else is known. */
export const MENTION = 2;
/** From here on the topic is its subject. */
export const SUBJECT = 3;

/** Tokens among which the verb of a definition is looked for. */
const DEFINED = 10;

/** `isName` tells whether the words up to a token end with a name of another topic. */
export function aboutness(
  sentence: Sentence,
  subject: Subject,
  profile: LanguageProfile,
  isName: (sentence: Sentence, last: number) => boolean = () => true,
): Aboutness {
  const { tokens } = sentence;
  const { kind } = subject;
  const patterns = definitionPatterns(profile.language);
  const mentions = openingMentions(sentence, subject, profile);
  for (const mention of mentions) {
    if (tokens[mention.to]?.possessive === true) continue;
    if (!opensSentence(sentence, mention, kind, patterns)) continue;
    if (!endsNounPhrase(tokens, mention, kind, profile)) continue;
    const certain = tokens
      .slice(Math.max(0, mention.from - 2), mention.from)
      .some(({ lower }) => patterns.certain.test(lower));
    return kind === 'concept' && certain && !isQuantified(sentence) ? 3 : 4;
  }
  const last = lastDefined(sentence, patterns);
  if (last === undefined) return 2;
  const within = mentions.find(({ to }) => to <= last);
  if (kind === 'concept' && within !== undefined) {
    if (within.to < last) return isCompound(sentence, within.to, last, profile) ? 0 : 2;
    // `a sector light is`, but not `the loudness of a fog signal is`
    return isCompound(sentence, within.from - 2, within.from - 1, profile) ? 1 : 2;
  }
  if (within !== undefined && within.to < last) return 2;
  const named = tokens
    .slice(0, last + 1)
    .some(
      ({ lower, parts }) =>
        !profile.isFunctionWord(lower) && !parts.every((part) => profile.isGeneric(part)),
    );
  if (!named) return 2;
  return kind === 'entity' && !isName(sentence, last) ? 1 : 0;
}

/** Tells whether the words of a sentence up to a token end with the name of a topic that is not this one. */
export function otherNames(names: NameTable<string>, { key }: Pick<Topic, 'key'>) {
  return ({ tokens }: Sentence, last: number): boolean =>
    [...mentionsIn({ tokens: tokens.slice(0, last + 1) }, names)].some(
      ({ to, value }) => to === last && value !== key,
    );
}

/** The last token of what a sentence says the nature of: *The siren* of `The siren is a fog signal`. */
function lastDefined({ text, tokens }: Sentence, patterns: DefinitionPatterns): number | undefined {
  for (const [index, { end }] of tokens.slice(0, DEFINED).entries()) {
    const rest = text.slice(end).replace(/^"?\s?[（(][^()（）]{1,40}[)）]|^"/, '');
    if (patterns.isA.test(rest) || patterns.definedAs.test(rest) || patterns.isCalled.test(rest))
      return index;
  }
  return undefined;
}

/** *Many of the lenses* are lenses in general. */
function isQuantified({ tokens }: Sentence): boolean {
  return /^(?:most|many|all|some|few|several|each|every)$/.test(tokens[0]?.lower ?? '');
}

/** Only content words follow up to the last: *rock* of *a rock lighthouse*. */
function isCompound(
  { tokens }: Sentence,
  to: number,
  last: number,
  profile: LanguageProfile,
): boolean {
  return tokens
    .slice(to + 1, last + 1)
    .every(({ lower, broken }) => !broken && !profile.isFunctionWord(lower));
}
