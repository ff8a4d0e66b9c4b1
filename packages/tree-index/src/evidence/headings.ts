/** Headings in the text: Markdown `#` lines where the pages have them, else lines by their font. */
import { type Evidence, type Finding, type Heading, checkHeadings } from '../heading.ts';
import { headingAt, locateTitle } from '../locate.ts';
import { markdownHeadings } from '../markdown-headings.ts';
import { keyOf } from '../text.ts';
import { fromFonts } from './fonts.ts';
import { correctLevels } from './levels.ts';

/** A title on more pages than this share (and than three) is a running header that was marked up. */
const REPEATED_SHARE = 0.1;

/** Keeps the first of a title that comes back on many pages. */
const dropRepeated = (headings: readonly Heading[], pageCount: number): readonly Heading[] => {
  const pages = new Map<string, Set<number>>();
  for (const { title, page } of headings) {
    const key = keyOf(title);
    pages.set(key, (pages.get(key) ?? new Set()).add(page));
  }
  const many = Math.max(3, pageCount * REPEATED_SHARE);
  const seen = new Set<string>();
  return headings.filter(({ title }) => {
    const key = keyOf(title);
    const again = seen.has(key) && (pages.get(key)?.size ?? 0) > many;
    seen.add(key);
    return !again;
  });
};

const fromMarkdown = (evidence: Evidence): readonly Heading[] =>
  evidence.pages.flatMap((page) => {
    let from = 0;
    return markdownHeadings(page.text).map((found): Heading => {
      const line = page.styled ? locateTitle(page, found.title, from) : found.line;
      if (line !== undefined) from = line + 1;
      return headingAt(
        evidence,
        { title: found.title, level: found.level, page: page.number },
        line,
      );
    });
  });

const tidy = (found: readonly Heading[], pageCount: number): readonly Heading[] =>
  dropRepeated(correctLevels(found), pageCount).filter(({ title }) => /\p{L}|\p{N}/u.test(title));

/**
 * All headings that the text shows: the marked-up ones, or those by font where marks are missing
 * or too few to be a frame. Unchecked, for what fills in a frame that other evidence made.
 */
export const findHeadings = (evidence: Evidence): readonly Heading[] => {
  const count = evidence.pages.length;
  const marked = tidy(fromMarkdown(evidence), count);
  if ('headings' in checkHeadings(marked, count)) return marked;
  const set = tidy(fromFonts(evidence), count);
  return set.length > marked.length ? set : marked;
};

/** The headings as a frame, or why they give none. */
export const fromHeadings = (headings: readonly Heading[], evidence: Evidence): Finding =>
  checkHeadings(headings, evidence.pages.length);
