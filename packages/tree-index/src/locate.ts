/** Where on a page a title stands, and whether it opens that page. */
import type { Evidence, Heading } from './heading.ts';
import { parseNumbering } from './numbering.ts';
import { type Line, type Page, isFurniture } from './read-pages.ts';
import { keyOf } from './text.ts';

/** A title may be broken over this many lines. */
const MOST_TITLE_LINES = 3;
/** Shorter keys are compared with their number only: `1 A` is not every line `A`. */
const SHORTEST_BARE_KEY = 4;

/** The keys by which a title can be found: with its number, and without. */
export const titleKeys = (title: string): readonly string[] => {
  const full = keyOf(title);
  const bare = keyOf(parseNumbering(title)?.rest ?? '');
  return bare.length >= SHORTEST_BARE_KEY && bare !== full ? [full, bare] : [full];
};

const startsAt = (lines: readonly Line[], at: number, keys: readonly string[]): boolean => {
  let joined = '';
  for (let i = at; i < Math.min(lines.length, at + MOST_TITLE_LINES); i += 1) {
    const key = lines[i]?.key ?? '';
    if (key === '' && i === at) return false;
    joined += key;
    if (keys.includes(joined)) return true;
    if (!keys.some((wanted) => wanted.startsWith(joined))) {
      const bare = keyOf(parseNumbering(lines[at]?.text ?? '')?.rest ?? '');
      return i === at && bare.length >= SHORTEST_BARE_KEY && keys.includes(bare);
    }
  }
  return false;
};

/** Index of the line where the title begins, at or after `from`, or `undefined`. */
export const locateTitle = (
  page: Page | undefined,
  title: string,
  from = 0,
): number | undefined => {
  const keys = titleKeys(title).filter((key) => key !== '');
  if (page === undefined || keys.length === 0) return undefined;
  for (let at = from; at < page.lines.length; at += 1)
    if (startsAt(page.lines, at, keys)) return at;
  return undefined;
};

/** Whether only running headers stand above the line. */
const opensPage = (page: Page, line: number, furniture: ReadonlySet<string>): boolean =>
  page.lines.slice(0, line).every((above) => isFurniture(above, furniture));

/** A heading at a line of its page, or on the page as a whole where the line is not known. */
export const headingAt = (
  evidence: Evidence,
  { title, level, page }: Pick<Heading, 'title' | 'level' | 'page'>,
  line: number | undefined,
): Heading => {
  const where = evidence.pages[page - 1];
  if (line === undefined || where === undefined) return { title, level, page, opens: false };
  return { title, level, page, line, opens: opensPage(where, line, evidence.furniture) };
};
