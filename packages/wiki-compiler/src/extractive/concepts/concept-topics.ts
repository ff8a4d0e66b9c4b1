/** Examined groups as topics: the names, keys and sentences that a page needs. */
import type { Text, Topic } from '../shapes.ts';
import { compareText, keyOfName } from '../text/keys.ts';
import type { LanguageProfile } from '../text/language.ts';
import { NAMING_HEADS } from '../words/generic-words.ts';
import type { Candidate } from './candidates.ts';
import { type ExaminedGroup, isRootWithHead } from './evidence.ts';
import { capitalise, displayName } from './names.ts';

/** A longer form gives the page its name when it occurs this often. */
const NAMING_FORM = 3;

/** The topic of a group: the root is its key, so that documents that name it differently meet. */
export function topicOfGroup(examined: ExaminedGroup, profile: LanguageProfile): Topic {
  const { group } = examined;
  const { root, acronym } = group;
  const naming = namingForm(examined);
  const name =
    acronym === undefined ? displayName(naming, profile) : longName(acronym.long, profile);
  const title = acronym === undefined ? name : `${name} (${acronym.short})`;
  const keys = new Set([root.key, naming.key, keyOfName(name, profile)]);
  if (acronym !== undefined) keys.add(keyOfName(acronym.short, profile));
  keys.delete('');
  const aliases = new Set([displayName(root, profile), name]);
  if (acronym !== undefined) aliases.add(acronym.short);
  aliases.delete(title);
  return {
    kind: 'concept',
    key: acronym === undefined ? root.key : keyOfName(acronym.long, profile),
    keys: [...keys].toSorted(compareText),
    title,
    aliases: [...aliases].toSorted(compareText),
    score: round(examined.score),
    mentions: examined.mentions,
    sentences: examined.sentences,
    definitions: examined.definitions,
  };
}

/** *Large language models (LLMs)* is the page *Large language model (LLM)*. */
function longName(long: string, profile: LanguageProfile): string {
  const singular =
    profile.language === 'en' ? long.replace(/\p{Ll}+$/u, (word) => profile.canonical(word)) : long;
  return capitalise(singular, profile);
}

function namingForm({ group }: ExaminedGroup): Candidate {
  const longer = group.members
    .map(({ candidate }) => candidate)
    .filter(
      (one) =>
        isRootWithHead(one.parts, group.root.parts) &&
        NAMING_HEADS.has(one.parts.at(-1) ?? '') &&
        one.frequency >= NAMING_FORM,
    )
    .toSorted((a, b) => b.frequency - a.frequency || compareText(a.key, b.key));
  return longer[0] ?? group.root;
}

/** Whether a text has enough about a topic for a page: 3 sentences, 2 in a short document. */
export function hasEnoughSentences(topic: Topic, text: Text): boolean {
  return topic.sentences.length >= (text.words < 3000 ? 2 : 3);
}

/** The first sentences of a document: what the title names is defined here, if anywhere. */
const BEGINNING = 3;
/** Score of a definition in the words of a definition. */
const PLAIN_DEFINITION = 4;

/** Whether a document opens by saying what its title names: one sentence is enough then. */
export function isTitleDefined(
  { definitions }: Topic,
  { titleExact }: Candidate,
  { sentences }: Text,
): boolean {
  const begin = sentences.find((one) => one.prose)?.index ?? 0;
  return (
    titleExact &&
    definitions.some(
      ({ sentence, score }) => score >= PLAIN_DEFINITION && sentence < begin + BEGINNING,
    )
  );
}

function round(score: number): number {
  return Math.round(score * 1000) / 1000;
}
