/** Books of known structure, laid out into pages in each of the ways that the evidence reads. */
import type { OutlineItem, PageText, StyledLine } from '../src/index.ts';

export interface BookSection {
  readonly title: string;
  readonly level: number;
  /** Lines of running text after the heading. */
  readonly length: number;
}

export type Layout = 'outline' | 'contents' | 'markdown' | 'fonts' | 'numbers';

const LINES_PER_PAGE = 30;
const BODY =
  'the roots take up water from loose soil and the leaves turn towards the light in the morning.';

export interface Laid {
  readonly pages: readonly PageText[];
  readonly outline: readonly OutlineItem[];
  /** Where each section really starts. */
  readonly starts: readonly { readonly title: string; readonly page: number }[];
}

const leaders = (title: string, page: string): string =>
  `${title} ${'. '.repeat(Math.max(4, 30 - title.length))}${page}`;

/**
 * Lays a book out. Chapters open a page. `front` pages of title and contents come first, and the
 * printed numbers begin with 1 after them.
 */
export const layOut = (sections: readonly BookSection[], layout: Layout): Laid => {
  const front = layout === 'contents' ? 2 + Math.ceil(sections.length / (LINES_PER_PAGE - 2)) : 2;
  const lines: StyledLine[][] = Array.from({ length: front }, () => []);
  const starts: { title: string; page: number }[] = [];
  let current: StyledLine[] = [];
  const put = (line: StyledLine): void => {
    if (current.length >= LINES_PER_PAGE) turn();
    current.push(line);
  };
  const turn = (): void => {
    if (current.length > 0) lines.push(current);
    current = [];
  };
  for (const { title, level, length } of sections) {
    if (level === 1 || current.length >= LINES_PER_PAGE) turn();
    starts.push({ title, page: lines.length + 1 });
    const text = layout === 'markdown' ? `${'#'.repeat(level)} ${title}` : title;
    put(layout === 'fonts' ? { text, size: 22 - 3 * level, bold: true } : { text, size: 10 });
    for (let i = 0; i < length; i += 1) put({ text: BODY, size: 10 });
  }
  turn();
  lines[0]?.push({ text: 'The Garden Handbook', size: 10 }, { text: BODY, size: 10 });
  lines[1]?.push({ text: BODY, size: 10 }, { text: BODY, size: 10 });
  if (layout === 'contents')
    for (const [i, { title, page }] of starts.entries()) {
      const target = lines[2 + Math.floor(i / (LINES_PER_PAGE - 2))];
      if (i % (LINES_PER_PAGE - 2) === 0) target?.push({ text: 'Contents', size: 10 });
      target?.push({ text: leaders(title, String(page - front)), size: 10 });
    }
  const pages = lines.map((own, i) => ({
    page: i + 1,
    text: own.map(({ text }) => text).join('\n'),
    lines: layout === 'fonts' ? own : [],
  }));
  const outline = starts.map(({ title, page }, i) => ({
    title,
    page,
    level: sections[i]?.level ?? 1,
  }));
  return { pages, outline: layout === 'outline' ? outline : [], starts };
};

/** Titles with the numbers that their levels give them. */
export const numbered = (sections: readonly BookSection[]): readonly BookSection[] => {
  const counts: number[] = [];
  return sections.map((section) => {
    counts.length = Math.min(counts.length, section.level);
    counts[section.level - 1] = (counts[section.level - 1] ?? 0) + 1;
    return { ...section, title: `${counts.join('.')} ${section.title}` };
  });
};
