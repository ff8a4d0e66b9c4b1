import type { Element, ElementContent, Root } from 'hast';

import { attribute, eachElement, textOf, type Child } from './hast.ts';
import { HEADING_LINK, setNumber } from './made-elements.ts';
import { mapPage, showsByItself } from './page-map.ts';
import { replaceNodes } from './replace-nodes.ts';

/** Signs that offer a link and say nothing without it: at a heading, and elsewhere. */
const PERMALINK = /^[^\p{L}\p{N}]*$/u;
const BACK = /^(?:\s|[¶↑↩↵⤴🔗]|\uFE0E|\uFE0F)*$/u;

/**
 * Takes the links within the page apart, in place: one that leads to a heading becomes a `heading-link` that
 * bears the heading's number, every other becomes what it holds. So do anchors, which lead nowhere themselves.
 */
export function resolveInPageLinks(tree: Root): void {
  const map = mapPage(tree);
  const numbers = new Map<Element, number>();
  const replaced = new Map<Child, ElementContent[]>();
  eachElement(tree, (link) => {
    if (link.tagName !== 'a') return;
    const href = attribute(link.properties['href']).trim();
    if (href !== '' && !href.startsWith('#')) return;
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
