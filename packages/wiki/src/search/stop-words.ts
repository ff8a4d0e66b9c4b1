import { ENGLISH_FUNCTION_WORDS } from './english-function-words.ts';
import { primaryLanguage } from './language-tag.ts';
import { STOP_LISTS } from './stop-lists.ts';

const NONE: ReadonlySet<string> = new Set();
const sets = new Map<string, ReadonlySet<string>>();

/**
 * The words of a language (a BCP 47 tag) that say nothing about a text, in lower case; an empty set where no list is
 * known. Each list is built when it is first asked for.
 */
export function stopWords(language: string): ReadonlySet<string> {
  const primary = primaryLanguage(language);
  const present = sets.get(primary);
  if (present !== undefined) return present;
  const list = primary === 'en' ? ENGLISH_FUNCTION_WORDS : ownValue(STOP_LISTS, primary);
  if (list === undefined) return NONE;
  const set = new Set(list.trim().split(/\s+/));
  sets.set(primary, set);
  return set;
}

function ownValue(lists: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(lists, key) ? lists[key] : undefined;
}
