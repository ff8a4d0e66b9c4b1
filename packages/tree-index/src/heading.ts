/** A heading: what each kind of evidence finds, before anything is nested. */
import type { Page } from './read-pages.ts';

export interface Heading {
  readonly title: string;
  /** 1 is the outermost; levels may be skipped. */
  readonly level: number;
  readonly page: number;
  /** Index of its line on the page, where it was found there. */
  readonly line?: number;
  /** Nothing but running headers stands above it: the section before ends on the page before. */
  readonly opens: boolean;
}

/** What all evidence reads. */
export interface Evidence {
  readonly pages: readonly Page[];
  /** Keys of running headers and footers. */
  readonly furniture: ReadonlySet<string>;
  /** Numbers of the pages that hold the printed contents. */
  readonly contentsPages: ReadonlySet<number>;
}

/** A frame, or the reason why this evidence gives none. */
export type Finding = { readonly headings: readonly Heading[] } | { readonly rejected: string };

/** The longest run of pages without a heading may be this share of the file. */
const WIDEST_GAP = 0.85;
const MOST_PER_PAGE = 6;
const PAGES_PER_HEADING = 40;

/** Share of the file that the longest run of pages without a heading takes. */
export const widestGap = (headings: readonly Heading[], pageCount: number): number => {
  const starts = [...new Set(headings.map((heading) => heading.page))].toSorted((a, b) => a - b);
  const edges = [0, ...starts, pageCount + 1];
  const gaps = edges.slice(1).map((page, i) => page - (edges[i] ?? 0) - 1);
  return pageCount === 0 ? 0 : Math.max(...gaps) / pageCount;
};

/** Leaves out the deepest levels while there are more than six headings a page. */
const thin = (headings: readonly Heading[], pageCount: number): readonly Heading[] => {
  let kept = headings;
  while (kept.length > MOST_PER_PAGE * pageCount) {
    const deepest = Math.max(...kept.map((heading) => heading.level));
    const fewer = kept.filter((heading) => heading.level < deepest);
    if (fewer.length === 0) break;
    kept = fewer;
  }
  return kept;
};

/**
 * The checks that headings found in the text must pass to make the frame: at least two, at least
 * one for 40 pages, at most six a page, and no gap of more than 85 % of the file.
 */
export const checkHeadings = (found: readonly Heading[], pageCount: number): Finding => {
  const headings = thin(found, pageCount);
  const least = Math.max(2, Math.ceil(pageCount / PAGES_PER_HEADING));
  if (headings.length < least) return { rejected: `${headings.length} found, ${least} needed` };
  if (headings.length > MOST_PER_PAGE * pageCount)
    return { rejected: `more than ${MOST_PER_PAGE} a page` };
  const gap = widestGap(headings, pageCount);
  if (gap > WIDEST_GAP)
    return { rejected: `none on ${Math.round(gap * 100)} % of the pages in a row` };
  return { headings };
};
