/**
 * Headings by font: short lines set larger than the body, or bold or in capitals with a number.
 * The body size is the one that carries most characters. The level is the rank of the style over
 * the whole file, at most four.
 */
import type { Evidence, Heading } from '../heading.ts';
import { headingAt } from '../locate.ts';
import { parseNumbering } from '../numbering.ts';
import { type Line, type Page, isFurniture } from '../read-pages.ts';
import { cleanTitle } from '../text.ts';

const LARGER = 1.12;
const LONGEST = 140;
const MOST_WORDS = 18;
const MOST_LEVELS = 4;
/** Up to this page a style that occurs nowhere else belongs to the title page. */
const TITLE_PAGES = 2;
const CAPTION =
  /^(?:fig(?:ure|\.)?|table|tab\.|abb(?:ildung|\.)?|tabelle|listing|algorithm|source|quelle)\s*[\d:.]/iu;

interface Candidate {
  readonly page: Page;
  readonly line: number;
  readonly lines: readonly Line[];
}

const sizeOf = (line: Line | undefined): number => Math.round((line?.size ?? 0) * 2) / 2;
const styleOf = (line: Line | undefined): number => sizeOf(line) * 2 + (line?.bold ? 1 : 0);

/** The size that most characters of the file are set in, or 0 where no line has one. */
export const bodySize = (pages: readonly Page[]): number => {
  const characters = new Map<number, number>();
  for (const line of pages.flatMap((page) => page.lines))
    if (line.size !== undefined)
      characters.set(sizeOf(line), (characters.get(sizeOf(line)) ?? 0) + line.key.length);
  return [...characters].toSorted(([a, x], [b, y]) => y - x || a - b)[0]?.[0] ?? 0;
};

const isCapitals = (text: string): boolean =>
  text === text.toUpperCase() && text !== text.toLowerCase();

const looksLikeHeading = (line: Line, body: number): boolean => {
  const text = line.text.trim();
  if (text.length > LONGEST || text.split(/\s+/).length > MOST_WORDS) return false;
  if (!/\p{L}/u.test(text) || CAPTION.test(text) || /[,;]$/.test(text)) return false;
  if (/(?:\.\s*){3,}\d*$/.test(text)) return false;
  if (sizeOf(line) >= body * LARGER) return true;
  const strong = line.bold === true || isCapitals(text);
  return strong && sizeOf(line) >= body && parseNumbering(text) !== undefined;
};

/** Candidates of a page; neighbouring lines of one style without a number of their own are joined. */
const candidatesOf = (page: Page, body: number, furniture: ReadonlySet<string>): Candidate[] => {
  const found: Candidate[] = [];
  for (const [i, line] of page.lines.entries()) {
    if (!looksLikeHeading(line, body) || isFurniture(line, furniture)) continue;
    const last = found.at(-1);
    const joins =
      last !== undefined &&
      last.line + last.lines.length === i &&
      last.lines.length < 3 &&
      styleOf(last.lines[0]) === styleOf(line) &&
      parseNumbering(line.text.trim()) === undefined;
    if (joins) found[found.length - 1] = { ...last, lines: [...last.lines, line] };
    else found.push({ page, line: i, lines: [line] });
  }
  return found;
};

/** Without the styles that only a title page has, but for the largest of them: the title. */
const dropTitlePage = (candidates: readonly Candidate[]): readonly Candidate[] => {
  const pages = new Map<number, Set<number>>();
  for (const { page, lines } of candidates) {
    const style = styleOf(lines[0]);
    pages.set(style, (pages.get(style) ?? new Set()).add(page.number));
  }
  const single = [...pages].filter(([, on]) => on.size === 1 && Math.max(...on) <= TITLE_PAGES);
  const largest = Math.max(...single.map(([style]) => style));
  const dropped = new Set(single.map(([style]) => style).filter((style) => style < largest));
  return candidates.filter(({ lines }) => !dropped.has(styleOf(lines[0])));
};

export const fromFonts = (evidence: Evidence): readonly Heading[] => {
  const { pages, furniture, contentsPages } = evidence;
  const body = bodySize(pages);
  if (body === 0) return [];
  const all = pages
    .filter((page) => !contentsPages.has(page.number))
    .flatMap((page) => candidatesOf(page, body, furniture));
  const candidates = dropTitlePage(all);
  const styles = [...new Set(candidates.map(({ lines }) => styleOf(lines[0])))];
  const ranks = styles.toSorted((a, b) => b - a);
  return candidates.map(({ page, line, lines }) => {
    const title = cleanTitle(lines.map(({ text }) => text).join(' '));
    const level = Math.min(MOST_LEVELS, ranks.indexOf(styleOf(lines[0])) + 1);
    return headingAt(evidence, { title, level, page: page.number }, line);
  });
};
