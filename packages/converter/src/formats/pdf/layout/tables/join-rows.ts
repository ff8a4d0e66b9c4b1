import type { TableRows } from '../../model.ts';

type Cells = TableRows[number];

/** A row whose cells go on with those of another. */
export function joinRows(above: Cells, below: Cells): Cells {
  return above.map((cell, column) => cell.concat(below[column] ?? []));
}

/** A line that goes on with the cells of the row above it is no row of its own: its first cell is empty, as most are. */
export function joinContinued(rows: TableRows): TableRows {
  const heights = rows.map((row) => row.flat()[0]?.y ?? 0);
  const gaps = heights.slice(1).map((y, at) => (heights[at] ?? y) - y);
  const usual = gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? 0;
  const result: Cells[] = [];
  rows.forEach((row, at) => {
    const above = result.at(-1);
    const filled = row.filter((cell) => cell.length > 0).length;
    const size = row.flat()[0]?.size ?? 0;
    const isTight = (gaps[at - 1] ?? Infinity) <= Math.max(usual * 1.05, size * 1.4);
    const isPartial = row[0]?.length === 0 && filled <= row.length / 2;
    const goesOn = row.every((cell, column) => cell.length === 0 || above?.[column]?.length);
    if (above !== undefined && isTight && isPartial && goesOn)
      result[result.length - 1] = joinRows(above, row);
    else result.push(row);
  });
  return result;
}
