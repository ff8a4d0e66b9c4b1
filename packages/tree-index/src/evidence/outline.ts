/**
 * The file's own outline (bookmarks), checked before it is believed. The rules are those that
 * PageIndex Flash applies (VectifyAI/PageIndex, pull request 384), with one change: where pages go
 * backwards, the longest non-decreasing run of entries is kept, so that one wrong page number does
 * not cost all the entries behind it.
 */
import { type Evidence, type Finding, type Heading, widestGap } from '../heading.ts';
import { headingAt, locateTitle } from '../locate.ts';
import { parseNumbering } from '../numbering.ts';
import type { Page } from '../read-pages.ts';
import { cleanTitle, keyOf } from '../text.ts';
import type { OutlineItem } from '../types.ts';

const FEWEST = 3;
/** Deeper entries count as siblings. */
const DEEPEST = 32;
const WIDEST_GAP = 0.85;
/** An entry that points so far up opens its page, also where its title is not found there. */
const PAGE_TOP = 0.12;
const GENERIC =
  /^(?:(?:page|slide|folie|seite|sheet|pagina|página|diapositive|untitled|bookmark|anchor|стр)?\d*|第\d+[页頁])$/u;

type Placed = OutlineItem & { readonly page: number };

/** The page of the first entry below this one that has a page. */
const pageBelow = (outline: readonly OutlineItem[], at: number): number | undefined => {
  const level = outline[at]?.level ?? 1;
  for (const below of outline.slice(at + 1)) {
    if (!(below.level > level)) return undefined;
    if (below.page !== undefined) return below.page;
  }
  return undefined;
};

/** Entries with a title and a page of the file; a parent without a page stands where its first child does. */
const place = (outline: readonly OutlineItem[], pageCount: number): readonly Placed[] =>
  outline.flatMap((item, i) => {
    const page = item.page ?? pageBelow(outline, i) ?? 0;
    const title = cleanTitle(item.title);
    const inside = Number.isInteger(page) && page >= 1 && page <= pageCount;
    const level = Math.min(DEEPEST, Math.max(1, Math.trunc(item.level) || 1));
    if (!inside || title === '') return [];
    // an entry that stands on the page of the one below it points nowhere itself
    const top = item.page === undefined ? undefined : item.top;
    return [{ title, level, page, ...(top !== undefined && { top }) }];
  });

/** Siblings that follow each other on one page, from its top to its bottom where all say how far down they are. */
export const fromTheTop = <T extends Placed>(items: readonly T[]): readonly T[] => {
  const result: T[] = [];
  for (let at = 0; at < items.length;) {
    const first = items[at] as T;
    let end = at + 1;
    while (items[end]?.page === first.page && items[end]?.level === first.level) end += 1;
    const run = items.slice(at, end);
    // the last of the run may have children, which would go to another one
    const hasChildren = (items[end]?.level ?? 0) > first.level;
    const known = !hasChildren && run.every(({ top }) => top !== undefined);
    const sorted = known ? run.toSorted((a, b) => (a.top ?? 0) - (b.top ?? 0)) : run;
    for (const item of sorted) result.push(item);
    at = end;
  }
  return result;
};

/** The longest subsequence whose pages never go backwards. */
export const longestAscent = <T extends { readonly page: number }>(
  items: readonly T[],
): readonly T[] => {
  const tails: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [i, item] of items.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((items[tails[middle] ?? 0]?.page ?? 0) <= item.page) low = middle + 1;
      else high = middle;
    }
    before[i] = tails[low - 1];
    tails[low] = i;
  }
  const kept: T[] = [];
  for (let i = tails.at(-1); i !== undefined; i = before[i]) {
    const item = items[i];
    if (item) kept.unshift(item);
  }
  return kept;
};

/** Why an outline says nothing about the sections, or `undefined` where it does. */
const junk = (items: readonly Placed[]): string | undefined => {
  const half = items.length / 2;
  const keys = items.map((item) => keyOf(item.title));
  if (keys.filter((key) => GENERIC.test(key)).length >= half)
    return 'half of the titles are page names';
  if (items.length - new Set(keys).size >= items.length * 0.75)
    return 'three quarters of the titles are duplicates';
  const templates = new Map<string, number>();
  for (const [i, key] of keys.entries()) {
    const counter = /\p{N}/u.test(key) && parseNumbering(items[i]?.title ?? '') === undefined;
    const template = key.replaceAll(/\p{N}+/gu, '#');
    if (counter) templates.set(template, (templates.get(template) ?? 0) + 1);
  }
  if (Math.max(0, ...templates.values()) >= half)
    return 'half of the titles are one name with a counter';
  return undefined;
};

/** The line of an entry's title; of several the one that is as far down the page as the entry points. */
const locateEntry = (page: Page | undefined, item: Placed, from: number): number | undefined => {
  const first = locateTitle(page, item.title, from);
  if (page === undefined || first === undefined || item.top === undefined) return first;
  const farness = (line: number): number =>
    Math.abs(line / Math.max(1, page.lines.length - 1) - (item.top ?? 0));
  let best = first;
  for (
    let next = locateTitle(page, item.title, first + 1);
    next !== undefined;
    next = locateTitle(page, item.title, next + 1)
  )
    if (farness(next) < farness(best)) best = next;
  return best;
};

const opening = ({ title, level, page }: Heading): Heading => ({ title, level, page, opens: true });

/** Headings of the outline, or why it is not used. */
export const fromOutline = (outline: readonly OutlineItem[], evidence: Evidence): Finding => {
  const items = longestAscent(fromTheTop(place(outline, evidence.pages.length)));
  if (items.length < FEWEST)
    return { rejected: `${items.length} of ${outline.length} entries point to a page in order` };
  const reason = junk(items);
  if (reason !== undefined) return { rejected: reason };
  let page = 0;
  let line = 0;
  const headings = items.map((item): Heading => {
    if (item.page !== page) line = 0;
    page = item.page;
    const at = locateEntry(evidence.pages[page - 1], item, line);
    if (at !== undefined) line = at + 1;
    const heading = headingAt(evidence, item, at);
    return at === undefined && (item.top ?? 1) <= PAGE_TOP ? opening(heading) : heading;
  });
  const gap = widestGap(headings, evidence.pages.length);
  if (gap > WIDEST_GAP)
    return { rejected: `no entry on ${Math.round(gap * 100)} % of the pages in a row` };
  return { headings };
};
