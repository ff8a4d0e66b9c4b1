import { codeRanges } from './code-ranges.ts';
import { findBlock } from './front-matter-block.ts';
import { oneLine } from './lines.ts';

/** A wikilink as it stands in a page. */
export interface WikiLink {
  /** What is linked, as written, without heading and label: `concepts/attention`; empty for a link into the same page. */
  readonly target: string;
  /** What follows `#`. */
  readonly heading?: string;
  /** What follows `|`. */
  readonly label?: string;
  /** `![[...]]`: the page shows the target instead of linking it. */
  readonly embed?: true;
  /** `text.slice(start, end)` is the link from `[[` to `]]`. */
  readonly start: number;
  readonly end: number;
}

export interface LinkOptions {
  /** Whether links in the front matter count too; by default they do not. */
  readonly frontMatter?: boolean;
}

/**
 * A wikilink: `[[concepts/attention]]`, or `[[concepts/attention|text]]` where the label is not the target itself.
 * Characters that would end the link early are replaced.
 */
export function wikilink(target: string, label?: string): string {
  const safeTarget = oneLine(target.replace(/[[\]|]/g, ' '));
  const safeLabel = oneLine(
    (label ?? '').replaceAll('[', '(').replaceAll(']', ')').replaceAll('|', '/'),
  );
  return safeLabel === '' || safeLabel === safeTarget
    ? `[[${safeTarget}]]`
    : `[[${safeTarget}|${safeLabel}]]`;
}

/** All wikilinks of a page, in order. What lies in code is no link. */
export function parseLinks(text: string, options: LinkOptions = {}): WikiLink[] {
  if (!text.includes('[[')) return [];
  const bodyStart = findBlock(text)?.end ?? 0;
  const code = codeRanges(text, bodyStart);
  const links: WikiLink[] = [];
  let next = 0;
  for (const match of text.matchAll(LINK)) {
    const start = match.index;
    if (start < bodyStart && options.frontMatter !== true) continue;
    for (let end = code[next]?.end; end !== undefined && end <= start; end = code[next]?.end) {
      next += 1;
    }
    if (start >= (code[next]?.start ?? text.length) || isEscaped(text, start)) continue;
    const link = parseLink(match[1] ?? '', start, start + match[0].length);
    links.push(text[start - 1] === '!' ? { ...link, embed: true } : link);
  }
  return links;
}

const LINK = /\[\[([^[\]\n]+)\]\]/g;

function parseLink(inner: string, start: number, end: number): WikiLink {
  const bar = inner.indexOf('|');
  // in a table the bar before the label is written \|
  const address = (bar === -1 ? inner : inner.slice(0, bar)).replace(/\\$/, '');
  const label = bar === -1 ? '' : inner.slice(bar + 1).trim();
  const hash = address.indexOf('#');
  const target = (hash === -1 ? address : address.slice(0, hash)).trim();
  const heading = hash === -1 ? '' : address.slice(hash + 1).trim();
  return {
    target,
    ...(heading === '' ? {} : { heading }),
    ...(label === '' ? {} : { label }),
    start,
    end,
  };
}

function isEscaped(text: string, position: number): boolean {
  let slashes = 0;
  while (text[position - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}

/**
 * The page with links replaced: `rewrite` gets each link and returns what stands in its place, or undefined to leave it.
 * An embed that is not replaced by another link loses its `!` too. Every other byte stays as it is.
 */
export function rewriteLinks(
  text: string,
  rewrite: (link: WikiLink) => string | undefined,
  options: LinkOptions = {},
): string {
  let result = '';
  let position = 0;
  for (const link of parseLinks(text, options)) {
    const replacement = rewrite(link);
    if (replacement === undefined) continue;
    const dropMark = link.embed === true && !replacement.startsWith('[[');
    result += text.slice(position, dropMark ? link.start - 1 : link.start) + replacement;
    position = link.end;
  }
  return result + text.slice(position);
}

/** What a reader sees of a link: its label, or the last part of its target in words. */
export function linkText(link: Pick<WikiLink, 'target' | 'label' | 'heading'>): string {
  if (link.label !== undefined) return link.label;
  const name = link.target.replace(/\.md$/i, '').split('/').at(-1) ?? '';
  return name.replace(/[-_]+/g, ' ').trim() || (link.heading ?? '');
}
