import type { Element, ElementContent, Root } from 'hast';

import type { EquationStore } from '../math/equation-store.ts';
import { makeLinksAbsolute } from './absolute-links.ts';
import { takeFootnotes } from './footnotes.ts';
import { attribute, eachElement, text, textOf, type Child } from './hast.ts';
import { makeHeadRows } from './head-rows.ts';
import { hoistSpaces } from './hoist-spaces.ts';
import { partLinks, resolveInPageLinks } from './in-page-links.ts';
import { spellOutSpans } from './spell-out-spans.ts';
import { flattenCell } from './table-cells.ts';
import { takeMath } from './take-math.ts';
import { unwrapBlocks } from './unwrap.ts';

export interface PrepareOptions {
  /** The link of a picture: its new address, `undefined` to keep it, `null` to leave the picture out. */
  readonly resolveImage?: (src: string) => string | null | undefined;
  /** The page's address, from which its relative links lead on. */
  readonly url?: string;
  /** Holds equations whose placeholders are in the page, and takes those of the page. */
  readonly equations?: EquationStore;
  /** Looked at between the pieces of a long page. */
  readonly signal?: AbortSignal | undefined;
}

/** The libraries that follow recurse: elements below this depth are replaced by their text. */
const MAXIMUM_DEPTH = 256;
const DROPPED = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'head',
  'svg',
  'canvas',
  'iframe',
  'object',
  'embed',
  'select',
  'textarea',
  'datalist',
]);

/** Makes a parsed page fit for Markdown, in place: see each step. */
export function prepare(
  tree: Root,
  options: PrepareOptions & { readonly equations: EquationStore },
): void {
  if (options.url !== undefined) makeLinksAbsolute(tree, options.url);
  takeMath(tree, options.equations);
  dropInvisible(tree);
  eachElement(tree, (element, depth) => {
    if (depth >= MAXIMUM_DEPTH) element.children = textAsChildren(element);
  });
  rewriteImages(tree, options);
  takeFootnotes(tree);
  partLinks(tree);
  resolveInPageLinks(tree);
  unwrapBlocks(tree);
  hoistSpaces(tree);
  spellOutSpans(tree);
  makeHeadRows(tree);
  flattenCells(tree);
}

function dropInvisible(tree: Root): void {
  tree.children = tree.children.filter((child) => isVisible(child));
  eachElement(tree, (element) => {
    element.children = element.children.filter((child) => isVisible(child));
  });
}

function isVisible(node: Child): boolean {
  return node.type === 'text' || (node.type === 'element' && !isInvisible(node));
}

function isInvisible({ tagName, properties }: Element): boolean {
  if (DROPPED.has(tagName)) return true;
  if (tagName === 'input' && properties['type'] !== 'checkbox') return true;
  if (properties['hidden'] === true || properties['hidden'] === '') return true;
  return /(?:^|;)\s*display\s*:\s*none/i.test(attribute(properties['style']));
}

function textAsChildren(element: Element): ElementContent[] {
  const value = textOf(element);
  return value === '' ? [] : [text(value)];
}

function rewriteImages(tree: Root, { resolveImage }: PrepareOptions): void {
  if (resolveImage === undefined) return;
  const dropped = new Set<Child>();
  eachElement(tree, (element) => {
    if (element.tagName !== 'img') return;
    const { src, dataSrc, alt } = element.properties;
    // pages that load their pictures late have a stand-in of some bytes first
    const isStandIn = dataSrc !== undefined && /^(?:data:|$)/.test(attribute(src));
    const address = attribute(isStandIn ? dataSrc : (src ?? dataSrc)).trim();
    const resolved = address === '' ? null : resolveImage(address);
    if (resolved === null) dropped.add(element);
    else element.properties = { src: resolved ?? address, alt: oneLine(attribute(alt)) };
  });
  if (dropped.size === 0) return;
  eachElement(tree, (element) => {
    element.children = element.children.filter((child) => !dropped.has(child));
  });
}

function flattenCells(tree: Root): void {
  const cells: Element[] = [];
  eachElement(tree, (element) => {
    if (element.tagName === 'td' || element.tagName === 'th') cells.push(element);
  });
  // from the innermost outwards: a table inside of a cell is text by then
  for (const cell of cells.toReversed()) flattenCell(cell);
}

function oneLine(value: string): string {
  return value.replace(/\s+/g, ' ').trim();
}
