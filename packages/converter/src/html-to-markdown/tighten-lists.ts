import type { List, Root } from 'mdast';

import { nodesOf } from './mdast.ts';

/** Prints lists without empty lines when their items are one paragraph each, with lists below it at most. */
export function tightenLists(tree: Root): void {
  for (const node of nodesOf(tree)) if (node.type === 'list' && isTight(node)) tighten(node);
}

function isTight({ children }: List): boolean {
  return children.every((item) =>
    item.children.every(
      ({ type }, index) => type === 'list' || (index === 0 && type === 'paragraph'),
    ),
  );
}

function tighten(list: List): void {
  list.spread = false;
  for (const item of list.children) item.spread = false;
}
