import { IMAGE_SCHEME } from '../../../link-images.ts';
import { escapeBlockStart, escapeInline } from '../../../markdown/escape.ts';
import { gfmTable, tableCell } from '../../../markdown/table.ts';
import type { Block } from '../model.ts';
import { lowerRaised, renderRaised, withoutRaised } from '../raised.ts';

/** The blocks as Markdown, without a closing line end. */
export function renderBlocks(blocks: readonly Block[]): string {
  return renderRaised(withRaised(blocks));
}

function withRaised(blocks: readonly Block[]): string {
  let markdown = '';
  let before: Block | undefined;
  for (const block of blocks) {
    const tight = before?.kind === 'item' && block.kind === 'item' && isOneList(before, block);
    if (before !== undefined) markdown += tight ? '\n' : '\n\n';
    markdown += renderBlock(block);
    before = block;
  }
  return markdown;
}

type Item = Extract<Block, { kind: 'item' }>;

/** Bullets and numbers side by side are two lists. */
function isOneList(a: Item, b: Item): boolean {
  return a.depth !== b.depth || isNumbered(a) === isNumbered(b);
}

function isNumbered({ mark }: Item): boolean {
  return /^\(?\d/.test(mark);
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escapeInline(withoutRaised(block.text))}`;
    case 'paragraph':
      return escapeBlockStart(escapeInline(block.text));
    case 'rows':
      return block.rows.map((row) => escapeBlockStart(escapeInline(row))).join('\n');
    case 'table':
      return gfmTable(
        block.rows.map((row) => row.map((cell) => tableCell(escapeInline(cell)))),
      ).trimEnd();
    case 'code':
      return [
        '```',
        ...block.rows.map((row) => lowerRaised(row).replaceAll('```', "'''")),
        '```',
      ].join('\n');
    case 'item':
      return renderItem(block);
    case 'image':
    default:
      return `![${escapeInline(block.alt)}](${IMAGE_SCHEME}${block.name})`;
  }
}

/** Markdown numbers items with digits alone: other marks stand in the text of a bullet. */
function renderItem({ mark, depth, text }: Item): string {
  const indent = '   '.repeat(depth);
  const digits = /^\(?(\d{1,3})[.)]$/.exec(mark)?.[1];
  if (digits !== undefined) return `${indent}${Number(digits)}. ${escapeInline(text)}`;
  return `${indent}- ${mark === '-' ? '' : `${mark} `}${escapeInline(text)}`;
}
