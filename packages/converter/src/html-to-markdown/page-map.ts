import type { Element, Root } from 'hast';

import { attribute, type Child } from './hast.ts';

const HEADING = /^h[1-6]$/;

/** Where the elements of a page stand, and what its in-page links lead to. It holds until the tree is changed. */
export interface PageMap {
  /** The element that `#id` names, by its `id` or, of an `a`, its `name`; the first where several have it. */
  targetOf(href: string): Element | undefined;
  /** The heading that holds the target, or that is the first to show anything at or after the target's start. */
  headingOf(target: Element): Element | undefined;
  /** Whether nothing is shown between the starts of the two. */
  startTogether(one: Element, other: Element): boolean;
  /** Whether `one` begins before `other`. */
  isBefore(one: Element, other: Element): boolean;
  /** The elements around an element, the nearest first. */
  ancestorsOf(element: Element): Generator<Element>;
}

interface Place {
  readonly parent: Element | undefined;
  readonly heading: Element | undefined;
  /** Count of the elements that begin earlier. */
  readonly order: number;
  /** Count of the words and pictures before its start. */
  readonly shown: number;
}

export function mapPage(tree: Root): PageMap {
  const places = new Map<Element, Place>();
  const byId = new Map<string, Element>();
  /** For each piece of text and each picture, the heading that holds it. */
  const shown: (Element | undefined)[] = [];
  const stack: { node: Child; parent?: Element }[] = [];
  for (const node of tree.children.toReversed()) stack.push({ node });
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, parent } = next;
    const heading = parent && places.get(parent)?.heading;
    if (showsByItself(node)) shown.push(heading);
    if (node.type !== 'element') continue;
    places.set(node, {
      parent,
      heading: HEADING.test(node.tagName) ? node : heading,
      order: places.size,
      shown: shown.length,
    });
    for (const id of idsOf(node)) if (!byId.has(id)) byId.set(id, node);
    for (const child of node.children.toReversed()) stack.push({ node: child, parent: node });
  }
  const shownBefore = (element: Element): number => places.get(element)?.shown ?? -1;
  return {
    targetOf(href) {
      if (!href.startsWith('#')) return undefined;
      const id = href.slice(1);
      // the prefix is one that GitHub puts before the ids of a page, and not into its links
      return byId.get(id) ?? byId.get(decoded(id)) ?? byId.get(`user-content-${decoded(id)}`);
    },
    headingOf: (target) => places.get(target)?.heading ?? shown[shownBefore(target)],
    startTogether: (one, other) => shownBefore(one) === shownBefore(other),
    isBefore: (one, other) => (places.get(one)?.order ?? 0) < (places.get(other)?.order ?? 0),
    *ancestorsOf(element) {
      for (let at = places.get(element)?.parent; at; at = places.get(at)?.parent) yield at;
    },
  };
}

export function showsByItself(node: Child): boolean {
  return (
    (node.type === 'text' && node.value.trim() !== '') ||
    (node.type === 'element' && node.tagName === 'img')
  );
}

function idsOf({ tagName, properties: { id, name } }: Element): string[] {
  return [attribute(id), tagName === 'a' ? attribute(name) : ''].filter((value) => value !== '');
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
