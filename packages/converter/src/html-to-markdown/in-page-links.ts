import type { Element, ElementContent, Root } from 'hast';

import { attribute, eachElement, text, textOf, type Child } from './hast.ts';
import { HEADING_LINK, setNumber } from './made-elements.ts';
import { mapPage, showsByItself } from './page-map.ts';
import { replaceNodes } from './replace-nodes.ts';

/** Signs that offer a link and say nothing without it: at a heading, and elsewhere. */
const PERMALINK = /^[^\p{L}\p{N}]*$/u;
const BACK = /^(?:\s|[¶↑↩↵⤴🔗]|\uFE0E|\uFE0F)*$/u;
const WORD = /^[\p{L}\p{N}].*[\p{L}\p{N}]$/su;
const PROGRAM = /^(?:javascript|vbscript):/i;

/**
 * Takes the links within the page apart, in place: one that leads to a heading becomes a `heading-link` that
 * bears the heading's number, every other becomes what it holds. So do anchors, which lead nowhere themselves, and
 * links out of the page that show nothing or run a program.
 */
export function resolveInPageLinks(tree: Root): void {
  const map = mapPage(tree);
  const numbers = new Map<Element, number>();
  const replaced = new Map<Child, ElementContent[]>();
  eachElement(tree, (link) => {
    if (link.tagName !== 'a') return;
    const href = hrefOf(link);
    if (href !== '' && !href.startsWith('#')) {
      // a link without a word cannot be seen, and a program is no place to go to
      if (PROGRAM.test(href) || !shows(link)) replaced.set(link, link.children);
      return;
    }
    const target = map.targetOf(href);
    const heading = target && map.headingOf(target);
    const around = [...map.ancestorsOf(link)].find(({ tagName }) => /^h[1-6]$/.test(tagName));
    if (heading === undefined || heading === around || !shows(link)) {
      const isSign = href !== '' && shows(link) && !holdsPicture(link);
      const sign = around === undefined ? BACK : PERMALINK;
      replaced.set(link, isSign && sign.test(textOf(link)) ? [] : link.children);
      return;
    }
    const number = numbers.get(heading) ?? numbers.size + 1;
    numbers.set(heading, number);
    setNumber(heading, 'headingNumber', number);
    link.tagName = HEADING_LINK;
    link.properties = {};
    setNumber(link, 'headingNumber', number);
  });
  replaceNodes(tree, replaced);
}

/** The items of a menu are links that touch, held apart by styles alone: they get a space between them. */
export function partLinks(tree: Root): void {
  eachElement(tree, (parent) => {
    if (!parent.children.some((child) => isLink(child))) return;
    let before: Child | undefined;
    parent.children = parent.children.flatMap((child) => {
      const parted = touches(child, before) ? [text(' '), child] : [child];
      if (!isLink(child) || shows(child)) before = child;
      return parted;
    });
  });
}

/** Two links to different places; word processors write one link in parts. */
function touches(node: Child, before: Child | undefined): boolean {
  if (!isLink(node) || !isLink(before)) return false;
  const address = hrefOf(node);
  return (
    address !== '' &&
    hrefOf(before) !== '' &&
    (address !== hrefOf(before) || PROGRAM.test(address)) &&
    [node, before].every((link) => WORD.test(textOf(link)))
  );
}

function isLink(node: Child | undefined): node is Element {
  return node?.type === 'element' && node.tagName === 'a';
}

function hrefOf(link: Element): string {
  return attribute(link.properties['href']).trim();
}

function shows(element: Element): boolean {
  return textOf(element).trim() !== '' || holdsPicture(element);
}

function holdsPicture(element: Element): boolean {
  const stack: ElementContent[] = [...element.children];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.type !== 'element') continue;
    if (showsByItself(next)) return true;
    for (const child of next.children) stack.push(child);
  }
  return false;
}
