/** Flat headings to nested sections, and their page ranges. */
import type { Heading } from '../heading.ts';

/** A section while the tree is being built; the steps that shape it change it in place. */
export interface Section {
  readonly heading: Heading;
  end: number;
  children: Section[];
  keyItems: string[];
}

export const section = (heading: Heading): Section => ({
  heading,
  end: heading.page,
  children: [],
  keyItems: [],
});

/** Nests by level: a heading belongs to the nearest one before it with a smaller level. */
export const nest = (headings: readonly Heading[]): Section[] => {
  const roots: Section[] = [];
  const open: Section[] = [];
  for (const heading of headings) {
    while (open.length > 0 && (open.at(-1)?.heading.level ?? 0) >= heading.level) open.pop();
    const added = section(heading);
    (open.at(-1)?.children ?? roots).push(added);
    open.push(added);
  }
  return roots;
};

const lastStart = (node: Section): number => {
  const last = node.children.at(-1);
  return last ? lastStart(last) : node.heading.page;
};

/**
 * Sets the end of each section: the page before the next one if that opens its page, else the same
 * page, which both share. A leaf named `lead` covers the pages before the first section.
 *
 * @param start first page to cover
 * @param end last page to cover
 */
export const setRanges = (
  nodes: Section[],
  start: number,
  end: number,
  leads: { readonly front: string; readonly opening: string },
): void => {
  const first = nodes[0];
  if (first && first.heading.page > start) {
    const { level } = first.heading;
    nodes.unshift(section({ title: leads.front, level, page: start, opens: true }));
  }
  for (const [i, node] of nodes.entries()) {
    const { page } = node.heading;
    const next = nodes[i + 1]?.heading;
    const until = next === undefined ? end : next.opens ? next.page - 1 : next.page;
    node.end = Math.max(page, lastStart(node), until);
    setRanges(node.children, page, node.end, { front: leads.opening, opening: leads.opening });
  }
};
