import { checkFrontMatter } from './checks/front-matter-checks.ts';
import { checkIndex, checkNoIndex } from './checks/index-checks.ts';
import { deadLinks, inexactLinks, linkedPages, resolvedLinks } from './checks/link-checks.ts';
import { checkNames } from './checks/name-checks.ts';
import { isListed } from './checks/page-kinds.ts';
import type { Violation } from './checks/violation.ts';
import { readIndex } from './index-page.ts';
import { linkResolver } from './link-target.ts';
import { factsOfTexts, type WikiFacts } from './wiki-facts.ts';

/**
 * Every violation of what a wiki is, sorted by path, line and code. `pages` are the files below `wiki/`, path -> text;
 * files that are only there to be linked (`sources/x.json`) may be given with any text.
 */
export function checkWiki(pages: ReadonlyMap<string, string>): Violation[] {
  return checkFacts(factsOfTexts(pages));
}

/** As `checkWiki`, of facts: each page is asked for once, so that no more than one need be in memory. */
export function checkFacts(wiki: WikiFacts): Violation[] {
  const paths = [...wiki.paths];
  const { index } = wiki;
  const entries = index === undefined ? [] : readIndex(index);
  const resolve = linkResolver(paths);
  const violations = [...checkNames(paths)];
  const linked = new Set<string>();
  const add = (found: readonly Violation[]): void => {
    for (const one of found) violations.push(one);
  };
  for (const path of paths.filter((one) => one.endsWith('.md'))) {
    const facts = wiki.facts(path);
    if (facts === undefined) continue;
    add(checkFrontMatter(path, facts, resolve));
    const links = resolvedLinks(path, facts, resolve);
    add(deadLinks(path, links, entries));
    add(inexactLinks(path, links));
    for (const to of linkedPages(path, facts, links, resolve)) linked.add(to);
  }
  for (const path of paths) {
    if (!isListed(path) || path.startsWith('explorations/') || linked.has(path)) continue;
    // every summary, concept and entity is linked, or named as a source, by another page than the index
    violations.push({ code: 'orphan-page', path, message: `No page links "${path}".` });
  }
  if (index !== undefined) add(checkIndex(paths, index, entries, resolve));
  else add(checkNoIndex(paths));
  return violations.toSorted(compare);
}

function compare(a: Violation, b: Violation): number {
  return (
    order(a.path, b.path) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    order(a.code, b.code) ||
    order(a.subject ?? '', b.subject ?? '')
  );
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
