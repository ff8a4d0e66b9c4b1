import stringWidth from '../../shims/string-width.ts';
import type { Style } from '../style.ts';
import { table } from '../table.ts';
import { renderInline } from './inline.ts';
import { wrap } from './wrap.ts';

export const isTableRow = (line: string): boolean => /^ {0,3}\|.*\|[ \t]*$/.test(line);

/** A table as columns; where the terminal is too narrow for it, row by row, each cell after its heading. */
export function renderTable(rows: readonly string[], columns: number, style: Style): string[] {
  const [head = [], ...body] = rows
    .filter((row) => !/^[\s|:]*-[\s|:-]*$/.test(row))
    .map((row) => cellsOf(row).map((cell) => renderInline(cell, style)));
  const bold = head.map((cell) => style.bold(cell));
  const lines = table([bold, ...body]);
  if (lines.every((line) => stringWidth(line) <= columns)) return lines;
  const cellLines = (cell: string, i: number): string[] =>
    wrap(`${bold[i] ?? ''}: ${cell}`, { first: '', rest: '  ', columns });
  const blocks = body.map((cells) => cells.flatMap(cellLines));
  return blocks.flatMap((block, n) => (n === 0 ? block : [''].concat(block)));
}

function cellsOf(row: string): string[] {
  return row
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}
