/** Pages of characters and pictures to pages of blocks: the layout, step by step. */
import type { OutlineEntry } from '../../../document.ts';
import type { Block, Line, PageContent, PageImage } from '../model.ts';
import { withoutRaised } from '../raised.ts';
import { blocksOf } from './blocks.ts';
import { readingOrder, type Region } from './columns.ts';
import { withoutFurniture, withoutRepeatedStamps } from './furniture.ts';
import { headingRules } from './headings.ts';
import { HyphenJoiner } from './hyphens.ts';
import { linesOf } from './lines.ts';
import { groupLines } from './paragraphs.ts';
import { caption, placeFloats, type Float } from './place-floats.ts';
import { withoutRepeatedImages } from './repeated-images.ts';
import { bodyStyle } from './statistics.ts';
import { withTables } from './tables/aligned-tables.ts';
import { tableBlock } from './tables/table-block.ts';
import { withoutTables, type PlacedTable } from './tables/without-tables.ts';
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
  const parted = withoutFurniture(contents).map((segments, index) =>
    withoutTables(segments, contents[index]?.rules ?? []),
  );
  const images = withoutRepeatedImages(contents);
  const stamps = withoutRepeatedStamps(contents);
  const lines: Line[][] = parted.map(({ rest, tables }) =>
    linesOf(asWideAs(tables, readingOrder(rest))),
  );
  const inTables = parted.map(({ tables }) => tables.flatMap((table) => linesOfTable(table)));
  const body = bodyStyle(lines, inTables);
  const groups = lines.map((page) => groupLines(withTables(page, body), body));
  const hyphens = new HyphenJoiner([...lines, ...inTables].flat().map(({ text }) => text));
  const printed = printedTitle(groups.find((page) => page.length > 0) ?? [], body);
  const title = metadataTitle(statedTitle) ?? printed;
  const pages = contents.map(({ page }, index) => ({ page, groups: groups[index] ?? [] }));
  const headings = headingRules(pages, body, {
    outline,
    title: shownTitle(groups, title) ?? printed,
  });
  return {
    title: title === undefined ? undefined : withoutRaised(title),
    hyphens,
    pages: pages.map((content, index) => ({
      page: content.page,
      blocks: [
        ...placeFloats(blocksOf({ ...content, body, headings, hyphens }), [
          ...imageFloats(images[index] ?? []),
          ...tableFloats(parted[index]?.tables ?? [], hyphens),
        ]),
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

/** On a page of one column its text could have been as wide as its tables are. */
function asWideAs(tables: readonly PlacedTable[], regions: readonly Region[]): readonly Region[] {
  const [only] = regions;
  if (only === undefined || regions.length > 1) return regions;
  const left = Math.min(only.left, ...tables.map(({ box }) => box.x0));
  const right = Math.max(only.right, ...tables.map(({ box }) => box.x1));
  return [{ ...only, left, right }];
}

function imageFloats(images: readonly PageImage[]): Float[] {
  return images.map(({ name, box }) => ({
    box,
    block: (next) => ({ kind: 'image', name, alt: caption(next) }),
  }));
}

function tableFloats(tables: readonly PlacedTable[], hyphens: HyphenJoiner): Float[] {
  return tables.map(({ box, rows }) => ({ box, block: () => tableBlock(rows, hyphens) }));
}

function linesOfTable({ rows }: PlacedTable): Line[] {
  const cells = [...new Set(rows.flat())];
  return cells.flatMap((segments) => linesOf([{ segments, left: 0, right: 0 }]));
}
