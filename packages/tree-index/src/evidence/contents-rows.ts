/** Rows of a printed table of contents: finding the pages that hold one, and reading its rows. */
import { parseNumbering, romanValue } from '../numbering.ts';
import type { Line, Page } from '../read-pages.ts';
import { cleanTitle, keyOf } from '../text.ts';

export interface ContentsRow {
  readonly title: string;
  /** The number that is printed, which need not be the position in the file. */
  readonly printed: number;
  readonly run: 'arabic' | 'roman';
  /** Leading white space in characters. */
  readonly indent: number;
}

/** The contents are looked for in this share of the pages, and in at least so many. */
const SHARE = 0.1;
const FEWEST_PAGES = 20;
const LONGEST_ROW = 300;
const ROWS_TO_OPEN = 5;
const ROWS_TO_GO_ON = 3;

const HEADINGS = new Set(
  [
    'Contents', 'Table of Contents', 'Contents page', 'Inhalt', 'Inhaltsverzeichnis', 'Sommaire',
    'Table des matières', 'Índice', 'Contenido', 'Tabla de contenido', 'Sumário', 'Indice',
    'Sommario', 'Inhoud', 'Inhoudsopgave', 'Innehåll', 'Spis treści', 'Содержание', 'Оглавление',
    '目录', '目錄', '目次', '차례', '목차',
  ].map(keyOf),
); // prettier-ignore
const FIGURE =
  /^(?:fig(?:ure|\.)?|table|tab\.|abb(?:ildung|\.)?|tabelle|tableau|listing|algorithm)\s*\d/iu;
const NUMBER = String.raw`(\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})`;
const LEADERS = String.raw`(?:(?:\s*[.·…‥・_]){3,}\s*|\s*…+\s*|\s{3,}|\t+)`;
const STRICT = new RegExp(String.raw`^(\s*)(\S.*?)${LEADERS}${NUMBER}\s*$`, 'u');
const LOOSE = new RegExp(String.raw`^(\s*)(\S.*?[^\s\d])[\s.·…‥・_]+${NUMBER}\s*$`, 'u');

/** The line without list bullets, heading marks and the bars of a table. */
const plain = (text: string): string =>
  text
    .replace(/^(\s*)(?:[-*+>]\s+|#{1,6}\s+)/, '$1')
    .replace(/^\s*\|\s*/, '')
    .replace(/\s*\|\s*$/, '')
    .replaceAll(/\s*\|[\s|]*/g, '   ')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('**', '');

const parseRow = (line: Line, pattern: RegExp): ContentsRow | undefined => {
  if (line.text.length > LONGEST_ROW) return undefined;
  const match = pattern.exec(plain(line.text));
  const number = match?.[3] ?? '';
  const title = cleanTitle(match?.[2] ?? '').replace(/[\s.·…_:]+$/u, '');
  const arabic = /^\d/.test(number);
  const printed = arabic ? Number(number) : romanValue(number);
  if (!match || printed === undefined || !/\p{L}/u.test(title) || FIGURE.test(title))
    return undefined;
  return { title, printed, run: arabic ? 'arabic' : 'roman', indent: match[1]?.length ?? 0 };
};

const countRows = (page: Page, pattern: RegExp): number =>
  page.lines.filter((line) => parseRow(line, pattern) !== undefined).length;

const isTitled = (page: Page): boolean =>
  page.lines
    .filter((line) => line.key !== '')
    .slice(0, 6)
    .some((line) => HEADINGS.has(line.key));

/** How the rows of a page are read, or `undefined` where the page holds no contents. */
const patternOf = (page: Page, goesOn: boolean): RegExp | undefined => {
  const titled = isTitled(page);
  const strict = countRows(page, STRICT);
  const filled = page.lines.filter((line) => line.key !== '').length;
  const loose = countRows(page, LOOSE);
  const rows = Math.max(strict, loose);
  const mostly = rows > 0 && rows >= filled / 2;
  if (mostly && (goesOn || (titled && rows >= ROWS_TO_GO_ON) || strict >= ROWS_TO_OPEN))
    return LOOSE;
  return strict >= (goesOn || titled ? ROWS_TO_GO_ON : ROWS_TO_OPEN) ? STRICT : undefined;
};

/** Reads a page's rows; a line with a number in front and no page is the head of a broken row. */
const rowsOf = (page: Page, pattern: RegExp): readonly ContentsRow[] => {
  const rows: ContentsRow[] = [];
  let head = '';
  for (const line of page.lines) {
    const row = parseRow(line, STRICT) ?? parseRow(line, pattern);
    const text = line.text.length > LONGEST_ROW ? '' : cleanTitle(plain(line.text));
    if (row === undefined) {
      head = parseNumbering(text) === undefined ? '' : text;
      continue;
    }
    const broken = head !== '' && parseNumbering(row.title) === undefined;
    rows.push(broken ? { ...row, title: `${head} ${row.title}` } : row);
    head = '';
  }
  return rows;
};

/** The first printed contents of the file: its pages and its rows. */
export const readContents = (
  pages: readonly Page[],
): { readonly pages: ReadonlySet<number>; readonly rows: readonly ContentsRow[] } => {
  const found = new Set<number>();
  const rows: ContentsRow[] = [];
  const until = Math.max(FEWEST_PAGES, Math.ceil(pages.length * SHARE));
  for (const page of pages) {
    const goesOn = found.has(page.number - 1);
    if (!goesOn && (found.size > 0 || page.number > until)) break;
    const pattern = patternOf(page, goesOn);
    if (pattern === undefined) continue;
    found.add(page.number);
    rows.push(...rowsOf(page, pattern));
  }
  return { pages: found, rows };
};
