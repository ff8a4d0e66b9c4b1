/** Candidates that mean one concept: *attention mechanism*, *multi-head attention* and *attention*. */
import { compareText, keyOfName } from '../text/keys.ts';
import type { LanguageProfile } from '../text/language.ts';
import { GENERIC_HEADS } from '../words/generic-words.ts';
import type { Acronym } from './acronyms.ts';
import type { Candidate } from './candidates.ts';
import type { Scored } from './score.ts';

/** Groups beyond these many best candidates are never chosen. */
const EXAMINED = 60;

export interface ConceptGroup {
  readonly root: Candidate;
  /** Best first, root included. */
  readonly members: readonly Scored[];
  readonly acronym?: Acronym;
  readonly score: number;
}

interface Names {
  readonly scores: ReadonlyMap<string, Scored>;
  /** Key of the short form to the key of the long form. */
  readonly longForms: ReadonlyMap<string, string>;
  readonly profile: LanguageProfile;
}

/** Groups of the best candidates, best first, equal scores by the key of the root. */
export function groupConcepts(
  scored: readonly Scored[],
  acronyms: ReadonlyMap<string, Acronym>,
  profile: LanguageProfile,
): ConceptGroup[] {
  const acronymOf = new Map<string, Acronym>();
  const longForms = new Map<string, string>();
  for (const acronym of acronyms.values()) {
    const key = keyOfName(acronym.long, profile);
    for (const name of [key, keyOfName(acronym.short, profile)])
      if (!acronymOf.has(name)) acronymOf.set(name, acronym);
    longForms.set(keyOfName(acronym.short, profile), key);
  }
  const names: Names = {
    scores: new Map(scored.map((one) => [one.candidate.key, one])),
    longForms,
    profile,
  };
  const members = new Map<string, Scored[]>();
  for (const one of scored.slice(0, EXAMINED)) {
    const root = rootOf(one, names);
    const list = members.get(root.candidate.key) ?? [root];
    if (root !== one) list.push(one);
    members.set(root.candidate.key, list);
  }
  return [...members]
    .map(([key, list]) => makeGroup(key, list, names, acronymOf.get(key)))
    .toSorted((a, b) => b.score - a.score || compareText(a.root.key, b.root.key));
}

function makeGroup(
  key: string,
  list: readonly Scored[],
  names: Names,
  acronym: Acronym | undefined,
): ConceptGroup {
  const members = [...list].toSorted(
    (a, b) => b.score - a.score || compareText(a.candidate.key, b.candidate.key),
  );
  const root = names.scores.get(key)?.candidate ?? members[0]?.candidate;
  if (root === undefined) throw new Error(`The group "${key}" has no members.`);
  const sections = new Set(members.flatMap(({ candidate }) => [...candidate.sections])).size;
  const [best, ...others] = members.map((member) => member.score);
  const support = others.slice(0, 4).reduce((sum, score) => sum + score, 0);
  const score = ((best ?? 0) + 0.15 * support) * (1 + 0.1 * Math.min(3, sections - 1));
  return { root, members, score, ...(acronym === undefined ? {} : { acronym }) };
}

/** Follows parents to the top; each step is to a shorter phrase or to the long form, so it ends. */
function rootOf(one: Scored, names: Names): Scored {
  let current = one;
  for (let step = 0; step < 6; step += 1) {
    const parent = parentOf(current, names);
    if (parent === undefined || parent === current) return current;
    current = parent;
  }
  return current;
}

function parentOf(one: Scored, names: Names): Scored | undefined {
  const { candidate } = one;
  const long = names.longForms.get(candidate.key);
  if (long !== undefined && names.scores.has(long)) return names.scores.get(long);
  if ([...names.longForms.values()].includes(candidate.key)) return undefined;
  return withoutGenericHead(candidate, names) ?? suffixOf(one, names);
}

/** *attention mechanism* joins *attention* where that stands alone oftener. */
function withoutGenericHead(candidate: Candidate, names: Names): Scored | undefined {
  const { parts } = candidate;
  if (parts.length < 2 || !GENERIC_HEADS.has(parts.at(-1) ?? '')) return undefined;
  const root = names.scores.get(parts.slice(0, -1).join(' '));
  if (root === undefined) return undefined;
  const { frequency, endings } = root.candidate;
  return frequency >= 1.2 * candidate.frequency && endings >= 0.3 * frequency ? root : undefined;
}

/** *multi-head attention* joins *attention*; a term with a heading of its own, or from the title, stays. */
function suffixOf(one: Scored, names: Names): Scored | undefined {
  const { parts, frequency, headingExact, inTitle } = one.candidate;
  if (headingExact || inTitle) return undefined;
  const glue = names.profile.spaced ? ' ' : '';
  for (let from = 1; from < parts.length; from += 1) {
    const suffix = names.scores.get(parts.slice(from).join(glue));
    if (suffix === undefined || suffix.candidate.frequency < frequency) continue;
    if (suffix.score >= one.score / 2) return suffix;
  }
  return undefined;
}
