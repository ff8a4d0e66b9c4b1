/** End pages, which the service does not send. */
import type { CloudNode, RangedNode } from './types.ts';

interface Flat {
  readonly node: CloudNode;
  readonly depth: number;
  readonly start: number;
}

/** Pre-order, with starts that are pages of the document and never go backwards. */
const flatten = (tree: readonly CloudNode[], pageCount: number): readonly Flat[] => {
  const list: Flat[] = [];
  let before = 1;
  const visit = (nodes: readonly CloudNode[], depth: number): void => {
    for (const node of nodes) {
      const { startPage } = node;
      const usable = startPage !== undefined && Number.isInteger(startPage) && startPage >= 1;
      before = Math.min(pageCount, Math.max(before, usable ? startPage : before));
      list.push({ node, depth, start: before });
      visit(node.children, depth + 1);
    }
  };
  visit(tree, 0);
  return list;
};

const highestStart = (nodes: readonly CloudNode[]): number =>
  nodes.reduce(
    (highest, { startPage = 1, children }) => Math.max(highest, startPage, highestStart(children)),
    1,
  );

/**
 * Gives every node its end: the page where its next sibling, or the next one of an ancestor, starts,
 * else the last page. Two neighbours share that page, because where on it the next heading stands
 * is not known. Starts that are missing, outside the document or go backwards take the start of the
 * node before.
 *
 * @param pageCount pages of the document; 0 where it is not known
 */
export const rebuildRanges = (
  tree: readonly CloudNode[],
  pageCount: number,
): readonly RangedNode[] => {
  const last = pageCount >= 1 ? Math.floor(pageCount) : highestStart(tree);
  const list = flatten(tree, last);
  const ends: number[] = [];
  // from the back: the start of the next node of each depth or above
  const nextAt: number[] = [];
  for (let i = list.length - 1; i >= 0; i -= 1) {
    const { depth, start } = list[i] ?? { depth: 0, start: 1 };
    const next = nextAt.slice(0, depth + 1).filter((page) => page !== undefined);
    ends[i] = Math.max(start, next.length > 0 ? Math.min(...next) : last);
    nextAt.length = depth;
    nextAt[depth] = start;
  }
  let at = 0;
  const build = (nodes: readonly CloudNode[]): readonly RangedNode[] =>
    nodes.map((node) => {
      const startPage = list[at]?.start ?? 1;
      const endPage = ends[at] ?? startPage;
      at += 1;
      const { title, summary, keyItems } = node;
      const children = build(node.children);
      const ranged = { title, startPage, endPage, summary, keyItems, children };
      return node.id === undefined ? ranged : Object.assign(ranged, { id: node.id });
    });
  return build(tree);
};
