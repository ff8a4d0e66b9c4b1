/** In how many documents of the wiki a thing occurs, from the pages alone. */
import type { DocumentFrequency } from '../concepts/choose-concepts.ts';
import type { LanguageProfile } from '../text/language.ts';
import type { Draft } from './draft.ts';

/**
 * Documents by key: those in the `sources` of its page, and those whose summary records it among its
 * key phrases. The document that is compiled does not count.
 */
export function documentFrequency(
  draft: Draft,
  profile: LanguageProfile,
  compiled: string,
): DocumentFrequency {
  const counts = new Map<string, number>();
  for (const page of draft.pages) {
    const documents = page.documents.filter((name) => name !== compiled).length;
    for (const key of draft.keysOf(page.path, profile))
      counts.set(key, Math.max(counts.get(key) ?? 0, documents));
  }
  const recorded = new Map<string, number>();
  for (const { name, keywords } of draft.documents)
    if (name !== compiled)
      for (const key of keywords) recorded.set(key, (recorded.get(key) ?? 0) + 1);
  for (const [key, count] of recorded) counts.set(key, Math.max(counts.get(key) ?? 0, count));
  const documents = [...draft.documentNames].filter((name) => name !== compiled).length;
  return {
    documents,
    of: (keys) => Math.max(0, ...keys.map((key) => counts.get(key) ?? 0)),
  };
}
