/**
 * The names that a summary page records for its document, and the keys that they stand for.
 *
 * There is one for each topic: ten to thirty in a document of a few pages, at most those of 40 concepts and
 * 30 entities. Twenty would be nicer to read, but a document that may have 34 pages of its own, and joins a
 * page that another document makes only if it records a name of it, must record them all: with a name
 * left out the wiki would depend on the order of adds.
 */
import type { Topic } from './shapes.ts';
import { keyOfName } from './text/keys.ts';
import type { LanguageProfile } from './text/language.ts';

/**
 * Readable names, best first: the title of each topic, and another spelling only where the title does not
 * lead to all keys. A key that no spelling leads to stands for itself.
 */
export function keywordsOf(topics: readonly Topic[], profile: LanguageProfile): string[] {
  const names: string[] = [];
  const covered = new Set<string>();
  for (const { title, aliases, keys } of topics) {
    for (const name of [title, ...aliases, ...keys]) {
      if (keys.every((key) => covered.has(key))) break;
      const known = keysOfNames([name], profile);
      if (!known.some((key) => keys.includes(key) && !covered.has(key))) continue;
      names.push(name);
      for (const key of known) covered.add(key);
    }
  }
  return names;
}

/** The keys of recorded names. Summaries of earlier versions recorded the keys themselves. */
export function keysOfKeywords(
  keywords: readonly string[],
  profile: LanguageProfile,
): ReadonlySet<string> {
  return new Set([...keywords, ...keysOfNames(keywords, profile)]);
}

/** Keys under which a page is found: its title, the title without and within brackets, its aliases. */
export function keysOfNames(names: readonly string[], profile: LanguageProfile): string[] {
  const keys = new Set<string>();
  for (const name of names) {
    const bracket = /[)）]$/.test(name)
      ? /^(.*\S)\s*[(（]([^()（）]{1,60})[)）]$/.exec(name)
      : null;
    if (bracket === null) {
      keys.add(keyOfName(name, profile));
      continue;
    }
    for (const part of [name, bracket[1] ?? '', bracket[2] ?? ''])
      keys.add(keyOfName(part, profile));
  }
  keys.delete('');
  return [...keys];
}
