import { splitFrontMatter } from '../front-matter.ts';
import { linkText, rewriteLinks, wikilink, type WikiLink } from '../links.ts';
import { linkTarget } from '../page-path.ts';
import { isDead, isSpelled } from './link-state.ts';
import type { Resolve } from './resolve.ts';

/** A text that loses a link may show another one: `[[[[a]]]]`. */
const MOST_ROUNDS = 8;
/** What a person has marked to stay as it is. */
const KEPT = /<!--\s*keep\s*-->[\s\S]*?(?:<!--\s*\/keep\s*-->|$)/g;

/**
 * The page with the links of its body mended: one to no page is its text, one to a page that is spelled otherwise
 * names it as it is spelled and reads as before. Front matter, code, and what stands between `<!-- keep -->` and
 * `<!-- /keep -->` stay as they are. Mended again it is the same.
 */
export function mendLinks(text: string, resolve: Resolve): string {
  const { block, body } = splitFrontMatter(text);
  let mended = body;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = mended;
    mended = mendOnce(before, resolve);
    if (mended === before) break;
  }
  return block + mended;
}

function mendOnce(body: string, resolve: Resolve): string {
  const kept = [...body.matchAll(KEPT)].map(({ index, 0: part }) => [index, index + part.length]);
  return rewriteLinks(body, (link) => {
    if (kept.some(([from = 0, to = 0]) => link.start >= from && link.start < to)) return undefined;
    if (isDead(link.target, resolve(link.target))) return linkText(link);
    const to = link.target === '' ? undefined : resolve(link.target);
    if (to === undefined || isSpelled(link.target, to)) return undefined;
    const target = linkTarget(to);
    // a name that no link can hold
    if (resolve(target) !== to || /[[\]|#\n]/.test(target)) return undefined;
    return spelled(link, target, isInTable(body, link));
  });
}

function spelled(link: WikiLink, target: string, inTable: boolean): string {
  const heading = link.heading === undefined ? '' : `#${link.heading}`;
  const shown = linkText(link);
  const label = shown === linkText({ ...link, target }) ? link.label : shown;
  const replacement = wikilink(target + heading, label);
  return inTable ? replacement.replace('|', '\\|') : replacement;
}

/** In a row of a table the bar before a label is escaped. */
function isInTable(body: string, { start, end }: WikiLink): boolean {
  if (body.slice(start, end).includes('\\|')) return true;
  return /^\s*\|/.test(body.slice(body.lastIndexOf('\n', start) + 1, start));
}
