/** Markdown without pages to a section tree by lines: its headings, or windows of text. */
import { correctLevels } from './evidence/levels.ts';
import { markdownHeadings } from './markdown-headings.ts';
import { cleanTitle, estimateTokens, shorten } from './text.ts';
import type { MarkdownNode, MarkdownTree, MarkdownTreeOptions } from './types.ts';

const MAX_TOKENS = 20_000;
/** A leaf is split when it is over the limit by this factor. */
const FAR_OVER = 2;
const LONGEST_TITLE = 80;

/** A section as it is built; lines are 1-based. */
interface Part {
  readonly title: string;
  readonly start: number;
  end: number;
  children: Part[];
}

const firstWords = (lines: readonly string[]): string => {
  const filled = lines.map((line) => cleanTitle(line.replace(/^[\s#>*|+-]+/, '')));
  return shorten(filled.find((line) => line !== '') ?? '', LONGEST_TITLE);
};

/** Runs of lines within the limit, cut at blank lines where there are any, else at any line. */
const windows = (lines: readonly string[], start: number, end: number, limit: number): Part[] => {
  const parts: Part[] = [];
  let from = start;
  let tokens = 0;
  let blank = 0;
  const close = (last: number): void => {
    const title = firstWords(lines.slice(from - 1, last)) || `Lines ${from}–${last}`;
    parts.push({ title, start: from, end: last, children: [] });
    from = last + 1;
    tokens = 0;
  };
  for (let line = start; line <= end; line += 1) {
    const own = estimateTokens(lines[line - 1] ?? '');
    if (line > from && tokens + own > limit) {
      const cut = blank > from ? blank : line - 1;
      close(cut);
      tokens = estimateTokens(lines.slice(cut, line - 1).join('\n'));
    }
    if ((lines[line - 1] ?? '').trim() === '') blank = line;
    tokens += own;
  }
  close(end);
  return parts;
};

/** Whether the lines hold more than blank ones and the underline of a heading. */
const hasText = (lines: readonly string[]): boolean =>
  lines.some((line) => !/^(?:=*|-*)$/.test(line.trim()));

/** Sets ends, puts the text before the first part into a part of its own, and splits large leaves. */
const shape = (
  parts: Part[],
  lead: Part,
  lines: readonly string[],
  split: (leaf: Part) => readonly Part[],
): void => {
  const { end } = lead;
  const first = parts[0];
  // the line of the parent's heading is no text of its own
  const from = lead.start + (lead.children === parts ? 1 : 0);
  if (first && hasText(lines.slice(from - 1, first.start - 1)))
    parts.unshift({ ...lead, start: from, end: first.start - 1, children: [] });
  for (const [i, part] of parts.entries()) {
    part.end = (parts[i + 1]?.start ?? end + 1) - 1;
    if (part.children.length === 0) part.children.push(...split(part));
    else shape(part.children, { ...part, title: 'Opening' }, lines, split);
  }
};

const number = (parts: readonly Part[], next: { id: number }): readonly MarkdownNode[] =>
  parts.map(({ title, start, end, children }) => {
    const id = String(next.id).padStart(4, '0');
    next.id += 1;
    return { id, title, startLine: start, endLine: end, children: number(children, next) };
  });

const nest = (markdown: string): Part[] => {
  const roots: Part[] = [];
  const open: { level: number; part: Part }[] = [];
  for (const { title, level, line } of correctLevels(markdownHeadings(markdown))) {
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    const part = { title, start: line + 1, end: line + 1, children: [] };
    (open.at(-1)?.part.children ?? roots).push(part);
    open.push({ level, part });
  }
  return roots;
};

/**
 * Builds the section tree of Markdown that has no pages. A node's lines run from its heading to the
 * line before the next heading of its level or above. Every line of text is in a leaf: text before
 * the first heading is a node `Front matter`, text of a parent before its first subsection a node
 * `Opening`. A leaf of more than twice `maxTokensPerNode` is split at blank lines. Markdown without
 * headings gives windows.
 *
 * @throws {RangeError} for an option that is not a positive integer
 */
export const buildSectionTreeFromMarkdown = (
  markdown: string,
  options: MarkdownTreeOptions = {},
): MarkdownTree => {
  const limit = options.maxTokensPerNode ?? MAX_TOKENS;
  if (!Number.isInteger(limit) || limit < 1)
    throw new RangeError(`option "maxTokensPerNode" is "${limit}", not a positive integer`);
  const lines = markdown === '' ? [] : markdown.replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/);
  const parts = nest(markdown);
  const method = parts.length > 0 ? 'headings' : 'windows';
  if (parts.length === 0 && lines.length > 0) parts.push(...windows(lines, 1, lines.length, limit));
  const whole = { title: 'Front matter', start: 1, end: lines.length, children: [] };
  shape(parts, whole, lines, (leaf) => {
    const text = lines.slice(leaf.start - 1, leaf.end).join('\n');
    const large = estimateTokens(text) > limit * FAR_OVER && leaf.end > leaf.start;
    return method === 'headings' && large ? windows(lines, leaf.start, leaf.end, limit) : [];
  });
  return { lineCount: lines.length, nodes: number(parts, { id: 0 }), method };
};
