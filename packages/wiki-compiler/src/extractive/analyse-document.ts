/**
 * What a document is about, from its text alone: no wiki is looked at, so that the analysis of a
 * stored document years later is the same as at its first compilation.
 */
import { aboutness, otherNames } from './aboutness.ts';
import { findAcronyms } from './concepts/acronyms.ts';
import { type ConceptTopic, findConcepts } from './concepts/find-concepts.ts';
import { type NameTable, nameTable } from './concepts/mention.ts';
import { subjectOf } from './concepts/subject.ts';
import { type EntityTopic, findEntities } from './entities/find-entities.ts';
import { keywordsOf } from './keywords.ts';
import { type SourceText, readText } from './read-text.ts';
import type { Text, Topic } from './shapes.ts';
import { type Breathe, paced } from './steps.ts';
import { centroidOf } from './summary/sentence-scores.ts';
import { isUsable } from './summary/usable.ts';
import { partsOfKey } from './text/keys.ts';
import { type LanguageProfile, languageProfile } from './text/language.ts';
import type { PageStarts } from './text/page-starts.ts';

export interface DocumentAnalysis {
  readonly text: Text;
  readonly profile: LanguageProfile;
  readonly pageStarts: PageStarts;
  readonly concepts: readonly ConceptTopic[];
  readonly entities: readonly EntityTopic[];
  /** Concepts, then entities, each best first: all that the document can support a page about. */
  readonly topics: readonly Topic[];
  /** The names of all topics, with the key of each. */
  readonly names: NameTable<string>;
  /** Names of all topics, best first: what the summary page records. */
  readonly keywords: readonly string[];
  /** What the words of a sentence weigh in its score. */
  readonly centroid: ReadonlyMap<string, number>;
}

export async function analyseDocument(
  source: SourceText,
  breathe: Breathe,
): Promise<DocumentAnalysis> {
  const { text, pageStarts } = await readText(source, breathe);
  const profile = languageProfile(text.language);
  await breathe();
  const acronyms = await paced(findAcronyms(text.paragraphs), breathe);
  const entities = await paced(findEntities(text, profile, acronyms, source.authors), breathe);
  await breathe();
  const concepts = await paced(findConcepts(text, profile, acronyms, entities.names), breathe);
  await breathe();
  const named = withoutConcepts(entities.topics, concepts.topics);
  const topics = [...concepts.topics, ...named].map(({ topic }) => topic);
  const names = nameTable(
    topics.flatMap(({ key, keys }) =>
      keys.map((name) => ({ parts: partsOfKey(name, profile), value: key })),
    ),
  );
  const entityTopics = named.map(({ topic, choosable, spare }): EntityTopic => {
    const spoken = isSpokenOf(topic, text, profile, names);
    return { topic, choosable: choosable && spoken, spare: spare && spoken };
  });
  return {
    text,
    profile,
    pageStarts,
    concepts: concepts.topics,
    entities: entityTopics,
    topics,
    names,
    keywords: keywordsOf(topics, profile),
    centroid: await paced(centroidOf(text, profile, concepts.wordWeights), breathe),
  };
}

/** A name without a sure type that is a concept of the document is no entity besides: one thing, one page. */
function withoutConcepts(
  entities: readonly EntityTopic[],
  concepts: readonly ConceptTopic[],
): EntityTopic[] {
  const keys = new Set(concepts.flatMap(({ topic }) => [topic.key, ...topic.keys]));
  return entities.filter((one) => !keys.has(one.topic.key) && !isPassing(one));
}

/** A place that is named once, on the way to something else. */
function isPassing({ topic, choosable, spare }: EntityTopic): boolean {
  return topic.entityType === 'place' && topic.mentions < 2 && !choosable && !spare;
}

/**
 * A name that stands only in what cannot be quoted (headings, tables, fragments of lines), or only where other
 * things are defined, gets no page: there is nothing to say of it.
 */
function isSpokenOf(
  topic: Topic,
  text: Text,
  profile: LanguageProfile,
  names: NameTable<string>,
): boolean {
  const subject = subjectOf(topic);
  const sentences = topic.sentences
    .flatMap((index) => text.sentences[index] ?? [])
    .filter((one) => isUsable(one, text.language));
  return (
    // short sentences of a script without spaces are seldom quoted, and names are few there
    (!profile.spaced && sentences.length === 0) ||
    topic.definitions.length > 0 ||
    sentences.some((one) => aboutness(one, subject, profile, otherNames(names, topic)) > 0)
  );
}
