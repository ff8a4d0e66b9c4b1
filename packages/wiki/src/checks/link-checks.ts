import type { IndexEntry } from '../index-entry.ts';
import type { LinkFact, PageFacts } from '../page-facts.ts';
import { linkTarget } from '../page-path.ts';
import { isDead, isSpelled } from './link-state.ts';
import { isQuoting, isSpecial } from './page-kinds.ts';
import type { Resolve } from './resolve.ts';
import type { Violation } from './violation.ts';

/** A link with the page that it leads to. */
export interface ResolvedLink extends LinkFact {
  readonly to: string | undefined;
}

/** The links of a page, each looked up once; none of one that quotes. */
export function resolvedLinks(path: string, facts: PageFacts, resolve: Resolve): ResolvedLink[] {
  if (isQuoting(path)) return [];
  return facts.links.map(({ target, line }) => ({ target, line, to: resolve(target) }));
}

/** Links of our pages lead to pages that exist. Entries of the index are checked apart. */
export function deadLinks(
  path: string,
  links: readonly ResolvedLink[],
  entries: readonly IndexEntry[],
): Violation[] {
  const dead = links.filter(({ target, to }) => isDead(target, to));
  if (dead.length === 0) return [];
  const listed = new Set(path === 'index.md' ? entries.map(({ target }) => target) : []);
  return dead
    .filter(({ target }) => !listed.has(target.replace(/\.md$/i, '')))
    .map(({ target, line }) => {
      const message = `"${path}" links "${target}", which does not exist.`;
      return { code: 'dead-link', path, message, subject: target, line };
    });
}

/**
 * Links of our pages name their pages as they are spelled: with the folder, or by the bare name as it stands.
 * Obsidian knows no other spelling than that of case.
 */
export function inexactLinks(path: string, links: readonly ResolvedLink[]): Violation[] {
  const violations: Violation[] = [];
  for (const { target, line, to } of links) {
    if (to === undefined || isSpelled(target, to)) continue;
    const message = `"${path}" links "${target}", which is spelled "${linkTarget(to)}".`;
    violations.push({ code: 'inexact-link', path, message, subject: target, line });
  }
  return violations;
}

/** The other pages that a page links or names as its sources; none for a page of the program's own, and one that quotes. */
export function linkedPages(
  path: string,
  { fields }: PageFacts,
  links: readonly ResolvedLink[],
  resolve: Resolve,
): Set<string> {
  const linked = new Set<string>();
  if (isSpecial(path) || isQuoting(path)) return linked;
  const add = (to: string | undefined): void => {
    if (to !== undefined && to !== path) linked.add(to);
  };
  for (const source of [fields['sources']].flat())
    if (typeof source === 'string') add(resolve(source));
  for (const { to } of links) add(to);
  return linked;
}
