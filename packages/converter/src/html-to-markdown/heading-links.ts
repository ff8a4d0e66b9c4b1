/**
 * Links to headings as Obsidian writes and resolves them: `#` and the words of the heading.
 *
 * Obsidian compares without regard to case, with punctuation taken for space, what the link says with the
 * heading's line as it is written, and follows the first heading that agrees (its API's `stripHeading`,
 * `stripHeadingForLink` and `resolveSubpath`). A reader of the rendered page sees the words without marks. A
 * link stands where both agree; where they do not, or an earlier heading has the words too, its text stands.
 */
import type { Heading, Nodes, PhrasingContent, Root } from 'mdast';

import { headingText } from '../markdown/heading-text.ts';
import { nodesOf } from './mdast.ts';

declare module 'mdast' {
  interface HeadingData {
    /** Number of a heading that a link of the page leads to. */
    headingNumber?: number;
  }
  interface LinkData {
    /** Number of the heading that the link leads to; its `url` is not known yet. */
    headingNumber?: number;
  }
}

/** Gives the links with a heading's number their address, or puts their text in their place. */
export function linkHeadings(tree: Root, print: (root: Root) => string): void {
  if (!nodesOf(tree).some((node) => numberOf(node) !== undefined)) return;
  const addresses = addressesOf(tree, print);
  for (const parent of nodesOf(tree)) {
    if (!('children' in parent)) continue;
    const children = (parent.children as PhrasingContent[]).flatMap((node) => {
      if (node.type !== 'link' || node.data?.headingNumber === undefined) return [node];
      const url = addresses.get(node.data.headingNumber);
      return url === undefined ? node.children : [Object.assign(node, { url })];
    });
    (parent as { children: PhrasingContent[] }).children = children;
  }
}

function addressesOf(tree: Root, print: (root: Root) => string): Map<number, string> {
  const addresses = new Map<number, string>();
  const taken = new Set<string>();
  const top = new Set<Nodes>(tree.children);
  for (const heading of nodesOf(tree)) {
    if (heading.type !== 'heading') continue;
    const line = lineOf(heading, print);
    const words = comparable(line);
    const number = numberOf(heading);
    // a heading in a list or a quotation is in no outline
    if (number !== undefined && top.has(heading) && !taken.has(words)) {
      const address = addressOf(line);
      if (address !== undefined) addresses.set(number, address);
    }
    taken.add(words);
  }
  return addresses;
}

function lineOf(heading: Heading, print: (root: Root) => string): string {
  const line = print({ type: 'root', children: [heading] });
  return line.replace(/^#+[ \t]*|\n(?:=+|-+)\n*$/g, '').trim();
}

function addressOf(line: string): string | undefined {
  const words = headingText(line);
  if (comparable(words) === '' || comparable(words) !== comparable(line)) return undefined;
  // an equation is put in later
  if (/[\uE000\uE001]/.test(line)) return undefined;
  const safe = words.replace(/[#^|\\]|%%|\[\[|\]\]/g, ' ').replace(/\s+/g, ' ');
  return `#${safe.trim().replace(/[\s\p{Cc}"%<>()[\]`{}]/gu, (char) => encode(char))}`;
}

/** The words of a heading, or of a link to it, as Obsidian compares them. */
function comparable(heading: string): string {
  return heading
    .replace(/[!"#$%&()*+,.:;<=>?@^`{|}~/[\]\\\s]+/g, ' ')
    .trim()
    .toLowerCase();
}

function encode(char: string): string {
  return /[()]/.test(char)
    ? `%${char.charCodeAt(0).toString(16).toUpperCase()}`
    : encodeURIComponent(char);
}

function numberOf(node: Nodes): number | undefined {
  return node.type === 'heading' || node.type === 'link' ? node.data?.headingNumber : undefined;
}
