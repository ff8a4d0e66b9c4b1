/** The named things of a document, best first: runs of capitalised words, merged, typed, weighed. */
import type { Acronym } from '../concepts/acronyms.ts';
import { rankDefinitions } from '../concepts/definitions.ts';
import { mentionsIn, nameTable } from '../concepts/mention.ts';
import type { EntityType, Sentence, Text, Topic } from '../shapes.ts';
import type { Steps } from '../steps.ts';
import { compareText, keyOfName } from '../text/keys.ts';
import type { LanguageProfile } from '../text/language.ts';
import { wordSet } from '../words/word-set.ts';
import { caseStatistics, hasInnerCapital, isAllCapitals } from './case-statistics.ts';
import { isFirstName } from './first-names.ts';
import { gazetteer } from './gazetteer.ts';
import { knownType } from './known-names.ts';
import { type MergedName, mergeNames, typeOf } from './merge-names.ts';
import { isMethodName } from './method-names.ts';
import type { NameContext } from './name-runs.ts';
import { type NameStatistics, collectNames } from './name-statistics.ts';
import { collectUnspacedNames } from './unspaced-names.ts';

/** Entities that are recorded and can support a page that another document made. */
const RECORDED = 30;

export interface EntityTopic {
  readonly topic: Topic;
  /** May get a page of its own. */
  readonly choosable: boolean;
  /** May get one when there is room. */
  readonly spare: boolean;
}

export interface Entities {
  readonly topics: readonly EntityTopic[];
  /** Keys that are names and therefore no concepts. */
  readonly names: ReadonlySet<string>;
}

/** Finds entities; `authors` are people who get a page only when the text itself speaks of them. */
export function* findEntities(
  text: Text,
  profile: LanguageProfile,
  acronyms: ReadonlyMap<string, Acronym>,
  authors: readonly string[],
): Steps<Entities> {
  const sentences = text.sentences.filter((one) => one.prose && !one.back);
  const statistics = yield* caseStatistics(sentences);
  const places = gazetteer(profile.language);
  const context = { statistics, gazetteer: places, profile };
  const found = profile.spaced
    ? yield* spacedNames(sentences, context)
    : yield* collectUnspacedNames(sentences, context);
  const least = leastMentions(text.words);
  const writers = new Set(authors.map((author) => keyOfName(author, profile)));
  const merged = mergeNames(found, acronyms, profile).filter((name) => isName(name, context));
  const camels = merged.filter(({ forms }) => isCamelCase(commonest(forms))).length;
  const byShort = new Map(
    [...acronyms.values()].map((one) => [keyOfName(one.short, profile), one]),
  );
  const topics = merged
    .filter((name) => name.count >= 2 || name.inAbstract || name.certainty >= 0.9)
    .map((name) => {
      const topic = topicOf(name, text, acronyms, profile);
      const method = isMethodName(topic, name.articles, byShort.get(name.key), text);
      const choosable = isChoosable(name, topic, least, writers) && !isIdentifier(topic, camels);
      return { topic, method, choosable, spare: isSpare(name, topic, least, writers) };
    })
    .filter(({ method }) => !method)
    .toSorted((a, b) => b.topic.score - a.topic.score || compareText(a.topic.key, b.topic.key))
    .map(({ topic, choosable, spare }): EntityTopic => ({ topic, choosable, spare }));
  return {
    topics: topics.slice(0, RECORDED),
    names: new Set([
      ...topics.filter(isCertainlyName).flatMap(({ topic }) => topic.keys),
      ...merged.filter((name) => typeOf(name) === 'person').flatMap(namesOfPerson),
    ]),
  };
}

/** German surnames are known only once the full names are: they are looked for in a second reading. */
function* spacedNames(
  sentences: readonly Sentence[],
  context: NameContext,
): Steps<Map<string, NameStatistics>> {
  const found = yield* collectNames(sentences, context);
  if (context.profile.language !== 'de') return found;
  const surnames = new Set<string>();
  for (const name of found.values())
    if (typeOf(name) === 'person')
      for (const form of name.forms.keys()) {
        const [last, ...first] = form.toLowerCase().split(' ').toReversed();
        if (last !== undefined && first.length > 0) surnames.add(last);
      }
  return yield* collectNames(sentences, { ...context, surnames });
}

/** The full name and the surname: *Fresnel* is no concept where Augustin Fresnel is a person. */
function namesOfPerson({ keys }: MergedName): string[] {
  return keys.flatMap((key) =>
    key.includes(' ') ? [key, key.slice(key.lastIndexOf(' ') + 1)] : [key],
  );
}

/** A recorded name that is no concept: of a known type, or written as a name throughout. */
function isCertainlyName({ topic, choosable }: EntityTopic): boolean {
  return topic.entityType === 'other' ? choosable : (topic.confidence ?? 0) >= 0.5 || choosable;
}

/** How often a thing must be named, by the length of the document. */
function leastMentions(words: number): number {
  return words > 60_000 ? 6 : words > 20_000 ? 4 : words > 6_000 ? 3 : 2;
}

function isChoosable(
  name: MergedName,
  { entityType: type }: Topic,
  least: number,
  writers: ReadonlySet<string>,
): boolean {
  if (name.keys.some((key) => writers.has(key)) && name.count < 5) return false;
  if (name.certainty < 0.6 && isBareAcronym(name)) return false;
  if (type === 'other' && /^\S+ing$/.test(name.key)) return false;
  if (type === 'other') return name.count >= 2 * least;
  const strong = name.inAbstract && name.certainty >= 0.75 && type !== 'place';
  return name.count >= (strong ? 1 : least);
}

