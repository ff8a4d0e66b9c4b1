/** Pages to a section tree: collect evidence, frame, nest, ranges, sizes, ids, check. */
import { readContents } from './evidence/contents-rows.ts';
import { fromContents } from './evidence/contents.ts';
import { findHeadings, fromHeadings } from './evidence/headings.ts';
import { fromNumbering } from './evidence/numbered.ts';
import { fromOutline } from './evidence/outline.ts';
import { windowsOf } from './evidence/windows.ts';
import type { Evidence, Finding, Heading } from './heading.ts';
import { type Page, findFurniture, readPages } from './read-pages.ts';
import { checkTree } from './shape/check.ts';
import { type Section, nest, setRanges } from './shape/nest.ts';
import { mergeTiny, splitLarge } from './shape/sizes.ts';
import type {
  SectionNode,
  SectionTree,
  TreeInput,
  TreeLabels,
  TreeMessage,
  TreeMethod,
  TreeOptions,
} from './types.ts';

const LABELS: TreeLabels = { front: 'Front matter', opening: 'Opening', pages: 'Pages' };
const MAX_PAGES = 10;
const MAX_TOKENS = 20_000;
/** Below this median of characters a page, the file is taken for a scan without text. */
const SCANNED = 20;

const isScanned = (pages: readonly Page[]): boolean => {
  const sizes = pages.map((page) => page.lines.reduce((sum, { key }) => sum + key.length, 0));
  return (sizes.toSorted((a, b) => a - b)[pages.length >> 1] ?? 0) < SCANNED;
};

const limit = (name: string, value: number | undefined, fallback: number): number => {
  if (value === undefined) return fallback;
  if (Number.isInteger(value) && value >= 1) return value;
  throw new RangeError(`option "${name}" is "${value}", not a positive integer`);
};

interface Frame {
  readonly method: TreeMethod;
  readonly headings: readonly Heading[];
  readonly messages: readonly TreeMessage[];
}

/** The first evidence that passes its checks; what was there and failed is a message. */
const chooseFrame = (
  trials: readonly { readonly method: TreeMethod; readonly find: () => Finding | undefined }[],
  fallback: () => readonly Heading[],
): Frame => {
  const messages: TreeMessage[] = [];
  for (const { method, find } of trials) {
    const finding = find();
    if (finding === undefined) continue;
    if ('headings' in finding) return { method, headings: finding.headings, messages };
    const text = `The tree is not built from the ${method}: ${finding.rejected}.`;
    messages.push({ level: 'info', code: `${method}-rejected`, text });
  }
  return { method: 'windows', headings: fallback(), messages };
};

const number = (sections: readonly Section[], next: { id: number }): readonly SectionNode[] =>
  sections.map(({ heading, end, children, keyItems }) => {
    const id = String(next.id).padStart(4, '0');
    next.id += 1;
    const node = { id, title: heading.title, startPage: heading.page, endPage: end };
    const below = number(children, next);
    return keyItems.length > 0
      ? { ...node, children: below, keyItems }
      : { ...node, children: below };
  });

/**
 * Builds the section tree of a document with pages. Pure and deterministic: no model, no I/O, the
 * same input gives the same tree. The frame comes from the first evidence that passes its checks:
 * the file's outline, the printed contents, headings in the text, numbered lines, fixed windows of
 * pages; so every readable text has a tree. A document without pages has a tree without nodes.
 *
 * @throws {RangeError} for a page number or an option that is not a positive integer
 */
export const buildSectionTree = (input: TreeInput, options: TreeOptions = {}): SectionTree => {
  const labels = { ...LABELS, ...options.labels };
  const limits = {
    maxPages: limit('maxPagesPerNode', options.maxPagesPerNode, MAX_PAGES),
    maxTokens: limit('maxTokensPerNode', options.maxTokensPerNode, MAX_TOKENS),
  };
  const pages = readPages(input.pages);
  const furniture = findFurniture(pages.map((page) => page.lines));
  const contents = readContents(pages);
  const evidence: Evidence = { pages, furniture, contentsPages: contents.pages };
  const outline = input.outline ?? [];
  const found = findHeadings(evidence);
  const frame = chooseFrame(
    [
      {
        method: 'outline',
        find: () => (outline.length > 0 ? fromOutline(outline, evidence) : undefined),
      },
      {
        method: 'contents',
        find: () => (contents.rows.length > 0 ? fromContents(contents.rows, evidence) : undefined),
      },
      {
        method: 'headings',
        find: () => (found.length > 0 ? fromHeadings(found, evidence) : undefined),
      },
      { method: 'numbering', find: () => fromNumbering(evidence) },
    ],
    () => windowsOf(pages, limits, furniture, labels.pages),
  );
  const sections = nest(frame.headings);
  setRanges(sections, 1, pages.length, labels);
  splitLarge(sections, { evidence, headings: found, limits, labels });
  const nodes = number(mergeTiny(sections, evidence), { id: 0 });
  const messages = [...frame.messages];
  if (pages.length > 0 && isScanned(pages)) {
    const text = 'Most pages have hardly any text: the document seems to be scanned.';
    messages.push({ level: 'warning', code: 'scanned-pages', text });
  }
  const tree = { pageCount: pages.length, nodes, method: frame.method, messages };
  const violations = checkTree(tree);
  if (violations.length > 0) throw new Error(`section tree is unsound: ${violations.join('; ')}`);
  return tree;
};
