import type { CellRange } from './model.ts';

/** Merged cells of a whole sheet would be millions of copies. */
const MOST_COPIES = 4096;

/**
 * Puts what a merged cell shows into each cell that it covers, so that every row can be read by itself. A
 * headline that is alone in its rows stays one cell.
 */
export function spellOutMerges(
  rows: Map<number, Map<number, string>>,
  merges: readonly CellRange[],
): void {
  let copies = 0;
  for (const merge of merges) {
    const { top, left, bottom, right } = merge;
    const shown = rows.get(top)?.get(left);
    const area = (bottom - top + 1) * (right - left + 1);
    if (shown === undefined || area < 2 || isAlone(rows, merge)) continue;
    copies += area;
    if (area > MOST_COPIES || copies > MOST_COPIES * 16) continue;
    for (let row = top; row <= bottom; row += 1) {
      const cells = rows.get(row) ?? new Map<number, string>();
      for (let column = left; column <= right; column += 1) cells.set(column, shown);
      rows.set(row, cells);
    }
  }
}

function isAlone(
  rows: ReadonlyMap<number, ReadonlyMap<number, string>>,
  { top, left, bottom, right }: CellRange,
): boolean {
  if (left === right) return false;
  for (let row = top; row <= bottom; row += 1)
    for (const column of rows.get(row)?.keys() ?? [])
      if (column < left || column > right || row > top) return false;
  return true;
}
