/**
 * The invariants of a section tree, in one place:
 *
 * 1. 1 <= start <= end <= pages for every node
 * 2. starts never go backwards in pre-order
 * 3. a parent's range covers the ranges of its children
 * 4. every page is in at least one leaf
 * 5. ids are unique
 */
import type { SectionNode, SectionTree } from '../types.ts';

/** Every violation of an invariant, in a sentence each; none for a sound tree. */
export const checkTree = (tree: Pick<SectionTree, 'nodes' | 'pageCount'>): readonly string[] => {
  const violations: string[] = [];
  const ids = new Set<string>();
  const covered = new Uint8Array(tree.pageCount + 1);
  let lastStart = 1;
  const visit = (node: SectionNode, parent: SectionNode | undefined): void => {
    const { startPage: start, endPage: end } = node;
    const name = `node "${node.id}"`;
    const inside = 1 <= start && start <= end && end <= tree.pageCount;
    if (!inside)
      violations.push(`${name} has the range ${start}–${end} of ${tree.pageCount} pages`);
    if (start < lastStart) violations.push(`${name} starts before the node in front of it`);
    if (parent && (start < parent.startPage || end > parent.endPage))
      violations.push(`${name} reaches outside its parent "${parent.id}"`);
    if (ids.has(node.id)) violations.push(`${name} is there twice`);
    ids.add(node.id);
    lastStart = Math.max(lastStart, start);
    if (node.children.length === 0 && inside) covered.fill(1, start, end + 1);
    for (const child of node.children) visit(child, node);
  };
  for (const node of tree.nodes) visit(node, undefined);
  const missing = covered.indexOf(0, 1);
  if (missing > 0) violations.push(`page ${missing} is in no leaf`);
  return violations;
};