/** A short document names most people and institutions once; with a sure type they may fill up its pages. */
function isSpare(
  name: MergedName,
  { entityType: type }: Topic,
  least: number,
  writers: ReadonlySet<string>,
): boolean {
  const sure = name.certainty >= 0.9 && /^(?:person|organization|work)$/.test(type ?? '');
  return sure && least <= 2 && !name.keys.some((key) => writers.has(key));
}

/** From this many on, names like `NewsArticle` are the identifiers of a program's text. */
const CAMEL_NAMES = 12;

function isIdentifier({ title, entityType, definitions }: Topic, camels: number): boolean {
  if (camels < CAMEL_NAMES || entityType !== 'product' || !isCamelCase(title)) return false;
  return knownType(title.toLowerCase()) === undefined && (definitions[0]?.score ?? 0) < 3;
}

function isCamelCase(form: string): boolean {
  return !form.includes(' ') && hasInnerCapital(form);
}

/** An acronym that the document explains nowhere. */
function isBareAcronym({ forms }: MergedName): boolean {
  return [...forms.keys()].every((form) => isAllCapitals(form.replace(/(?<=\p{Lu})s$/u, '')));
}

/** What numbers a picture, a table, a formula or a part. */
const LABELS = wordSet(
  'fig figs figure figures tab table tables eq eqs eqn eqns sec sect chap vol no nos nr abb abs',
);

/** Labels, headings in capitals, words that are mostly written small, identifiers: no names. */
function isName(
  name: MergedName,
  { statistics, gazetteer: places, profile }: NameContext,
): boolean {
  const form = commonest(name.forms);
  const words = form.split(' ');
  // a heading in capitals
  if (words.length > 1 && form === form.toUpperCase() && form.replace(/\P{L}/gu, '').length > 8)
    return false;
  if (name.numbered >= 0.4 * name.count) return false;
  if (/[^\p{L}\p{M}\p{N}\s.&'+#/-]/u.test(form) || form.length > 60) return false;
  if (words.length === 1) {
    const lower = form.toLowerCase();
    if (places.isNoName(lower) || LABELS.has(lower)) return false;
    // every German noun has a capital, and many are first names too: *Rand*, *Deck*
    const onlyFirst = name.keys.length === 1 && isFirstName(lower) && !places.isPlace(lower);
    if (profile.language === 'de' && onlyFirst && knownType(lower) === undefined) return false;
    if (isAllCapitals(form) && form.replace(/[^\p{L}]/gu, '').length > 6) return false;
    if (/^\p{Ll}/u.test(form) && hasInnerCapital(form) && !/^[ie]\p{Lu}\p{Ll}/u.test(form))
      return false;
    const counts = statistics.get(lower);
    if (
      counts !== undefined &&
      counts.lower > 0.3 * (counts.lower + counts.capital + counts.allCapitals + counts.initial)
    )
      return false;
  }
  return !words.every((word) => places.isNoName(word.toLowerCase()));
}

function topicOf(
  name: MergedName,
  text: Text,
  acronyms: ReadonlyMap<string, Acronym>,
  profile: LanguageProfile,
): Topic {
  const type = typeOf(name);
  const own = new Map([...name.forms].filter(([form]) => keyOfName(form, profile) === name.key));
  const title = commonest(own.size === 0 ? name.forms : own);
  const aliases = aliasesOf(name, title, type, profile);
  const keys = new Set([name.key, ...aliases.map((alias) => keyOfName(alias, profile))]);
  const long = acronyms.get(title)?.long;
  if (long !== undefined) aliases.push(long);
  const table = nameTable([...name.keys].map((key) => ({ parts: key.split(' '), value: true })));
  const named = name.sentences.flatMap((index) => {
    const sentence = text.sentences[index];
    if (sentence === undefined) return [];
    return [...mentionsIn(sentence, table)].map((mention) => ({
      sentence,
      mention,
      ownSection: false,
    }));
  });
  const inTitle = ` ${keyOfName(text.title, profile)} `.includes(` ${name.key} `);
  const total = [...name.votes.values()].reduce((sum, votes) => sum + votes, 0);
  const score =
    Math.log2(1 + name.count) *
    (1 +
      (name.inAbstract ? 0.5 : 0) +
      0.3 * Math.log2(1 + name.sections.size) +
      (inTitle ? 1.5 : 0));
  return {
    kind: 'entity',
    key: name.key,
    keys: [...keys].toSorted(compareText),
    title,
    aliases: [...new Set(aliases)].toSorted(compareText),
    entityType: type,
    confidence: Math.round((1000 * (name.votes.get(type) ?? 0)) / Math.max(1, total)) / 1000,
    score: Math.round(score * 1000) / 1000,
    mentions: name.count,
    sentences: name.sentences,
    definitions: rankDefinitions(named, text),
  };
}

/** Other names worth knowing; a person's surname alone is too common to be an identity. */
function aliasesOf(
  name: MergedName,
  title: string,
  type: EntityType,
  profile: LanguageProfile,
): string[] {
  const aliases: string[] = [];
  for (const key of name.keys.slice(1)) {
    if (type === 'person' && !key.includes(' ')) continue;
    const forms = new Map([...name.forms].filter(([form]) => keyOfName(form, profile) === key));
    if (forms.size > 0) aliases.push(commonest(forms));
  }
  return aliases.filter((alias) => alias !== title);
}

function commonest(forms: ReadonlyMap<string, number>): string {
  let best = '';
  let most = 0;
  for (const [form, count] of forms)
    if (count > most || (count === most && compareText(form, best) < 0))
      [best, most] = [form, count];
  return best;
}
