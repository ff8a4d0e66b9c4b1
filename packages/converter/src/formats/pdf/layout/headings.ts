/**
 * Which groups of lines are headings and of which level. Evidence, strongest first: a bookmark of the same
 * words that points to the page; letters larger than the body's; bold type with a number or alone on its lines.
 */
import type { OutlineEntry } from '../../../document.ts';
import type { Line } from '../model.ts';
import { half, type BodyStyle } from './statistics.ts';

export interface HeadingRules {
  /** Level of the group as a heading, or `undefined`. */
  levelOf(group: readonly Line[], page: number): number | undefined;
}

const LARGER = 1.09;
const MAXIMUM_LARGE = 250;
const MAXIMUM_BOLD = 120;
const MAXIMUM_LEVEL = 6;
const MINIMUM_COUNT = 3;
const NUMBERED =
  /^(?:(\d{1,2}(?:\.\d{1,3}){0,4})\.?\s+\p{Lu}|[IVXLC]{1,6}\.\s+\p{Lu}|[A-Z](?:\.\d{1,2})*\.\s*\p{Lu}\p{Ll})/u;
const NAMED = /^(?:chapter|section|appendix|part|kapitel|teil|anhang|chapitre|annexe)\s+[\dA-Z]/i;

export interface PageGroups {
  readonly page: number;
  readonly groups: readonly (readonly Line[])[];
}

/** `title` is the text of the title when a group of the first page shows it: it alone has level 1. */
export function headingRules(
  pages: readonly PageGroups[],
  body: BodyStyle,
  { outline, title }: { outline: readonly OutlineEntry[]; title: string | undefined },
): HeadingRules {
  const bookmarks = bookmarkIndex(outline);
  const base = title === undefined ? 1 : 2;
  const isTitle = (text: string, page: number): boolean =>
    title !== undefined && page <= 2 && normalized(text) === normalized(title);
  const aboveTitle = groupsAboveTitle(pages, isTitle);
  const levels = styleLevels(pages, { body, base, bookmarks, isTitle });
  return {
    levelOf(group, page) {
      const text = textOf(group);
      if (isTitle(text, page)) return 1;
      if (aboveTitle.has(group)) return undefined;
      const marked = bookmarks.find(text, page);
      if (marked !== undefined && group.length <= 4) return cap(marked + base - 1);
      if (!looksLikeHeading(group, body)) return undefined;
      const depth = numberDepth(text);
      return depth === undefined
        ? (levels.get(styleKey(group[0] as Line)) ?? base)
        : cap(base + depth - 1);
    },
  };
}

/** What stands above the title on its page is a banner, a series or a label. */
function groupsAboveTitle(
  pages: readonly PageGroups[],
  isTitle: (text: string, page: number) => boolean,
): ReadonlySet<readonly Line[]> {
  for (const { page, groups } of pages) {
    const at = groups.findIndex((group) => isTitle(textOf(group), page));
    if (at >= 0) return new Set(groups.slice(0, at));
  }
  return new Set();
}

function looksLikeHeading(group: readonly Line[], body: BodyStyle): boolean {
  const [first] = group;
  if (first?.table !== undefined) return false;
  if (first === undefined || group.length > 4 || group.some(({ cells }) => cells > 1)) return false;
  const text = textOf(group);
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const words =
    /\p{L}{3}|[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]{2}/u;
  if (!words.test(text) || letters < text.length * 0.45 || /[,;‐-]$/.test(text)) return false;
  if (first.size >= body.size * LARGER)
    return text.length <= MAXIMUM_LARGE && !/[.。]$/.test(text.replace(/^\W*\d+\.?/, ''));
  if (!first.bold || body.bold || text.length > MAXIMUM_BOLD || group.length > 2) return false;
  if (first.size < body.size * 0.95) return false;
  return NUMBERED.test(text) || NAMED.test(text) || !/^\p{Ll}|[.:。]$/u.test(text);
}

interface LevelInput {
  readonly body: BodyStyle;
  readonly base: number;
  readonly bookmarks: BookmarkIndex;
  readonly isTitle: (text: string, page: number) => boolean;
}

/**
 * A level per style: what the numbers or bookmarks of its headings say by majority, else the next below
 * that of the style above it in size.
 */
function styleLevels(pages: readonly PageGroups[], input: LevelInput): Map<string, number> {
  const { body, base, bookmarks, isTitle } = input;
  const styles = new Map<string, { size: number; bold: boolean; count: number; votes: number[] }>();
  for (const { page, groups } of pages)
    for (const group of groups) {
      const text = textOf(group);
      if (isTitle(text, page) || !looksLikeHeading(group, body)) continue;
      const [first] = group as readonly [Line];
      const key = styleKey(first);
      const style = styles.get(key) ?? {
        size: half(first.size),
        bold: first.bold,
        count: 0,
        votes: [],
      };
      const depth = bookmarks.find(text, page) ?? numberDepth(text);
      if (depth !== undefined) style.votes.push(depth);
      styles.set(key, { ...style, count: style.count + 1 });
    }
  const bySize = [...styles].toSorted(
    ([, a], [, b]) => b.size - a.size || Number(b.bold) - Number(a.bold),
  );
  const levels = new Map<string, number>();
  let next = base;
  for (const [key, { votes, count }] of bySize) {
    const voted = median(votes);
    const level = voted === undefined ? next : Math.max(base, voted + base - 1);
    levels.set(key, cap(level));
    // a style that is seen once or twice is no step of the hierarchy
    if (voted !== undefined || count >= MINIMUM_COUNT) next = Math.max(next, level + 1);
  }
  return levels;
}

/** 1 for `3`, 2 for `3.1`. */
function numberDepth(text: string): number | undefined {
  return NUMBERED.exec(text)?.[1]?.split('.').length;
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function styleKey(line: Line): string {
  return `${half(line.size)}${line.bold ? ' bold' : ''}`;
}

interface BookmarkIndex {
  /** Level of the bookmark with these words on the page, or a neighbour of it. */
  find(text: string, page: number): number | undefined;
}

function bookmarkIndex(outline: readonly OutlineEntry[]): BookmarkIndex {
  const levels = new Map<string, { level: number; page: number }[]>();
  for (const { title, level, page } of outline) {
    if (page === undefined) continue;
    const key = normalized(title);
    levels.set(key, [...(levels.get(key) ?? []), { level, page }]);
  }
  return {
    find: (text, page) =>
      text.length > MAXIMUM_LARGE
        ? undefined
        : levels.get(normalized(text))?.find((entry) => Math.abs(entry.page - page) <= 1)?.level,
  };
}

export function textOf(group: readonly Line[]): string {
  return group.map(({ text }) => text).join(' ');
}

/** Letters alone in lower case: numbers and marks differ between a heading and its bookmark. */
export function normalized(text: string): string {
  const letters = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, '');
  return letters === '' ? text.trim() : letters;
}

function cap(level: number): number {
  return Math.min(MAXIMUM_LEVEL, level);
}
