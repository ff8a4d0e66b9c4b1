/** Pages of characters and pictures to pages of blocks: the layout, step by step. */
import type { OutlineEntry } from '../../../document.ts';
import type { Block, Line, PageContent } from '../model.ts';
import { blocksOf } from './blocks.ts';
import { readingOrder } from './columns.ts';
import { withoutFurniture, withoutRepeatedStamps } from './furniture.ts';
import { headingRules } from './headings.ts';
import { HyphenJoiner } from './hyphens.ts';
import { linesOf } from './lines.ts';
import { groupLines } from './paragraphs.ts';
import { placeImages } from './place-images.ts';
import { withoutRepeatedImages } from './repeated-images.ts';
import { bodyStyle } from './statistics.ts';
import { metadataTitle, printedTitle, shownTitle } from './title.ts';

export interface PageLayout {
  readonly page: number;
  readonly blocks: readonly Block[];
}

export interface Layout {
  readonly pages: readonly PageLayout[];
  /** From the metadata or the page; `undefined` when neither has one. */
  readonly title: string | undefined;
  readonly hyphens: HyphenJoiner;
}

export function layOut(
  contents: readonly PageContent[],
  { outline, statedTitle }: { outline: readonly OutlineEntry[]; statedTitle: string },
): Layout {
  const segments = withoutFurniture(contents);
  const images = withoutRepeatedImages(contents);
  const stamps = withoutRepeatedStamps(contents);
  const lines: Line[][] = segments.map((page) => linesOf(readingOrder(page)));
  const body = bodyStyle(lines);
  const groups = lines.map((page) => groupLines(page, body));
  const hyphens = new HyphenJoiner(lines.flat().map(({ text }) => text));
  const printed = printedTitle(groups.find((page) => page.length > 0) ?? [], body);
  const title = metadataTitle(statedTitle) ?? printed;
  const pages = contents.map(({ page }, index) => ({ page, groups: groups[index] ?? [] }));
  const headings = headingRules(pages, body, {
    outline,
    title: shownTitle(groups, title) ?? printed,
  });
  return {
    title,
    hyphens,
    pages: pages.map((content, index) => ({
      page: content.page,
      blocks: [
        ...placeImages(blocksOf({ ...content, body, headings, hyphens }), images[index] ?? []),
        ...stampBlocks(stamps[index] ?? []),
      ],
    })),
  };
}

/** Stamps in the margin and the like, after the page's own text. */
function stampBlocks(stamps: readonly string[]): Block[] {
  const text = stamps.join(' ');
  return text === '' ? [] : [{ kind: 'paragraph', text, open: false }];
}
