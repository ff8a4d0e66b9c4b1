import type { IndexEntry } from '../index-entry.ts';
import type { PageFacts } from '../page-facts.ts';
import { linkTarget } from '../page-path.ts';
import { isDead, isSpelled } from './link-state.ts';
import { isQuoting, isSpecial } from './page-kinds.ts';
import type { Resolve } from './resolve.ts';
import type { Violation } from './violation.ts';

/** Links of our pages lead to pages that exist. Entries of the index are checked apart. */
export function deadLinks(
  path: string,
  { links }: PageFacts,
  resolve: Resolve,
  entries: readonly IndexEntry[],
): Violation[] {
  if (isQuoting(path)) return [];
  const dead = links.filter(({ target }) => isDead(target, resolve));
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
export function inexactLinks(path: string, { links }: PageFacts, resolve: Resolve): Violation[] {
  if (isQuoting(path)) return [];
  return links.flatMap(({ target, line }): Violation[] => {
    const to = target === '' ? undefined : resolve(target);
    if (to === undefined || isSpelled(target, to)) return [];
    const message = `"${path}" links "${target}", which is spelled "${linkTarget(to)}".`;
    return [{ code: 'inexact-link', path, message, subject: target, line }];
  });
}

/** The other pages that a page links or names as its sources; none for a page of the program's own, and one that quotes. */
export function linkedPages(
  path: string,
  { fields, links }: PageFacts,
  resolve: Resolve,
): Set<string> {
  const linked = new Set<string>();
  if (isSpecial(path) || isQuoting(path)) return linked;
  const sources = [fields['sources']].flat().filter((one) => typeof one === 'string');
  for (const target of [...sources, ...links.map((link) => link.target)]) {
    const to = resolve(target);
    if (to !== undefined && to !== path) linked.add(to);
  }
  return linked;
}
