/**
 * The printed table of contents: rows to pages of the file by arithmetic. Each run of printed
 * numbers (roman, arabic) has its own offset, found by majority from the titles that stand on a
 * page, and found anew where plates or a new count shift it. A row whose title is not within one
 * page of where its number points is dropped, not guessed.
 */
import { type Evidence, type Finding, widestGap } from '../heading.ts';
import { headingAt, locateTitle, titleKeys } from '../locate.ts';
import { parseNumbering } from '../numbering.ts';
import type { Line } from '../read-pages.ts';
import { keyOf } from '../text.ts';
import type { ContentsRow } from './contents-rows.ts';
import { sizeOf } from './fonts.ts';
import { correctLevels } from './levels.ts';
import { longestAscent } from './outline.ts';

const FEWEST_ROWS = 5;
const CONFIRMED_SHARE = 0.5;
const WIDEST_GAP = 0.85;
/** Pages on which one title is looked for when the offset is voted on. */
const MOST_VOTES = 5;

/** Where a row's title stands. */
interface Place {
  readonly row: ContentsRow;
  readonly page: number;
  readonly line: number;
}

type PageIndex = ReadonlyMap<string, readonly number[]>;

/** For each line's key, with and without its number, the pages that have it. */
const indexLines = ({ pages, contentsPages }: Evidence): PageIndex => {
  const index = new Map<string, number[]>();
  for (const page of pages) {
    if (contentsPages.has(page.number)) continue;
    for (const line of page.lines) {
      if (line.key === '') continue;
      for (const key of new Set([line.key, keyOf(parseNumbering(line.text)?.rest ?? line.text)])) {
        const list = index.get(key) ?? [];
        if (list.at(-1) !== page.number) list.push(page.number);
        index.set(key, list);
      }
    }
  }
  return index;
};

const pagesOf = (row: ContentsRow, index: PageIndex): readonly number[] =>
  titleKeys(row.title)
    .map((key) => index.get(key) ?? [])
    .find((pages) => pages.length > 0) ?? [];

/** The most frequent difference between a page and the printed number; the smaller one on a tie. */
const vote = (rows: readonly ContentsRow[], index: PageIndex): number | undefined => {
  const votes = new Map<number, number>();
  for (const row of rows)
    for (const page of pagesOf(row, index).slice(0, MOST_VOTES)) {
      const offset = page - row.printed;
      votes.set(offset, (votes.get(offset) ?? 0) + 1);
    }
  return [...votes].toSorted(([a, x], [b, y]) => y - x || Math.abs(a) - Math.abs(b))[0]?.[0];
};

/** The page within one of `expected` where the title stands, and its line. */
const confirm = (row: ContentsRow, expected: number, evidence: Evidence): Place | undefined => {
  for (const page of [expected, expected + 1, expected - 1]) {
    if (evidence.contentsPages.has(page)) continue;
    const line = locateTitle(evidence.pages[page - 1], row.title);
    if (line !== undefined) return { row, page, line };
  }
  return undefined;
};

/** An offset that fits this row and the one after it, where the old one has stopped fitting. */
const shifted = (
  rows: readonly ContentsRow[],
  at: number,
  index: PageIndex,
  evidence: Evidence,
): number | undefined => {
  const [row, next] = [rows[at], rows[at + 1]];
  if (row === undefined || next === undefined) return undefined;
  return pagesOf(row, index)
    .map((page) => page - row.printed)
    .find((offset) => confirm(next, next.printed + offset, evidence) !== undefined);
};

/** Ranks of the values, 1 for the smallest. */
const ranksOf = (values: readonly number[]): readonly number[] => {
  const ranks = [...new Set(values)].toSorted((a, b) => a - b);
  return values.map((value) => ranks.indexOf(value) + 1);
};

/** How small the title is set where it stands, by font size or by Markdown mark. */
const smallness = (line: Line | undefined): number | undefined => {
  if (line?.size !== undefined) return -sizeOf(line);
  return /^ {0,3}(#{1,6})\s/.exec(line?.text ?? '')?.[1]?.length;
};

/**
 * Levels by how the titles are set where they stand, corrected by their numbers; where that is not
 * known by number, and by indentation where most rows have none. A part stands above the chapters.
 */
const setLevels = (places: readonly Place[], evidence: Evidence): readonly number[] => {
  const titles = places.map(({ row, page, line }) => ({
    title: row.title,
    level: smallness(evidence.pages[page - 1]?.lines[line]) ?? Number.NaN,
  }));
  if (titles.every(({ level }) => !Number.isNaN(level))) {
    const ranks = ranksOf(titles.map(({ level }) => level));
    const ranked = titles.map(({ title }, i) => ({ title, level: ranks[i] ?? 1 }));
    return correctLevels(ranked).map(({ level }) => level);
  }
  const depths = places.map(({ row }) => parseNumbering(row.title)?.depth);
  const numbered = depths.filter((depth) => depth !== undefined).length;
  const indented = numbered < places.length * 0.3;
  return ranksOf(places.map(({ row }, i) => (indented ? row.indent : (depths[i] ?? 1))));
};

/** The rows of one run of numbers that are confirmed, with their places. */
const follow = (
  rows: readonly ContentsRow[],
  index: PageIndex,
  evidence: Evidence,
): readonly Place[] => {
  const places: Place[] = [];
  let offset = vote(rows, index);
  if (offset === undefined) return places;
  for (const [i, row] of rows.entries()) {
    let place = confirm(row, row.printed + offset, evidence);
    if (place === undefined) {
      const other = shifted(rows, i, index, evidence);
      if (other !== undefined) place = confirm(row, row.printed + other, evidence);
      if (place !== undefined) offset = other ?? offset;
    }
    if (place !== undefined) places.push(place);
  }
  return places;
};

/** Headings of the printed contents, or why they are not used. */
export const fromContents = (rows: readonly ContentsRow[], evidence: Evidence): Finding => {
  if (rows.length < FEWEST_ROWS) return { rejected: `${rows.length} rows, ${FEWEST_ROWS} needed` };
  const index = indexLines(evidence);
  const runs = (['roman', 'arabic'] as const).map((run) => rows.filter((row) => row.run === run));
  const order = new Map(rows.map((row, i) => [row, i]));
  const places = runs
    .flatMap((run) => follow(run, index, evidence))
    .toSorted((a, b) => (order.get(a.row) ?? 0) - (order.get(b.row) ?? 0));
  const ordered = longestAscent(places);
  if (ordered.length < Math.max(FEWEST_ROWS, rows.length * CONFIRMED_SHARE))
    return {
      rejected: `${ordered.length} of ${rows.length} rows are confirmed by a title on their page`,
    };
  const levels = setLevels(ordered, evidence);
  const headings = ordered.map(({ row, page, line }, i) =>
    headingAt(evidence, { title: row.title, level: levels[i] ?? 1, page }, line),
  );
  const gap = widestGap(headings, evidence.pages.length);
  if (gap > WIDEST_GAP)
    return { rejected: `no row on ${Math.round(gap * 100)} % of the pages in a row` };
  return { headings };
};
