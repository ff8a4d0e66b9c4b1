/** How a phrase is written as the name of a page. */
import { compareText } from '../text/keys.ts';
import type { LanguageProfile } from '../text/language.ts';
import type { Candidate } from './candidates.ts';

/** A singular spelling with this share of the occurrences is preferred to the plural. */
const SINGULAR_SHARE = 0.15;

/** The commonest spelling, singular if the document uses it, opening with a capital. */
export function displayName(candidate: Candidate, profile: LanguageProfile): string {
  const groups = new Map<string, { count: number; forms: [string, number][] }>();
  for (const [form, count] of candidate.forms) {
    const lower = form.toLowerCase();
    const group = groups.get(lower) ?? { count: 0, forms: [] };
    group.count += count;
    group.forms.push([form, count]);
    groups.set(lower, group);
  }
  const ranked = [...groups].toSorted(([a, x], [b, y]) => y.count - x.count || compareText(a, b));
  const singular = ranked
    .filter(([, { count }]) => count >= SINGULAR_SHARE * candidate.frequency)
    .toSorted(([a], [b]) => a.length - b.length || compareText(a, b))[0];
  const forms = (singular ?? ranked[0])?.[1].forms ?? [];
  const [best] = forms.toSorted(([a, x], [b, y]) => y - x || compareText(b, a));
  return capitalise(withoutShouting(best?.[0] ?? candidate.key), profile);
}

/** `LOAD BALANCER` of a heading is not how the term is written; `HTTP` is. */
function withoutShouting(form: string): string {
  const shouted = form === form.toUpperCase() && (/\s/.test(form) || form.length > 6);
  return shouted ? form.toLowerCase() : form;
}

/** First letter upper case, unless the word has capitals of its own. */
export function capitalise(name: string, profile: LanguageProfile): string {
  if (!profile.spaced || /^\p{Ll}\S*\p{Lu}/u.test(name)) return name;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
