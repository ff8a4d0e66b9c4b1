import type { Element, ElementContent, Root } from 'hast';

import { eachElement, text, type Child } from './hast.ts';
import { HEADING_LINK } from './made-elements.ts';

const MARKED = new Set([
  'b',
  'strong',
  'i',
  'em',
  'del',
  's',
  'strike',
  'u',
  'mark',
  'a',
  HEADING_LINK,
]);

/**
 * Moves spaces at the edges of emphasised words out of the emphasis: Markdown's marks must touch a word, so
 * they would be printed as character references. Emphasis of nothing but space becomes the space.
 */
export function hoistSpaces(tree: Root): void {
  const parents: (Root | Element)[] = [tree];
  eachElement(tree, (element) => parents.push(element));
  // children before parents, so that a space moves out of `<b><i> word</i></b>` altogether
  for (const parent of parents.toReversed()) {
    if (!parent.children.some((child) => isMarked(child))) continue;
    parent.children = (parent.children as ElementContent[]).flatMap((child) =>
      isMarked(child) ? hoist(child) : [child],
    );
  }
}

function isMarked(node: Child): node is Element {
  return node.type === 'element' && MARKED.has(node.tagName);
}

function hoist(node: Element): ElementContent[] {
  const before = cutEdge(node, 'start');
  const after = cutEdge(node, 'end');
  const isEmpty = node.children.length === 0 && node.tagName !== 'a';
  return [
    ...(before === '' ? [] : [text(before)]),
    ...(isEmpty ? [] : [node]),
    ...(after === '' ? [] : [text(after)]),
  ];
}

function cutEdge(node: Element, edge: 'start' | 'end'): string {
  const child = edge === 'start' ? node.children[0] : node.children.at(-1);
  if (child?.type !== 'text') return '';
  const trimmed = edge === 'start' ? child.value.trimStart() : child.value.trimEnd();
  if (trimmed.length === child.value.length) return '';
  if (trimmed === '') node.children = node.children.filter((other) => other !== child);
  else child.value = trimmed;
  return ' ';
}
