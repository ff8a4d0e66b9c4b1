/**
 * From what the model proposes to what is done: paths are made here, a page that exists under any name is
 * updated and not made again, one subject is one page, targets that do not exist are dropped.
 */
import { pagePath, slugOf } from '@openkb/wiki';

import type { CataloguedPage } from '../../catalogue/read-catalogue.ts';
import type { CompilationMessage } from '../../compilation.ts';
import type { LanguageProfile } from '../../extractive/text/language.ts';
import { nameKeys } from './name-keys.ts';
import { directoryOf, keysOfNamed, type PageNames, sameThing } from './page-names.ts';
import type { PlannedPage } from './planned-page.ts';
import type { Proposal, ProposedPage } from './read-plan.ts';

export interface PlanRules {
  readonly names: PageNames;
  readonly profiles: readonly LanguageProfile[];
  readonly entityTypes: readonly string[];
  /** At most so many pages to create and update. */
  readonly limit: number;
  /** `doc_name`, for messages. */
  readonly document: string;
  /** Type of an entity page that exists, in lower case. */
  readonly typeOf: (path: string) => string;
}

export interface SettledPlan {
  readonly pages: readonly PlannedPage[];
  readonly messages: readonly CompilationMessage[];
}

export function settlePlan(proposal: Proposal, rules: PlanRules): SettledPlan {
  const { names, limit } = rules;
  const planned = new Map<string, PlannedPage>();
  for (const { page, about } of proposal.update) {
    const found = names.resolve(page);
    if (found !== undefined) merge(planned, onPage(found, about, [], rules));
  }
  for (const page of mergeSame(proposal.create, rules)) {
    const found = names.find(page);
    merge(planned, found === undefined ? newPage(page, rules) : fromProposal(found, page, rules));
  }
  const changed = [...planned.values()];
  const kept = changed.slice(0, limit);
  for (const target of proposal.related) {
    const found = names.resolve(target);
    if (found === undefined || planned.has(found.path)) continue;
    const related: PlannedPage = { ...onPage(found, '', [], rules), action: 'related' };
    planned.set(found.path, related);
    kept.push(related);
  }
  const dropped = changed.slice(limit);
  return { pages: kept, messages: dropped.length === 0 ? [] : [tooMany(dropped, rules)] };
}

function tooMany(
  dropped: readonly PlannedPage[],
  { document, limit }: PlanRules,
): CompilationMessage {
  const titles = dropped.map(({ title }) => `"${title}"`).join(', ');
  return {
    level: 'info',
    code: 'pages-dropped',
    text: `The plan for "${document}" names more than ${limit} pages; left out: ${titles}.`,
  };
}

/** The first mention decides; later ones add to it. */
function merge(planned: Map<string, PlannedPage>, page: PlannedPage): void {
  const present = planned.get(page.path);
  if (present === undefined) planned.set(page.path, page);
  else
    planned.set(page.path, {
      ...present,
      aliases: [...new Set([...present.aliases, ...page.aliases])],
      about: joinAbout(present.about, page.about),
    });
}

/** Proposals under names of one thing are one. */
function mergeSame(create: readonly ProposedPage[], { profiles }: PlanRules): ProposedPage[] {
  const merged: ProposedPage[] = [];
  for (const page of create) {
    const keys = keysOfNamed(page, profiles);
    const at = merged.findIndex((one) => sameThing(keysOfNamed(one, profiles), keys));
    const same = merged[at];
    if (same === undefined) merged.push(page);
    else
      merged[at] = {
        ...same,
        type: same.type === '' ? page.type : same.type,
        aliases: [...same.aliases, page.title, ...page.aliases],
        about: joinAbout(same.about, page.about),
      };
  }
  return merged;
}

function joinAbout(first: string, second: string): string {
  return first.includes(second) ? first : `${first} ${second}`.trim();
}

function newPage(
  { kind, title, type, aliases, about }: ProposedPage,
  rules: PlanRules,
): PlannedPage {
  return {
    path: pagePath(directoryOf(kind), slugOf(title)),
    kind,
    action: 'create',
    title,
    ...(kind === 'entity' ? { entityType: knownType(type, rules.entityTypes) } : {}),
    aliases: furtherNames(aliases, [title], rules),
    about,
  };
}

/** A page that was to be made and exists: the proposed names become its aliases. */
function fromProposal(
  found: CataloguedPage,
  { title, type, aliases, about }: ProposedPage,
  rules: PlanRules,
): PlannedPage {
  const page = onPage(
    found,
    about,
    furtherNames([title, ...aliases], [found.title, ...found.aliases], rules),
    rules,
  );
  const better = knownType(type, rules.entityTypes);
  return page.entityType === 'other' ? { ...page, entityType: better } : page;
}

function onPage(
  { path, kind, title }: CataloguedPage,
  about: string,
  aliases: readonly string[],
  { typeOf }: PlanRules,
): PlannedPage {
  return {
    path,
    kind,
    action: 'update',
    title,
    ...(kind === 'entity' ? { entityType: typeOf(path) } : {}),
    aliases,
    about,
  };
}

/** The configured type in lower case; what is none of them is `other`. */
export function knownType(type: string, entityTypes: readonly string[]): string {
  const wanted = type.trim().toLowerCase();
  return entityTypes.find((one) => one.toLowerCase() === wanted)?.toLowerCase() ?? 'other';
}

/** Names that lead where none of those before them leads: another case or number is no other name. */
function furtherNames(
  names: readonly string[],
  known: readonly string[],
  { profiles }: PlanRules,
): string[] {
  const seen = new Set(nameKeys(known, profiles));
  return names.filter((name) => {
    const keys = nameKeys([name], profiles);
    const fresh = keys.some((key) => !seen.has(key));
    for (const key of keys) seen.add(key);
    return fresh;
  });
}
