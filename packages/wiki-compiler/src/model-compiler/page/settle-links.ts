import { linkTarget, linkText, rewriteLinks, wikilink, type WikiLink } from '@openkb/wiki';

import { titleInSentence } from './link-words.ts';

export interface LinkSettling {
  /** Path of the page that the text is for. */
  readonly self: string;
  /** The page that a target means, undefined where it may not be linked. */
  readonly resolve: (target: string) => string | undefined;
  /** What a page is called. */
  readonly titleOf: (path: string) => string | undefined;
}

/**
 * The text with the links that may be: each leads to a page that exists, in its exact spelling and with words
 * to read, the first time that the page is mentioned. All others are their words.
 */
export function settleLinks(text: string, { self, resolve, titleOf }: LinkSettling): string {
  const linked = new Set<string>();
  return rewriteLinks(text, (link) => {
    const path = resolve(link.target);
    const words = wordsOf(link, path, titleOf);
    if (path === undefined || path === self || linked.has(path)) return words;
    linked.add(path);
    const settled = wikilink(linkTarget(path), words);
    return inTable(text, link.start) ? settled.replace('|', '\\|') : settled;
  });
}

function wordsOf(
  link: WikiLink,
  path: string | undefined,
  titleOf: LinkSettling['titleOf'],
): string {
  if (link.label !== undefined) return link.label;
  const title = path === undefined ? undefined : titleOf(path);
  return path === undefined || title === undefined ? linkText(link) : titleInSentence(path, title);
}

/** A bar would end the cell. */
function inTable(text: string, position: number): boolean {
  return text
    .slice(text.lastIndexOf('\n', position - 1) + 1, position)
    .trimStart()
    .startsWith('|');
}
