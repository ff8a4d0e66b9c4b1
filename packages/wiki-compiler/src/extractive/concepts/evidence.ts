/**
 * The evidence gate: what a phrase must show besides its score to be worth a page (the largest single
 * gain in how many concept pages are useful).
 */
import type { Definition, Sentence, Text } from '../shapes.ts';
import { type NamedSentence, rankDefinitions } from './definitions.ts';
import type { ConceptGroup } from './groups.ts';
import { type Named, mentionsIn, nameTable } from './mention.ts';

/** Sentences that are looked at for one concept; the first ones, which define oftener. */
const SENTENCES_EXAMINED = 120;

const FACTORS = [0.5, 1, 1.4, 1.7, 1.9, 2];

export interface ExaminedGroup {
  readonly group: ConceptGroup;
  readonly definitions: readonly Definition[];
  /** Sentences of prose that mention a member, ascending. */
  readonly sentences: readonly number[];
  readonly mentions: number;
  /** How many kinds of evidence there are. */
  readonly evidence: number;
  /** It has a section of its own and a definition: a page whatever the number of pages. */
  readonly established: boolean;
  /** One word that nothing but its frequency speaks for: not defined, no heading, no acronym. */
  readonly bare: boolean;
  readonly score: number;
}

/** Looks at what the text says about a group and weighs its score by it. */
export function examineGroup(group: ConceptGroup, text: Text): ExaminedGroup {
  const { root, members } = group;
  const sentences = [...new Set(members.flatMap(({ candidate }) => candidate.sentences))].toSorted(
    (a, b) => a - b,
  );
  const definitions = rankDefinitions(definingSentences(group, sentences, text), text);
  const best = definitions[0]?.score ?? 0;
  const any = (test: (one: ConceptGroup['root']) => boolean) =>
    members.some(({ candidate }) => test(candidate));
  const headingExact = any((one) => one.headingExact);
  const inTitle = root.inTitle;
  const evidence = [
    best >= 2.5,
    best >= 4,
    headingExact,
    inTitle,
    group.acronym !== undefined,
    members.length >= 4,
    any((one) => one.inAbstract && one.parts.length >= 2),
  ].filter(Boolean).length;
  const bareWord =
    root.parts.length === 1 &&
    !(headingExact || best >= 3.5 || group.acronym !== undefined) &&
    !(inTitle && (root.headingHead || best > 0));
  return {
    group,
    definitions,
    sentences,
    mentions: mentionCount(group, text, sentences),
    evidence,
    bare: bareWord,
    established: (headingExact && best >= 2.5) || (best >= 4 && evidence >= 2),
    score:
      group.score * (FACTORS[Math.min(evidence, FACTORS.length - 1)] ?? 1) * (bareWord ? 0.4 : 1),
  };
}

/** The root and what means the same define the concept; a special case of it does not. */
function definingNames(group: ConceptGroup): Named<string>[] {
  const { root, members, acronym } = group;
  const same = members.filter(
    ({ candidate }) =>
      candidate === root ||
      isRootWithHead(candidate.parts, root.parts) ||
      candidate.key === acronym?.short.toLowerCase(),
  );
  const names = [root, ...same.map(({ candidate }) => candidate)].map(({ parts }) => parts);
  if (acronym !== undefined) names.push([acronym.short.toLowerCase()]);
  return names.map((parts) => ({ parts, value: root.key }));
}

export function isRootWithHead(parts: readonly string[], root: readonly string[]): boolean {
  return parts.length === root.length + 1 && root.every((part, index) => part === parts[index]);
}

function* definingSentences(
  group: ConceptGroup,
  indexes: readonly number[],
  text: Text,
): Generator<NamedSentence> {
  const names = definingNames(group);
  const table = nameTable(names);
  const keys = new Set(names.map(({ parts }) => parts.join(' ')));
  for (const index of indexes.slice(0, SENTENCES_EXAMINED)) {
    const sentence = text.sentences[index];
    if (sentence === undefined) continue;
    for (const mention of mentionsIn(sentence, table)) {
      if (isPartOfLongerName(sentence, mention.from)) continue;
      const ownSection = keys.has(headingKey(sentence, text));
      yield { sentence, mention, ownSection };
    }
  }
}

/** *Multi-head attention is ...* defines the special case, not *attention*. */
function isPartOfLongerName(sentence: Sentence, from: number): boolean {
  const before = sentence.tokens[from - 1];
  return (
    from === 1 &&
    before !== undefined &&
    /^\p{Lu}/u.test(before.text) &&
    !/^(?:the|an?|in|der|die|das|eine?)$/i.test(before.text)
  );
}

function headingKey(sentence: Sentence, text: Text): string {
  const title = text.sections[sentence.section]?.title ?? '';
  return title
    .toLowerCase()
    .replace(/^the /, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/s$/, '');
}

function mentionCount(group: ConceptGroup, text: Text, indexes: readonly number[]): number {
  const table = nameTable(
    group.members.map(({ candidate }) => ({ parts: candidate.parts, value: true })),
  );
  let count = 0;
  for (const index of indexes) {
    const sentence = text.sentences[index];
    if (sentence !== undefined) for (const _ of mentionsIn(sentence, table)) count += 1;
  }
  return count;
}
