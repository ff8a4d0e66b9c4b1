import { linkTarget } from '@openkb/wiki';

import type { CataloguedPage } from '../../catalogue/read-catalogue.ts';
import { shortlist } from '../../catalogue/shortlist.ts';
import { type ListedPage, PLAN_SCHEMA, planPrompt } from '../../prompts/plan.ts';
import { type Answer, ask } from '../ask/ask.ts';
import type { WrittenPage } from '../ask/page-reply.ts';
import type { CompilationContext } from '../compilation-context.ts';
import { nameProfiles } from '../plan/name-profiles.ts';
import { pageNames } from '../plan/page-names.ts';
import { readPlan } from '../plan/read-plan.ts';
import { knownType, type SettledPlan, settlePlan } from '../plan/settle-plan.ts';
import { summarisedMessages } from './summary.ts';

/** Pages that the document supports, then those nearest to it, by path. */
export function nearPages(context: CompilationContext, summary: WrittenPage): CataloguedPage[] {
  const { wiki, input, shown, session } = context;
  const text = [input.title, summary.description, summary.content, shown.text].join('\n\n');
  const limit = session.settings.shortlist;
  const near = new Map(wiki.supportedBy(input.name).map((page) => [page.path, page]));
  for (const kind of ['concept', 'entity'] as const)
    for (const page of shortlist(wiki.catalogue, text, { kind, limit })) near.set(page.path, page);
  return [...near.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Pass 2. */
export async function planPass(
  context: CompilationContext,
  summary: WrittenPage,
  near: readonly CataloguedPage[],
): Promise<Answer<SettledPlan>> {
  const { session, wiki, input, options, summaryPath } = context;
  const limit = session.settings.maxPages;
  const content = planPrompt({
    pages: listedPages(near, input.name),
    unlisted: wiki.catalogue.pages.length - near.length,
    entityTypes: options.entityTypes,
    limit,
  });
  const answer = await ask(session, {
    step: { pass: 'plan', page: summaryPath, number: 1, of: 1 },
    messages: [...summarisedMessages(context, summary), { role: 'user', content }],
    schema: PLAN_SCHEMA,
    read: readPlan,
  });
  if ('failure' in answer) return answer;
  const profiles = nameProfiles(options.language, summary.content);
  const names = pageNames(wiki.catalogue.pages, profiles, (target) => wiki.resolve(target));
  const rules = {
    names,
    profiles,
    entityTypes: options.entityTypes,
    limit,
    document: input.name,
    typeOf: (path: string) => pageType(context, path),
  };
  return { value: settlePlan(answer.value, rules) };
}

/** Longest description and longest list of aliases that the plan is shown of a page. */
const DESCRIPTION = 160;
const ALIASES = 4;

/** Pages as the plan is shown them, for the document of a name. */
export function listedPages(near: readonly CataloguedPage[], name: string): ListedPage[] {
  return near.map((page) => listed(page, name));
}

function listed(
  { path, title, description, aliases, documents }: CataloguedPage,
  name: string,
): ListedPage {
  return {
    target: linkTarget(path),
    title: oneLine(title),
    description: oneLine(description),
    aliases: aliases.slice(0, ALIASES).map(oneLine),
    fromDocument: documents.includes(name),
  };
}

function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, DESCRIPTION)
    .replace(/[\uD800-\uDBFF]$/, '');
}

/** The type of an entity page that exists, in lower case. */
export function pageType({ wiki, options }: CompilationContext, path: string): string {
  const type = wiki.fieldsOf(path)['type'];
  return typeof type === 'string' ? knownType(type, options.entityTypes) : 'other';
}
