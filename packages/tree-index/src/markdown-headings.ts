/**
 * Headings of Markdown, by the block rules of CommonMark 0.31 that decide what is one: ATX and
 * setext headings, not inside fenced or indented code, HTML comments or front matter. A closing
 * run of `#` belongs to the mark-up, not to the title.
 */
import { cleanTitle } from './text.ts';

export interface MarkdownHeading {
  readonly title: string;
  /** 1 to 6. */
  readonly level: number;
  /** 0-based line. */
  readonly line: number;
}

const ATX = /^ {0,3}(#{1,6})(?=[ \t]|$)/;
const SETEXT = /^ {0,3}(=+|-+)[ \t]*$/;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
/** Lines that cannot be the text above a setext underline. */
const NOT_PARAGRAPH = /^(?:\s*$| {4}|\t| {0,3}(?:[-*+>|#]|\d{1,9}[.)]))/;

/** The index after the front matter's closing `---`, or 0 where there is none. */
const frontMatterEnd = (lines: readonly string[]): number => {
  if (lines[0]?.trimEnd() !== '---') return 0;
  const end = lines.findIndex((line, i) => i > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  return end < 0 ? 0 : end + 1;
};

/** Marks the lines that are code or comment, fences and their content included. */
const hidden = (lines: readonly string[], from: number): readonly boolean[] => {
  const flags: boolean[] = lines.map((_, i) => i < from);
  let fence = '';
  let comment = false;
  for (let i = from; i < lines.length; i += 1) {
    const line = lines[i] ?? '';
    const mark = FENCE.exec(line)?.[1];
    flags[i] = fence !== '' || comment || mark !== undefined;
    if (fence !== '') {
      const close = line.trim();
      if (close.length >= fence.length && close === fence.charAt(0).repeat(close.length))
        fence = '';
    } else if (mark !== undefined && !comment) fence = mark;
    else if (comment) comment = !line.includes('-->');
    else if (/^ {0,3}<!--/.test(line)) {
      flags[i] = true;
      comment = !line.includes('-->');
    }
  }
  return flags;
};

/** The text of an ATX heading without its closing marks; a loop, because patterns take quadratic time. */
const withoutClosing = (text: string): string => {
  let end = text.length;
  while (text[end - 1] === '#') end -= 1;
  const closes = end === 0 || /\s/.test(text[end - 1] ?? '');
  return closes ? text.slice(0, end).trimEnd() : text;
};

/** All headings in order. Headings without text are left out. */
export const markdownHeadings = (markdown: string): readonly MarkdownHeading[] => {
  const lines = markdown.split(/\r\n|\r|\n/);
  const skip = hidden(lines, frontMatterEnd(lines));
  const headings: MarkdownHeading[] = [];
  for (const [line, text] of lines.entries()) {
    if (skip[line]) continue;
    const atx = ATX.exec(text);
    if (atx) {
      const title = cleanTitle(withoutClosing(text.slice(atx[0].length).trim()));
      if (title !== '') headings.push({ title, level: atx[1]?.length ?? 1, line });
      continue;
    }
    const above = lines[line - 1] ?? '';
    const underline = SETEXT.exec(text)?.[1];
    if (underline === undefined || line === 0 || skip[line - 1] || NOT_PARAGRAPH.test(above))
      continue;
    // only a paragraph of one line: a rule under running text is more often a rule than a heading
    const alone = line === 1 || (lines[line - 2] ?? '').trim() === '' || skip[line - 2] === true;
    const title = cleanTitle(above);
    if (alone && title !== '')
      headings.push({ title, level: underline.startsWith('=') ? 1 : 2, line: line - 1 });
  }
  return headings;
};
