import type { ElementContent, Root } from 'hast';

import { eachElement, type Child } from './hast.ts';

/** Puts other nodes in the places of nodes, also of such that the other nodes hold. Root's children stay. */
export function replaceNodes(
  tree: Root,
  replaced: ReadonlyMap<Child, readonly ElementContent[]>,
): void {
  if (replaced.size === 0) return;
  eachElement(tree, (element) => {
    // what takes a node's place may itself have to be replaced: an anchor within an anchor's text
    while (element.children.some((child) => replaced.has(child)))
      element.children = element.children.flatMap((child) => replaced.get(child) ?? [child]);
  });
}
