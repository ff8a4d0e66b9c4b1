/**
 * Running headers, footers and page numbers: what stands in the same place on many pages, or counts the
 * pages. It is dropped before anything else is decided, as it would stand in the midst of sentences.
 */
import type { PageContent, Segment } from '../model.ts';
import { rowsOf } from './rows.ts';

/** Share of the page's height, at the top and at the bottom, in which furniture can stand. */
const MARGIN = 0.13;
/** Pages on which a text has to be repeated. */
const MINIMUM_REPEATS = 3;
/** Repeated text stands within so many points of the same height. */
const TOLERANCE = 4;
const ROWS_PER_MARGIN = 3;
/** Characters from which a repeated row further in than one that is kept is a sentence that comes again. */
const SENTENCE = 60;
/** Pages from which a number that keeps step with the pages is no coincidence. */
const LONG = 4;

interface Row {
  readonly segments: readonly Segment[];
  readonly text: string;
  /** Distance from the page's top (positive) or bottom (negative). */
  readonly offset: number;
  readonly outermost: boolean;
}

/** The segments of each page that are not furniture, in their order. */
export function withoutFurniture(pages: readonly PageContent[]): Segment[][] {
  const rows = pages.map((page) => marginRows(page));
  const repeated = repeatedKeys(rows);
  const step = numberStep(pages, rows);
  const isLong = pages.length >= LONG;
  return pages.map((page, index) => {
    const dropped = new Set<Segment>();
    let isOutside = true;
    for (const row of rows[index] ?? []) {
      if (row.outermost) isOutside = true;
      const isRepeated =
        keysOf(row).some((key) => repeated.has(key)) && (isOutside || row.text.length < SENTENCE);
      if (isRepeated || (step !== undefined && isPageNumber(row, page, { step, isLong })))
        for (const segment of row.segments) dropped.add(segment);
      else isOutside = false;
    }
    return page.segments.filter((segment) => !dropped.has(segment));
  });
}

function marginRows(page: PageContent): Row[] {
  const { y0, y1 } = page.box;
  const zone = (y1 - y0) * MARGIN;
  const top = rowsOf(page.segments.filter(({ y }) => y > y1 - zone)).toReversed();
  const bottom = rowsOf(page.segments.filter(({ y }) => y < y0 + zone));
  return [
    ...top.slice(0, ROWS_PER_MARGIN).map((row, index) => describe(row, y1, index === 0)),
    ...bottom.slice(0, ROWS_PER_MARGIN).map((row, index) => describe(row, y0, index === 0)),
  ];
}

function describe(row: readonly Segment[], edge: number, outermost: boolean): Row {
  const segments = row.toSorted((a, b) => a.x0 - b.x0);
  const text = segments.map((segment) => segment.text).join(' ');
  return { segments, text, offset: (segments[0]?.y ?? 0) - edge, outermost };
}

/** The same text with other numbers, at the same height or a tolerance beside it. */
function keysOf(row: Row): [string, string] {
  const text = row.text
    .toLowerCase()
    .replace(/\p{N}+/gu, '#')
    .replace(/\b[ivxlc]+\b/g, '#')
    .replace(/\s+/g, ' ');
  const step = Math.round(row.offset / TOLERANCE / 2);
  const half = Math.floor(row.offset / TOLERANCE / 2);
  return [`${text}\n${step}`, `${text}\n${half}/`];
}

function repeatedKeys(rows: readonly (readonly Row[])[]): Set<string> {
  const pagesOf = new Map<string, number>();
  for (const page of rows)
    for (const key of new Set(page.flatMap((row) => keysOf(row))))
      pagesOf.set(key, (pagesOf.get(key) ?? 0) + 1);
  const needed = rows.length === 2 ? 2 : MINIMUM_REPEATS;
  return new Set([...pagesOf].flatMap(([key, count]) => (count >= needed ? [key] : [])));
}

const NUMBER =
  /^(?:page|seite|p\.|s\.)?\s*[-–—[(]?\s*(\d{1,4}|[ivxlc]{1,7})\s*[-–—\])]?(?:\s*(?:of|von|\/)\s*\d{1,4})?$/i;

/** By how much the printed numbers are ahead of the pages, when most pages that show one agree. */
function numberStep(
  pages: readonly PageContent[],
  rows: readonly (readonly Row[])[],
): number | undefined {
  const counts = new Map<number, number>();
  let candidates = 0;
  pages.forEach((page, index) => {
    const numbers = (rows[index] ?? []).flatMap((row) =>
      row.outermost ? numbersIn(row.text) : [],
    );
    if (numbers.length > 0) candidates += 1;
    for (const step of new Set(numbers.map((number) => number - page.page)))
      counts.set(step, (counts.get(step) ?? 0) + 1);
  });
  const [best] = [...counts].toSorted(([, a], [, b]) => b - a);
  return best !== undefined && best[1] >= candidates / 2 ? best[0] : undefined;
}

interface Numbering {
  readonly step: number;
  readonly isLong: boolean;
}

/** A number alone, or on a document of some length a line that begins or ends with the page's number. */
function isPageNumber(row: Row, page: PageContent, { step, isLong }: Numbering): boolean {
  if (!row.outermost) return false;
  const isNumber = numbersIn(row.text).includes(page.page + step);
  return row.text === page.label || NUMBER.test(row.text) || (isNumber && isLong);
}

/** Numbers that a row is, begins with or ends with. */
function numbersIn(text: string): number[] {
  const alone = NUMBER.exec(text)?.[1];
  if (alone !== undefined) return /^\d/.test(alone) ? [Number(alone)] : [];
  if (text.length > 120) return [];
  const first = /^(\d{1,4})\s/.exec(text)?.[1];
  const last = /\s(\d{1,4})$/.exec(text)?.[1];
  return [first, last].flatMap((digits) => (digits === undefined ? [] : [Number(digits)]));
}

/** Text in another direction that stands on three pages or more is a mark of the producer. */
export function withoutRepeatedStamps(pages: readonly PageContent[]): string[][] {
  const counts = new Map<string, number>();
  for (const { turned } of pages)
    for (const text of new Set(turned)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return pages.map(({ turned }) =>
    turned.filter((text) => (counts.get(text) ?? 0) < MINIMUM_REPEATS),
  );
}
