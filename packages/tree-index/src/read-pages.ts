/** The input as the evidence reads it: every page from 1 to the last, line by line, with keys. */
import { parseNumbering } from './numbering.ts';
import { estimateTokens, keyOf } from './text.ts';
import type { PageText, StyledLine } from './types.ts';

export interface Line extends StyledLine {
  /** See `keyOf`. */
  readonly key: string;
}

export interface Page {
  readonly number: number;
  readonly text: string;
  readonly lines: readonly Line[];
  readonly styled: boolean;
  readonly tokens: number;
}

/** More pages than any file has; a guard against a number that is not a page. */
const MOST_PAGES = 1_000_000;

const readPage = (number: number, page: PageText | undefined): Page => {
  const styled = (page?.lines?.length ?? 0) > 0;
  const text = page?.text ?? '';
  const source: readonly StyledLine[] =
    styled && page?.lines ? page.lines : text.split(/\r\n|\r|\n/).map((line) => ({ text: line }));
  const lines = source.map((line) => Object.assign({ key: keyOf(line.text) }, line));
  return { number, text, lines, styled, tokens: estimateTokens(text) };
};

/**
 * Pages in order without gaps; of two with the same number the later one counts.
 * @throws {RangeError} for a page number that is not a positive integer (a programmer's mistake)
 */
export const readPages = (pages: readonly PageText[]): readonly Page[] => {
  const byNumber = new Map<number, PageText>();
  for (const page of pages) {
    if (!Number.isInteger(page.page) || page.page < 1 || page.page > MOST_PAGES)
      throw new RangeError(`page number "${page.page}" is not an integer from 1 to ${MOST_PAGES}`);
    byNumber.set(page.page, page);
  }
  const count = Math.max(0, ...byNumber.keys());
  return Array.from({ length: count }, (_, i) => readPage(i + 1, byNumber.get(i + 1)));
};

const withoutNumbers = (line: Line): string => line.key.replaceAll(/\p{N}+/gu, '#');

/** The line without its numbers, for a running header that carries the page number. */
const maskedKey = (line: Line): string =>
  parseNumbering(line.text)?.kind === 'chapter' ? line.key : withoutNumbers(line);

/** The same for lines that may be headings: `1.5 Exercises` and `2.6 Exercises` are two. */
export const headerKey = (line: Line): string =>
  parseNumbering(line.text) === undefined ? withoutNumbers(line) : line.key;

const EDGE_LINES = 3;

/**
 * Keys of running headers and footers: lines among the first or last three of a page that come
 * back on many pages, whatever numbers they carry.
 */
export const findFurniture = (
  pages: readonly (readonly Line[])[],
  mask: (line: Line) => string = maskedKey,
): ReadonlySet<string> => {
  const counts = new Map<string, number>();
  for (const lines of pages) {
    const filled = lines.filter((line) => line.key !== '');
    const edges = [...filled.slice(0, EDGE_LINES), ...filled.slice(-EDGE_LINES)];
    for (const key of new Set(edges.map(mask))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const many = Math.max(3, Math.min(10, Math.ceil(pages.length / 20)));
  return new Set([...counts].filter(([, count]) => count >= many).map(([key]) => key));
};

/** Whether a line is blank, a page number, or a running header or footer. */
export const isFurniture = (line: Line, furniture: ReadonlySet<string>): boolean =>
  line.key === '' || /^(?:\p{N}+|[ivxlc]{1,6})$/u.test(line.key) || furniture.has(maskedKey(line));
