import type { Element, ElementContent, Root } from 'hast';

import { attribute, BLOCKS, eachElement, textOf } from './hast.ts';
import type { PageMap } from './page-map.ts';

/** Part of the page that is one note: a list item, or a term with its definition. */
export interface Note {
  readonly term?: Element;
  readonly holder: Element;
  /** The links to it that stand as marks in the text, in order. */
  readonly calls: readonly [Element, ...Element[]];
  /** The links in it that lead to its calls. */
  readonly backLinks: ReadonlySet<Element>;
}

/** What mammoth writes above a comment: the initials of its author and a number. */
export const COMMENT = /^Comment \[(.*?)\d+\]$/;

/** A mark is short: `1`, `[12]`, `*`, `[note 3]`. */
const LONGEST_MARK = 24;
const NAMED = /(?:^|[\s_-])(?:footnote|endnote|noteref|fnref)/i;

/**
 * The notes of a page that are surely notes, in the order of their first marks: a raised or so named link leads
 * to an item further down, and a link in the item leads back to it. So write them mammoth, pandoc, kramdown,
 * GitHub, MediaWiki, WordPress.
 */
export function findNotes(tree: Root, map: PageMap): Note[] {
  const callsOf = new Map<Element, [Element, ...Element[]]>();
  const placesOf = new Map<Element, Set<Element>>();
  const links: Element[] = [];
  eachElement(tree, (link) => {
    if (link.tagName !== 'a') return;
    links.push(link);
    const target = map.targetOf(attribute(link.properties['href']).trim());
    if (target === undefined || !isMark(link, map)) return;
    const holder = holderOf(target, map);
    if (holder === undefined || !map.isBefore(link, holder)) return;
    if ([...map.ancestorsOf(link)].includes(holder)) return;
    const calls = callsOf.get(holder);
    if (calls === undefined) callsOf.set(holder, [link]);
    else calls.push(link);
    const places = placesOf.get(holder) ?? new Set();
    placesOf.set(holder, places);
    for (const place of placesOfCall(link, map)) places.add(place);
  });
  const backLinksOf = new Map<Element, Set<Element>>();
  for (const link of links) {
    const target = map.targetOf(attribute(link.properties['href']).trim());
    if (target === undefined) continue;
    const around = [...map.ancestorsOf(link)];
    const parts = around.map((one) => (one.tagName === 'dd' ? termOf(one, map) : one));
    const holder = parts.find((one) => one !== undefined && callsOf.has(one));
    if (holder === undefined) continue;
    if (placesOf.get(holder)?.has(target) !== true) continue;
    backLinksOf.set(holder, (backLinksOf.get(holder) ?? new Set()).add(link));
  }
  return [...callsOf].flatMap(([found, calls]) => {
    const backLinks = backLinksOf.get(found);
    if (backLinks === undefined) return [];
    if (found.tagName !== 'dt') return [{ holder: found, calls, backLinks }];
    const holder = definitionOf(found, map);
    // a term that says more than a number would be lost
    const isLabel = COMMENT.test(textOf(found).trim()) || !/\p{L}/u.test(textOf(found));
    return holder !== undefined && isLabel ? [{ term: found, holder, calls, backLinks }] : [];
  });
}

function isMark(link: Element, map: PageMap): boolean {
  const { role, className, dataFootnoteRef, rel } = link.properties;
  if (textOf(link).trim().length > LONGEST_MARK) return false;
  if (dataFootnoteRef !== undefined) return true;
  if ([role, className, rel].some((value) => NAMED.test(attribute(value)))) return true;
  for (const around of map.ancestorsOf(link)) {
    if (around.tagName === 'sup') return true;
    if (BLOCKS.has(around.tagName)) break;
  }
  const shown = link.children.filter((child) => child.type !== 'text' || child.value.trim() !== '');
  return shown.length > 0 && shown.every((child) => isElement(child, 'sup'));
}

function isHolder({ tagName }: Element): boolean {
  return tagName === 'li' || tagName === 'dt';
}

/** The item or term that the target is or opens. */
function holderOf(target: Element, map: PageMap): Element | undefined {
  if (isHolder(target)) return target;
  for (const around of map.ancestorsOf(target)) {
    if (!map.startTogether(around, target)) return undefined;
    if (isHolder(around)) return around;
  }
  return undefined;
}

/** What a link back may name: the link of the mark, the inline elements around it and those in it. */
function* placesOfCall(call: Element, map: PageMap): Generator<Element> {
  yield call;
  for (const around of map.ancestorsOf(call)) {
    if (BLOCKS.has(around.tagName)) break;
    yield around;
  }
  const inside: ElementContent[] = [...call.children];
  for (let next = inside.pop(); next !== undefined; next = inside.pop()) {
    if (next.type !== 'element') continue;
    yield next;
    for (const child of next.children) inside.push(child);
  }
}

function definitionOf(term: Element, map: PageMap): Element | undefined {
  const next = siblings(term, map);
  const found = next[next.indexOf(term) + 1];
  return found?.tagName === 'dd' ? found : undefined;
}

function termOf(definition: Element, map: PageMap): Element | undefined {
  const before = siblings(definition, map);
  const found = before[before.indexOf(definition) - 1];
  return found?.tagName === 'dt' ? found : undefined;
}

function siblings(element: Element, map: PageMap): Element[] {
  const [parent] = map.ancestorsOf(element);
  return (parent?.children ?? []).filter((child): child is Element => child.type === 'element');
}

function isElement(node: ElementContent, tagName: string): boolean {
  return node.type === 'element' && node.tagName === tagName;
}
