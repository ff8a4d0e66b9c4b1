import type { Nodes, Root } from 'mdast';

/** A tree and all below it, in document order, without recursion. */
export function nodesOf(tree: Root): Nodes[] {
  const nodes: Nodes[] = [];
  const stack: Nodes[] = [tree];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    nodes.push(next);
    // one by one: a call takes only so many arguments, and a page may have more blocks
    if ('children' in next) for (const child of next.children.toReversed()) stack.push(child);
  }
  return nodes;
}
