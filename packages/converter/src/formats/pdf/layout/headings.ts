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
const NUMBERED =
  /^(?:(?:chapter|section|appendix|part|kapitel|teil|anhang|chapitre|annexe)\s+[\dA-Z]|(\d{1,2}(?:\.\d{1,3}){0,4})\.?\s+\p{Lu}|[IVXLC]{1,6}\.\s+\p{Lu}|[A-Z](?:\.\d{1,2})*\.?\s+\p{Lu}\p{Ll})/iu;

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
  const levels = styleLevels(pages, { body, base, bookmarks, isTitle });
  return {
    levelOf(group, page) {
      const text = textOf(group);
      if (isTitle(text, page)) return 1;
      const marked = bookmarks.find(text, page);
      if (marked !== undefined && group.length <= 4) return cap(marked + base - 1);
      if (!looksLikeHeading(group, body)) return undefined;
      return levels.get(styleKey(group)) ?? cap(base + levels.size);
    },
  };
}

function looksLikeHeading(group: readonly Line[], body: BodyStyle): boolean {
  const [first] = group;
  if (first === undefined || group.length > 4 || group.some(({ cells }) => cells > 1)) return false;
  const text = textOf(group);
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 2 || letters < text.length * 0.45 || /[,;‐-]$/.test(text)) return false;
  if (first.size >= body.size * LARGER)
    return text.length <= MAXIMUM_LARGE && !/[.。]$/.test(text.replace(/^\W*\d+\.?/, ''));
  if (!first.bold || body.bold || text.length > MAXIMUM_BOLD || group.length > 2) return false;
  if (first.size < body.size * 0.95) return false;
  return NUMBERED.test(text) || !/[.:。]$/.test(text);
}

interface LevelInput {
  readonly body: BodyStyle;
  readonly base: number;
  readonly bookmarks: BookmarkIndex;
  readonly isTitle: (text: string, page: number) => boolean;
}

/** A level per style: what its numbers or bookmarks say by majority, else its place by size. */
function styleLevels(pages: readonly PageGroups[], input: LevelInput): Map<string, number> {
  const { body, base, bookmarks, isTitle } = input;
  const votes = new Map<string, number[]>();
  const sizes = new Map<string, number>();
  for (const { page, groups } of pages)
    for (const group of groups) {
      const text = textOf(group);
      if (isTitle(text, page) || !looksLikeHeading(group, body)) continue;
      const key = styleKey(group);
      sizes.set(key, Math.max(sizes.get(key) ?? 0, (group[0] as Line).size));
      const depth = bookmarks.find(text, page) ?? numberDepth(text);
      if (depth !== undefined) votes.set(key, [...(votes.get(key) ?? []), depth]);
    }
  const bySize = [...sizes].toSorted((a, b) => b[1] - a[1] || (a[0].endsWith('b') ? -1 : 1));
  const levels = new Map<string, number>();
  let least = base;
  for (const [key] of bySize) {
    const voted = median(votes.get(key) ?? []);
    const level = cap(Math.max(least, voted === undefined ? least : voted + base - 1));
    levels.set(key, level);
    least = voted === undefined ? cap(level + 1) : level;
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

function styleKey(group: readonly Line[]): string {
  const [first] = group as readonly [Line];
  const depth = numberDepth(textOf(group)) ?? 0;
  return `${half(first.size)}/${depth}${first.bold ? 'b' : ''}`;
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
