/** Names of one thing under one key: a surname belongs to the full name, an acronym to its long form. */
import type { Acronym } from '../concepts/acronyms.ts';
import type { EntityType } from '../shapes.ts';
import { compareText, keyOfName } from '../text/keys.ts';
import type { LanguageProfile } from '../text/language.ts';
import type { NameStatistics } from './name-statistics.ts';

export interface MergedName extends NameStatistics {
  /** Keys of all names that mean it; the first is its own. */
  readonly keys: readonly string[];
}

/** Merges names; acronyms by short form. Order of first mention is kept. */
export function mergeNames(
  names: ReadonlyMap<string, NameStatistics>,
  acronyms: ReadonlyMap<string, Acronym>,
  profile: LanguageProfile,
): MergedName[] {
  const target = new Map<string, string>();
  for (const { short, long } of acronyms.values()) {
    const shortKey = keyOfName(short, profile);
    const longKey = keyOfName(long, profile);
    if (names.has(longKey) && names.has(shortKey)) target.set(shortKey, longKey);
  }
  for (const [key, full] of surnames(names)) if (!target.has(key)) target.set(key, full);
  const merged = new Map<string, MergedName>();
  const order = [...names.values()].toSorted(
    (a, b) => Number(target.has(a.key)) - Number(target.has(b.key)),
  );
  for (const name of order) {
    const key = target.get(name.key) ?? name.key;
    const into = merged.get(key);
    merged.set(key, into === undefined ? { ...name, keys: [name.key] } : union(into, name));
  }
  return [...merged.values()];
}

/** One-word names that are the last word of exactly one person with a full name. */
function surnames(names: ReadonlyMap<string, NameStatistics>): Map<string, string> {
  const owners = new Map<string, string[]>();
  for (const name of names.values()) {
    const words = name.key.split(' ');
    const last = words.at(-1) ?? '';
    if (words.length < 2 || typeOf(name) !== 'person') continue;
    owners.set(last, [...(owners.get(last) ?? []), name.key]);
  }
  const result = new Map<string, string>();
  for (const [surname, full] of owners) {
    const alone = names.get(surname);
    const longest = full.toSorted((a, b) => b.length - a.length || compareText(a, b))[0] ?? '';
    const one = full.every((key) => isShorterName(key, longest));
    const otherwise = alone === undefined ? undefined : typeOf(alone);
    if (!one || otherwise === 'place' || otherwise === 'organization') continue;
    if (alone !== undefined) result.set(surname, longest);
    for (const key of full) if (key !== longest) result.set(key, longest);
  }
  return result;
}

/** *Aidan Gomez* is *Aidan N Gomez*: the longer name adds initials only. *Robert Stevenson* is not *Robert Louis Stevenson*. */
function isShorterName(key: string, full: string): boolean {
  const words = key.split(' ');
  const longer = full.split(' ');
  const known = words.every((word) =>
    longer.some((other) => other === word || (other.startsWith(word) && word.length === 1)),
  );
  return (
    known &&
    longer.every((word) => word.length === 1 || words.some((other) => word.startsWith(other)))
  );
}

/** The type of a name by its votes. Who is always spoken of with an article, as *the Bell Rock*, is no person. */
export function typeOf({
  votes,
  articles,
  count,
}: Pick<NameStatistics, 'votes' | 'articles' | 'count'>): EntityType {
  if (articles < 0.5 * count) return typeByVotes(votes);
  return typeByVotes(new Map(votes).set('person', 0.2 * (votes.get('person') ?? 0)));
}

/** The type with most votes; equal ones by a fixed order. `other` only when nothing else is said. */
function typeByVotes(votes: ReadonlyMap<EntityType, number>): EntityType {
  let best: EntityType = 'other';
  let most = 0;
  for (const type of ['person', 'organization', 'place', 'product', 'work', 'event'] as const) {
    const sum = votes.get(type) ?? 0;
    if (sum > most) [best, most] = [type, sum];
  }
  return most >= 0.35 && most >= 0.6 * (votes.get('other') ?? 0) ? best : 'other';
}

function union(left: MergedName, right: NameStatistics): MergedName {
  const votes = new Map(left.votes);
  for (const [type, sum] of right.votes)
    if (type !== 'other') votes.set(type, (votes.get(type) ?? 0) + sum);
  const forms = new Map(left.forms);
  for (const [form, count] of right.forms) forms.set(form, (forms.get(form) ?? 0) + count);
  return {
    ...left,
    keys: [...left.keys, right.key],
    forms,
    votes,
    count: left.count + right.count,
    sentences: [...new Set([...left.sentences, ...right.sentences])].toSorted((a, b) => a - b),
    sections: new Set([...left.sections, ...right.sections]),
    certainty: Math.max(left.certainty, right.certainty),
    inAbstract: left.inAbstract || right.inAbstract,
    numbered: left.numbered + right.numbered,
    articles: left.articles + right.articles,
  };
}
