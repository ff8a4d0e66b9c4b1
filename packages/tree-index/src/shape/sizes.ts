/** Leaves that are far too large are split; tiny neighbours on one page are merged. */
import { type Limits, windowsOf } from '../evidence/windows.ts';
import type { Evidence, Heading } from '../heading.ts';
import { keyOf } from '../text.ts';
import type { TreeLabels } from '../types.ts';
import { type Section, nest, setRanges } from './nest.ts';

/** A leaf is split when it is over a limit by this factor. */
const FAR_OVER = 2;
/** A section with fewer tokens is tiny. */
const TINY_TOKENS = 100;

export interface SizeInput {
  readonly evidence: Evidence;
  /** Headings that may fill in the frame, in document order. */
  readonly headings: readonly Heading[];
  readonly limits: Limits;
  readonly labels: TreeLabels;
}

const tooLarge = (node: Section, { evidence, limits }: SizeInput): boolean => {
  const pages = evidence.pages.slice(node.heading.page - 1, node.end);
  if (pages.length < 2) return false;
  const tokens = pages.reduce((sum, page) => sum + page.tokens, 0);
  return pages.length > limits.maxPages * FAR_OVER || tokens > limits.maxTokens * FAR_OVER;
};

/** Headings inside a leaf, by position; on its last page only if that page is not shared. */
const inside = (
  node: Section,
  next: number | undefined,
  headings: readonly Heading[],
): readonly Heading[] => {
  const { page: start, line = Infinity, title } = node.heading;
  return headings.filter((heading) => {
    if (keyOf(heading.title) === keyOf(title)) return false;
    if (heading.page === start) return (heading.line ?? -1) > line;
    return heading.page > start && heading.page <= node.end && heading.page !== next;
  });
};

const splitLeaf = (node: Section, next: number | undefined, input: SizeInput): void => {
  const { evidence, limits, labels } = input;
  const found = inside(node, next, input.headings);
  const leads = { front: labels.opening, opening: labels.opening };
  if (found.length >= 2) {
    node.children = nest(found);
    setRanges(node.children, node.heading.page, node.end, leads);
    return;
  }
  const pages = evidence.pages.slice(node.heading.page - 1, node.end);
  node.children = nest(windowsOf(pages, limits, evidence.furniture, labels.pages));
  setRanges(node.children, node.heading.page, node.end, leads);
};

/** Splits every leaf that is too large: by the headings inside it, what remains too large by windows. */
export const splitLarge = (nodes: readonly Section[], input: SizeInput, next?: number): void => {
  for (const [i, node] of nodes.entries()) {
    const after = nodes[i + 1]?.heading.page ?? next;
    if (node.children.length > 0) splitLarge(node.children, input, after);
    else if (tooLarge(node, input)) {
      splitLeaf(node, after, input);
      splitLarge(node.children, { ...input, headings: [] }, after);
    }
  }
};

/** Tokens of a leaf on one page: the lines up to the next leaf's heading, or an equal share. */
const tokensOf = (node: Section, next: Section | undefined, evidence: Evidence): number => {
  const page = evidence.pages[node.heading.page - 1];
  const from = node.heading.line;
  const to = next?.heading.page === node.heading.page ? next.heading.line : page?.lines.length;
  if (page === undefined || from === undefined || to === undefined || to < from) return Infinity;
  const characters = page.lines.slice(from, to).reduce((sum, line) => sum + line.text.length, 0);
  return Math.ceil(characters / 4);
};

/** Merges runs of tiny childless siblings that lie on one page; their titles stay as key items. */
export const mergeTiny = (nodes: Section[], evidence: Evidence): Section[] => {
  const merged: Section[] = [];
  let open = false;
  for (const [i, node] of nodes.entries()) {
    node.children = mergeTiny(node.children, evidence);
    const single = node.children.length === 0 && node.heading.page === node.end;
    const tiny = single && tokensOf(node, nodes[i + 1], evidence) < TINY_TOKENS;
    const last = merged.at(-1);
    if (tiny && open && last?.heading.page === node.heading.page)
      last.keyItems.push(node.heading.title, ...node.keyItems);
    else merged.push(node);
    open = tiny;
  }
  return merged;
};
