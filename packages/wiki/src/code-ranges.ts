import { type Line, linesOf } from './lines.ts';

/** A half-open stretch `[start, end)` of a text, in UTF-16 units. */
export interface Range {
  readonly start: number;
  readonly end: number;
  /** A fenced block that nobody closed: it reaches to the end of the text. */
  readonly unclosed?: true;
}

/**
 * Where Markdown has code, in order and without overlap: fenced blocks, indented blocks outside lists, and code spans.
 * `offset` is where the Markdown starts, behind the front matter. A code span does not reach over a blank line, a
 * heading, a list item or a table row, so that a stray backtick hides no more than its own block.
 */
export function codeRanges(text: string, offset = 0): Range[] {
  if (!mayHaveCode(text, offset)) return [];
  const scan: Scan = { ranges: [], paragraph: undefined, fence: undefined, inList: false };
  let blank = true;
  for (const line of linesOf(text, offset)) {
    const isBlank = line.text.trim() === '';
    if (isBlank || scanFence(scan, line)) endParagraph(scan, text);
    else scanLine(scan, text, line, blank);
    blank = isBlank;
  }
  endParagraph(scan, text);
  if (scan.fence) scan.ranges.push({ start: scan.fence.start, end: text.length, unclosed: true });
  return scan.ranges;
}

/** Most pages have none, which plain searches see for a fraction of what following the lines takes. */
function mayHaveCode(text: string, offset: number): boolean {
  const has = (mark: string): boolean => text.includes(mark, offset);
  const begins = (mark: string): boolean => text.startsWith(mark, offset) || has(`\n${mark}`);
  return has('`') || has('~~~') || begins('    ') || begins('\t');
}

/** A line outside fenced blocks: code by its indentation, or part of a paragraph, which may hold code spans. */
function scanLine(scan: Scan, text: string, line: Line, afterBlank: boolean): void {
  const isItem = /^\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)/.test(line.text);
  if (/^ {0,3}\S/.test(line.text)) scan.inList = isItem || (scan.inList && !afterBlank);
  if (!scan.inList && scan.paragraph === undefined && /^(?: {4}|\t)/.test(line.text)) {
    scan.ranges.push({ start: line.start, end: line.next });
    return;
  }
  if (isItem || /^\s*[#>|]/.test(line.text)) endParagraph(scan, text);
  scan.paragraph = { start: scan.paragraph?.start ?? line.start, end: line.next };
  if (/^ {0,3}#/.test(line.text)) endParagraph(scan, text);
}

interface Scan {
  readonly ranges: Range[];
  paragraph: Range | undefined;
  fence: { readonly start: number; readonly mark: string } | undefined;
  inList: boolean;
}

/** Follows fenced blocks; true when the line belongs to one. */
function scanFence(scan: Scan, { text, start, next }: Line): boolean {
  const { fence } = scan;
  if (!text.includes('```') && !text.includes('~~~')) return fence !== undefined;
  const match = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(`{3,}|~{3,})(.*)$/.exec(text);
  const mark = match?.[1] ?? '';
  const info = match?.[2] ?? '';
  if (fence === undefined) {
    if (mark === '' || (mark.startsWith('`') && info.includes('`'))) return false;
    scan.fence = { start, mark };
    return true;
  }
  if (mark[0] === fence.mark[0] && mark.length >= fence.mark.length && info.trim() === '') {
    scan.ranges.push({ start: fence.start, end: next });
    scan.fence = undefined;
  }
  return true;
}

function endParagraph(scan: Scan, text: string): void {
  if (scan.paragraph) codeSpans(text, scan.paragraph, scan.ranges);
  scan.paragraph = undefined;
}

/** Pairs each run of backticks with the next run of the same length, as CommonMark does. */
function codeSpans(text: string, { start, end }: Range, ranges: Range[]): void {
  const paragraph = text.slice(start, end);
  if (!paragraph.includes('`')) return;
  const runs = [...paragraph.matchAll(/\\`|`+/g)]
    .filter(([run]) => run.startsWith('`'))
    .map((match) => ({ at: start + match.index, length: match[0].length }));
  const nextOfLength = new Map<number, number>();
  const partner: (number | undefined)[] = [];
  for (let i = runs.length - 1; i >= 0; i -= 1) {
    const length = runs[i]?.length ?? 0;
    partner[i] = nextOfLength.get(length);
    nextOfLength.set(length, i);
  }
  for (let i = 0; i < runs.length; i += 1) {
    const close = partner[i];
    const from = runs[i];
    const to = close === undefined ? undefined : runs[close];
    if (from && to && close !== undefined) {
      ranges.push({ start: from.at, end: to.at + to.length });
      i = close;
    }
  }
}
