/**
 * What becomes of pages that a document supports from before and that its plan leaves out, so that no claim of
 * its older text is left as current: quotations of the extractive compiler are withdrawn, a cross-reference
 * stays as it is, any other page is written again.
 */
import { linkTarget, parseLinks } from '@openkb/wiki';

import type { CataloguedPage } from '../../catalogue/read-catalogue.ts';
import { removeDocumentFromPage } from '../../extractive/remove-document.ts';
import { contributionRecords } from '../../extractive/render-document.ts';
import type { CompilationContext } from '../compilation-context.ts';
import { SEE_ALSO } from '../page/old-page.ts';
import { summaryTarget } from '../page/topic-page.ts';
import type { PlannedPage } from '../plan/planned-page.ts';
import { pageType } from './plan.ts';

export interface Leftovers {
  /** Pages to be written again. */
  readonly updates: readonly PlannedPage[];
  /** Pages without the document's quotations. */
  readonly withdrawn: ReadonlyMap<string, string>;
  /** Pages that nothing supports without them. */
  readonly removals: readonly string[];
  /** Pages that stay as they are. */
  readonly unchanged: readonly CataloguedPage[];
}

export function leftoversOf(
  context: CompilationContext,
  planned: readonly PlannedPage[],
): Leftovers {
  const { wiki, input } = context;
  const taken = new Set(planned.map(({ path }) => path));
  const updates: PlannedPage[] = [];
  const withdrawn = new Map<string, string>();
  const removals: string[] = [];
  const unchanged: CataloguedPage[] = [];
  for (const page of wiki.supportedBy(input.name)) {
    const text = wiki.view.read(page.path);
    if (taken.has(page.path) || text === undefined) continue;
    if (contributionRecords(text).some(({ document }) => document === input.name)) {
      const rest = removeDocumentFromPage(page.path, text, input.name);
      if (rest === undefined) removals.push(page.path);
      else withdrawn.set(page.path, rest);
    } else if (isCrossReferenced(text, input.name)) unchanged.push(page);
    else updates.push(asUpdate(context, page));
  }
  return { updates, withdrawn, removals, unchanged };
}

/** The page refers to the document by `See also:` and says nothing from it. */
function isCrossReferenced(text: string, name: string): boolean {
  const target = summaryTarget(name);
  const lines = text
    .split('\n')
    .filter((line) => parseLinks(line).some((link) => linkTarget(link.target) === target));
  return lines.length > 0 && lines.every((line) => SEE_ALSO.test(line));
}

function asUpdate(context: CompilationContext, page: CataloguedPage): PlannedPage {
  const { path, kind, title } = page;
  const type = kind === 'entity' ? { entityType: pageType(context, path) } : {};
  return { path, kind, action: 'update', title, ...type, aliases: [], about: '' };
}
