/**
 * What a document is about, from its text alone: no wiki is looked at, so that the analysis of a
 * stored document years later is the same as at its first compilation.
 */
import { findAcronyms } from './concepts/acronyms.ts';
import { type ConceptTopic, findConcepts } from './concepts/find-concepts.ts';
import { type EntityTopic, findEntities } from './entities/find-entities.ts';
import { type Breathe, type SourceText, readText } from './read-text.ts';
import type { Text, Topic } from './shapes.ts';
import { centroidOf } from './summary/sentence-scores.ts';
import { compareText } from './text/keys.ts';
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
  /** Keys of all topics, sorted: what the summary page records. */
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
  const acronyms = findAcronyms(text.paragraphs);
  const entities = findEntities(text, profile, acronyms, source.authors);
  await breathe();
  const concepts = findConcepts(text, profile, acronyms, entities.names);
  await breathe();
  const entityTopics = withoutConcepts(entities.topics, concepts.topics);
  const topics = [...concepts.topics, ...entityTopics].map(({ topic }) => topic);
  return {
    text,
    profile,
    pageStarts,
    concepts: concepts.topics,
    entities: entityTopics,
    topics,
    keywords: [...new Set(topics.flatMap(({ keys }) => keys))].toSorted(compareText),
    centroid: centroidOf(text, profile, concepts.wordWeights),
  };
}

/** A name without a sure type that is a concept of the document is no entity besides: one thing, one page. */
function withoutConcepts(
  entities: readonly EntityTopic[],
  concepts: readonly ConceptTopic[],
): EntityTopic[] {
  const keys = new Set(concepts.flatMap(({ topic }) => [topic.key, ...topic.keys]));
  return entities.filter(({ topic }) => !keys.has(topic.key));
}
