import { escapeInline } from '../markdown/escape.ts';
import { gfmTable } from '../markdown/table.ts';
import { blocksOf, type Block } from './blocks.ts';
import { cellName, type Sheet } from './model.ts';

/** The sheets one below the other: a heading of each one's name, its tables and pictures, its comments. */
export function sheetsToMarkdown(sheets: readonly Sheet[]): string {
  return sheets.map((sheet) => sheetToMarkdown(sheet)).join('\n');
}

function sheetToMarkdown(sheet: Sheet): string {
  const pieces = [
    ...blocksOf(sheet.rows).map((block) => ({
      row: block.top,
      column: block.left,
      markdown: blockToMarkdown(sheet, block),
    })),
    ...sheet.objects,
  ];
  const inOrder = pieces.toSorted((a, b) => a.row - b.row || a.column - b.column);
  return [
    `## ${headingOf(sheet.name)}\n`,
    ...inOrder.map(({ markdown }) => markdown),
    ...commentsOf(sheet),
  ].join('\n');
}

function headingOf(name: string): string {
  return escapeInline(name.replace(/\s+/g, ' ').trim()) || 'Sheet';
}

/** So few cells below each other are no table: a headline, a remark. */
const MOST_LINES = 3;

function blockToMarkdown({ rows }: Sheet, block: Block): string {
  const table = block.rows.map((row) =>
    block.columns.map((column) => rows.get(row)?.get(column) ?? ''),
  );
  if (block.columns.length === 1 && table.length <= MOST_LINES)
    return table.map(([only = '']) => `${lineOf(only)}\n`).join('\n');
  return gfmTable(table);
}

function lineOf(cell: string): string {
  return cell.replaceAll('\\|', '|').replace(/^(?=[#>+-](?:\s|$)|\d+[.)]\s)/, '\\');
}

function commentsOf({ comments }: Sheet): string[] {
  if (comments.length === 0) return [];
  const lines = comments.map(({ row, column, author, text }) => {
    const by = author === undefined ? '' : ` (${escapeInline(author)})`;
    return `- ${cellName(row, column)}${by}: ${escapeInline(text.replace(/\s+/g, ' ').trim())}\n`;
  });
  return [`Comments:\n`, lines.join('')];
}
