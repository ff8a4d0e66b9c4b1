import type { Element, ElementContent, Root } from 'hast';

import { BLOCKS, eachElement, type Child } from './hast.ts';

const MARKS = new Set(
  'b strong i em u mark small big font code tt kbd samp var cite dfn q sub sup ins abbr'.split(' '),
);

/**
 * Takes emphasis and code marks away from around blocks, as in `<b><p>..</p></b>`: Markdown's marks do not
 * reach over a paragraph's end.
 */
export function unwrapBlocks(tree: Root): void {
  const parents: (Root | Element)[] = [tree];
  eachElement(tree, (element) => parents.push(element));
  const holders = new Set<Child>();
  // children before parents: what a child holds, its parent holds
  for (const parent of parents.toReversed()) {
    const isHolder = parent.children.some((child) => holders.has(child) || isBlock(child));
    if (!isHolder) continue;
    if (parent.type === 'element') holders.add(parent);
    parent.children = (parent.children as ElementContent[]).flatMap((child) =>
      child.type === 'element' && MARKS.has(child.tagName) && holders.has(child)
        ? child.children
        : [child],
    );
  }
}

function isBlock(node: Child): boolean {
  return node.type === 'element' && BLOCKS.has(node.tagName);
}
