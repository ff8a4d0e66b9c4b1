/**
 * Headings by font: short lines set larger than the body, or bold or in capitals with a number.
 * The body size is the one that carries most characters. The level is the rank of the style over
 * the whole file, at most four.
 */
import type { Evidence, Heading } from '../heading.ts';
import { headingAt } from '../locate.ts';
import { parseNumbering } from '../numbering.ts';
import { type Line, type Page, findFurniture, headerKey, isFurniture } from '../read-pages.ts';
import { cleanTitle } from '../text.ts';

/** A running header repeats a title in smaller type; the title itself must not go with it. */
interface Furniture {
  readonly all: ReadonlySet<string>;
  readonly larger: ReadonlySet<string>;
}

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

/** Font size to the half unit, 0 where unknown. */
export const sizeOf = (line: Line | undefined): number => Math.round((line?.size ?? 0) * 2) / 2;
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

const isLarger = (line: Line, body: number): boolean => sizeOf(line) >= body * LARGER;

/** Words rather than a formula: a word of three letters, and letters make up half of it. */
const reads = (text: string): boolean => {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const words = /\p{L}{3}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
  return (
    words.test(text) && letters * 2 >= text.replaceAll(/[\s.]/g, '').length && !/[=→⊆∈]/.test(text)
  );
};

const looksLikeHeading = (line: Line, body: number): boolean => {
  const text = line.text.trim();
  if (text.length > LONGEST || text.split(/\s+/).length > MOST_WORDS) return false;
  if (!reads(text) || CAPTION.test(text) || /[,;]$/.test(text)) return false;
  if (/(?:\.\s*){3,}\d*$/.test(text)) return false;
  if (isLarger(line, body)) return true;
  const strong = line.bold === true || isCapitals(text);
  return strong && sizeOf(line) >= body && parseNumbering(text) !== undefined;
};

/** Candidates of a page; neighbouring lines of one style without a number of their own are joined. */
const candidatesOf = (page: Page, body: number, furniture: Furniture): Candidate[] => {
  const found: Candidate[] = [];
  for (const [i, line] of page.lines.entries()) {
    const header = isLarger(line, body)
      ? furniture.larger.has(headerKey(line))
      : isFurniture(line, furniture.all);
    if (header || !looksLikeHeading(line, body)) continue;
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
  const { pages, contentsPages } = evidence;
  const body = bodySize(pages);
  if (body === 0) return [];
  const larger = pages.map((page) => page.lines.filter((line) => isLarger(line, body)));
  const furniture = { all: evidence.furniture, larger: findFurniture(larger, headerKey) };
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
