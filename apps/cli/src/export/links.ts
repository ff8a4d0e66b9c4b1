import { dirname } from 'node:path/posix';

import { linkText, rewriteLinks, splitFrontMatter, type WikiLink } from '@openkb/wiki';

/** Where a file of the wiki is in what is exported; `undefined` where it is not. */
export type Placed = (path: string) => string | undefined;

export interface LinkOptions {
  /** Path of the page, relative to `wiki/`. */
  readonly from: string;
  /** The page that a wikilink's target means. */
  readonly resolve: (target: string) => string | undefined;
  /** The address for a path of the wiki; `undefined` for what is not exported. */
  readonly address: Placed;
}

/**
 * The page's body with every link into the wiki as a Markdown link to `address`; a link that leads to nothing
 * becomes its text. What lies in code stays.
 */
export function portableLinks(text: string, options: LinkOptions): string {
  const { body } = splitFrontMatter(text);
  return outsideCode(
    rewriteLinks(body, (link) => fromWikilink(link, options)),
    (part) =>
      part.replace(MARKDOWN_LINK, (whole, mark: string, label: string, target: string) => {
        const address = relativeAddress(target, options);
        return address === undefined ? whole : `${mark}[${label}](${address})`;
      }),
  );
}

const MARKDOWN_LINK = /(!?)\[([^[\]\n]{0,1000})\]\(<?([^()<>\s]{1,1000})>?\)/g;
const CODE =
  /(^ {0,3}(`{3,}|~{3,})[^\n]*\n[^]*?(?:^ {0,3}\2[`~]*[ \t]*$|(?![^])))|(`+)[^`\n][^\n]*?\3(?!`)/gm;

/** Applies a change to what is no code. */
export function outsideCode(text: string, change: (part: string) => string): string {
  let result = '';
  let position = 0;
  for (const { index, 0: code } of text.matchAll(CODE)) {
    result += change(text.slice(position, index)) + code;
    position = index + code.length;
  }
  return result + change(text.slice(position));
}

function fromWikilink(link: WikiLink, { from, resolve, address }: LinkOptions): string {
  const label = linkText(link).replace(/[[\]]/g, ' ').trim() || 'link';
  if (link.target === '') return label;
  const page = resolve(link.target);
  const to = page === undefined ? undefined : address(page);
  if (to === undefined || page === from) return label;
  return `[${label}](${to}${link.heading === undefined ? '' : `#${anchor(link.heading)}`})`;
}

/** As most renderers of Markdown name a heading. */
const anchor = (heading: string): string =>
  encodeURIComponent(
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );

function relativeAddress(target: string, { from, address }: LinkOptions): string | undefined {
  if (/^(?:[a-z][a-z0-9+.-]*:|#|\/)/i.test(target)) return undefined;
  const [path = '', heading] = target.split('#');
  const file = normal(dirname(from), path);
  // pictures were once linked from the wiki's root
  const to = file && (address(file) ?? address(normal('.', path) ?? ''));
  return to && to + (heading === undefined ? '' : `#${heading}`);
}

function normal(directory: string, path: string): string | undefined {
  const parts = directory === '.' ? [] : directory.split('/');
  for (const part of decoded(path).split('/')) {
    if (part === '..' && parts.length === 0) return undefined;
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A path as an address in Markdown: what would end it there is written in percents. */
export const asAddress = (path: string): string =>
  path
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(/[()']/g, (c) => `%${c.charCodeAt(0).toString(16)}`),
    )
    .join('/');
