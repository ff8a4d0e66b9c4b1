import type { HyphenJoiner } from './layout/hyphens.ts';
import type { PageLayout } from './layout/lay-out.ts';
import type { Block } from './model.ts';

/**
 * The blocks of all pages in one row; a paragraph that is open at a page's end is joined with the next
 * page's first when that goes on in lower case, and a table with the next page's when that repeats its head.
 */
export function joinPages(pages: readonly PageLayout[], hyphens: HyphenJoiner): Block[] {
  const joined: Block[] = [];
  for (const { blocks } of pages) {
    const [first] = blocks;
    const end = lastOfText(joined);
    const open = joined[end];
    if (open?.kind === 'paragraph' && first?.kind === 'paragraph' && goesOn(open, first.text)) {
      const text = /\p{Ll}-$/u.test(open.text)
        ? hyphens.join(open.text.slice(0, -1), first.text)
        : `${open.text} ${first.text}`;
      joined[end] = { ...first, text };
      for (const block of blocks.slice(1)) joined.push(block);
    } else if (open?.kind === 'table' && first?.kind === 'table' && sameHead(open, first)) {
      joined[end] = { kind: 'table', rows: open.rows.concat(first.rows.slice(1)) };
      for (const block of blocks.slice(1)) joined.push(block);
    } else for (const block of blocks) joined.push(block);
  }
  return joined;
}

/** Pictures at a page's foot stand between the halves of the paragraph. */
function lastOfText(blocks: readonly Block[]): number {
  return blocks.findLastIndex(({ kind }) => kind !== 'image');
}

type Table = Extract<Block, { kind: 'table' }>;

function sameHead(a: Table, b: Table): boolean {
  const [head = [], other = []] = [a.rows[0], b.rows[0]];
  return head.length === other.length && head.every((cell, column) => cell === other[column]);
}

function goesOn(open: Extract<Block, { kind: 'paragraph' }>, next: string): boolean {
  return open.open && open.text.length > 40 && /^\p{Ll}/u.test(next);
}
