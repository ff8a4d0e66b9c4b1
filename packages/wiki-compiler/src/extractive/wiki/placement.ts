/** Which page of the wiki each topic of a document belongs to. */
import { pagePath, slugOf } from '@openkb/wiki';

import type { DocumentAnalysis } from '../analyse-document.ts';
import type { Topic } from '../shapes.ts';
import type { LanguageProfile } from '../text/language.ts';
import type { Draft } from './draft.ts';

/** Path to topic, in the order of the topics: concepts, then entities, each best first. */
export type Placement = ReadonlyMap<string, Topic>;

/**
 * Places topics on the pages that are there, by key: first those whose own key is a page's, then those
 * that share another name with one. A chosen topic that finds none gets a page, which is announced
 * to the draft. Topics neither chosen nor found have no place.
 */
export function placeTopics(
  analysis: DocumentAnalysis,
  chosen: ReadonlySet<Topic>,
  draft: Draft,
): Placement {
  const { profile } = analysis;
  const taken = new Map<string, Topic>();
  const placed = new Map<Topic, string>();
  const ordered = analysis.topics;
  const place = (topic: Topic, path: string | undefined) => {
    if (path === undefined || taken.has(path)) return;
    taken.set(path, topic);
    placed.set(topic, path);
  };
  for (const topic of ordered)
    place(topic, free(draft.find(topic.key, profile, topic.kind), taken));
  for (const topic of ordered) {
    if (placed.has(topic)) continue;
    const paths = topic.keys.flatMap((key) => draft.find(key, profile, topic.kind));
    place(topic, free(paths, taken));
  }
  for (const topic of ordered)
    if (chosen.has(topic) && !placed.has(topic)) place(topic, newPath(topic, profile, draft));
  return new Map(
    analysis.topics.flatMap((topic): [string, Topic][] => {
      const path = placed.get(topic);
      return path === undefined ? [] : [[path, topic]];
    }),
  );
}

function free(paths: readonly string[], taken: ReadonlyMap<string, Topic>): string | undefined {
  return paths.find((path) => !taken.has(path));
}

/** Announces the page of a topic; a path that is occupied, in whatever spelling, is the page. */
function newPath(topic: Topic, profile: LanguageProfile, draft: Draft): string {
  const directory = topic.kind === 'concept' ? 'concepts' : 'entities';
  const path = pagePath(directory, slugOf(pageName(topic, profile)));
  const occupant = draft.occupantOf(path);
  if (occupant !== undefined) return occupant;
  draft.announce({
    path,
    kind: topic.kind,
    title: topic.title,
    description: '',
    aliases: topic.aliases,
    documents: [],
  });
  return path;
}

/**
 * The words of the path. An English concept goes by its key, so that *encoding* and *encodings* of two
 * documents are one path; stems of other languages are no words, and names are kept as written.
 */
function pageName(topic: Topic, { language }: LanguageProfile): string {
  if (topic.kind === 'entity') return topic.title.replace(/(?<=\p{Lu}{2})s$/u, '');
  return language === 'en' ? topic.key : topic.title.replace(/\s*\([^()]*\)$/, '');
}
