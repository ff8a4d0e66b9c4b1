/**
 * Which page a block of the document begins on. The stored text of a short document has no page
 * marks, so the summary page records the result for the next time the text is read.
 */
import type { Block } from './blocks.ts';
import { readBlocks } from './blocks.ts';

/** For each page in turn the index of the first block that begins on it; pages without one repeat the next. */
export type PageStarts = readonly number[];

/** Letters and digits compared; enough to tell blocks apart, short enough to stand on one page. */
const PROBE = 40;
/** Pages looked ahead for a block, so that one that is not found does not lose the place. */
const AHEAD = 3;

export interface NumberedPage {
  /** 1-based. */
  readonly page: number;
  readonly text: string;
}

/** Finds the pages of blocks by their first words, in order. */
export function findPageStarts(
  blocks: readonly Block[],
  pages: readonly NumberedPage[],
): PageStarts {
  const texts = pages.map(({ text }) =>
    letters(
      readBlocks(text)
        .map((block) => block.text)
        .join(' '),
    ),
  );
  const last = pages.at(-1)?.page ?? 0;
  const starts: number[] = [];
  let current = 0;
  let offset = 0;
  for (const [index, block] of blocks.entries()) {
    const probe = letters(block.text).slice(0, PROBE);
    const found = locate(texts, probe, current, offset);
    if (found !== undefined) {
      current = found.page;
      offset = found.offset + probe.length;
    }
    const number = pages[current]?.page ?? 1;
    while (starts.length < Math.min(number, last)) starts.push(index);
  }
  return starts;
}

/** The 1-based page of a block, undefined without page starts. */
export function pageOfBlock(starts: PageStarts, block: number): number | undefined {
  if (starts.length === 0) return undefined;
  let page = 0;
  while (page < starts.length && (starts[page] ?? Infinity) <= block) page += 1;
  return Math.max(1, page);
}

function locate(
  texts: readonly string[],
  probe: string,
  from: number,
  offset: number,
): { page: number; offset: number } | undefined {
  if (probe === '') return undefined;
  for (let page = from; page < Math.min(texts.length, from + 1 + AHEAD); page += 1) {
    const at = texts[page]?.indexOf(probe, page === from ? offset : 0) ?? -1;
    if (at >= 0) return { page, offset: at };
    // a short page end may cut the words in two
    const cut = texts[page]?.endsWith(probe.slice(0, Math.ceil(probe.length / 2))) ?? false;
    if (cut && probe.length > 8) return { page, offset: texts[page]?.length ?? 0 };
  }
  return undefined;
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
