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
  const others = draft.documents.filter(({ name }) => name !== compiled);
  const ofKey = (key: string): number => {
    let most = others.reduce((count, { keywords }) => count + Number(keywords.has(key)), 0);
    for (const path of draft.find(key, profile, 'concept')) {
      const sources = draft.page(path)?.documents ?? [];
      most = Math.max(most, sources.filter((name) => name !== compiled).length);
    }
    return most;
  };
  return {
    documents: draft.documentNames.size - Number(draft.documentNames.has(compiled)),
    of: (keys) => Math.max(0, ...keys.map(ofKey)),
  };
}
