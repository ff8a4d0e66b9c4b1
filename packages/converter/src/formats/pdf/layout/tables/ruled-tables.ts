/** Tables with borders: the cells are where the page's rules part them. */
import type { Box, Segment, TableRows } from '../../model.ts';
import { rowsOf } from '../rows.ts';
import { gridsOf, type Grid } from './grid.ts';
import { joinRows } from './join-rows.ts';
import type { PlacedTable } from './without-tables.ts';

type CellSegments = readonly Segment[];

/** More characters in a cell on average are a page's layout, not a table. */
const MAXIMUM_CELL = 300;
/** Fewer are the marks of a diagram. */
const MINIMUM_CELL = 1.5;
/** So much of the cells has text, else the rules are a chart or a form to fill in. */
const FILLED_SHARE = 0.25;
const MAXIMUM_CELLS = 5000;

/** The tables of a page, in which the text of a merged cell stands in each cell that it covers, and the segments that stand in none. */
export function ruledTables(
  segments: readonly Segment[],
  rules: readonly Box[],
): { readonly tables: readonly PlacedTable[]; readonly rest: readonly Segment[] } {
  const tables: PlacedTable[] = [];
  let rest = segments;
  // a grid within a grid is read with the outer one
  const grids = gridsOf(rules).toSorted((a, b) => area(boxOf(b)) - area(boxOf(a)));
  for (const grid of grids) {
    const box = boxOf(grid);
    const inside = rest.filter((segment) => isInside(segment, box));
    const rows = inside.length === 0 ? undefined : tableOf(grid, inside);
    if (rows === undefined) continue;
    const taken = new Set(inside);
    rest = rest.filter((segment) => !taken.has(segment));
    tables.push({ box, rows });
  }
  return { tables, rest };
}

function boxOf({ xs, ys }: Grid): Box {
  return { x0: xs[0] ?? 0, x1: xs.at(-1) ?? 0, y0: ys.at(-1) ?? 0, y1: ys[0] ?? 0 };
}

function area({ x0, x1, y0, y1 }: Box): number {
  return (x1 - x0) * (y1 - y0);
}

/** The middle of the letters. */
function middleOf({ x0, x1, y, size }: Segment): { x: number; y: number } {
  return { x: (x0 + x1) / 2, y: y + size * 0.3 };
}

function isInside(segment: Segment, { x0, x1, y0, y1 }: Box): boolean {
  const { x, y } = middleOf(segment);
  return x > x0 && x < x1 && y > y0 && y < y1;
}

function tableOf(grid: Grid, segments: readonly Segment[]): TableRows | undefined {
  const [rowCount, columnCount] = [grid.ys.length - 1, grid.xs.length - 1];
  if (rowCount * columnCount > MAXIMUM_CELLS) return undefined;
  const regions = mergedRegions(grid);
  if (!areRectangles(regions, columnCount)) return undefined;
  const texts = new Map<number, Segment[]>();
  for (const segment of segments) {
    const { x, y } = middleOf(segment);
    const column = grid.xs.findLastIndex((edge) => edge < x);
    const row = grid.ys.findLastIndex((edge) => edge > y);
    const region = regions[row * columnCount + column] ?? 0;
    const text = texts.get(region);
    if (text === undefined) texts.set(region, [segment]);
    else text.push(segment);
  }
  const characters = segments.reduce((sum, { text }) => sum + text.length, 0);
  if (characters > texts.size * MAXIMUM_CELL || characters < texts.size * MINIMUM_CELL)
    return undefined;
  const rows = Array.from({ length: rowCount }, (_, row) =>
    Array.from(
      { length: columnCount },
      (__, column) => texts.get(regions[row * columnCount + column] ?? 0) ?? [],
    ),
  );
  const split = rows.flatMap((row, at) => splitRow(row, rowCount <= 2 && at === rowCount - 1));
  return isTable(split, new Set(regions).size, texts.size) ? withoutEmpty(split) : undefined;
}

/** For each cell, row by row, the first cell of those that no rule parts it from. */
function mergedRegions(grid: Grid): number[] {
  const [rowCount, columnCount] = [grid.ys.length - 1, grid.xs.length - 1];
  const regions = Array.from({ length: rowCount * columnCount }, (_, index) => index);
  const find = (at: number): number => {
    let root = at;
    while (regions[root] !== root) root = regions[root] ?? root;
    return root;
  };
  const join = (a: number, b: number): void => {
    const [one, other] = [find(a), find(b)];
    regions[Math.max(one, other)] = Math.min(one, other);
  };
  for (let row = 0; row < rowCount; row += 1)
    for (let column = 0; column < columnCount; column += 1) {
      const at = row * columnCount + column;
      if (column + 1 < columnCount && !grid.parts(row, column, 'right')) join(at, at + 1);
      if (row + 1 < rowCount && !grid.parts(row, column, 'below')) join(at, at + columnCount);
    }
  return regions.map((_, at) => find(at));
}

/** Cells that are merged into other shapes are those of a drawing. */
function areRectangles(regions: readonly number[], columnCount: number): boolean {
  const extents = new Map<number, { right: number; bottom: number; count: number }>();
  regions.forEach((region, at) => {
    const [row, column] = [Math.floor(at / columnCount), at % columnCount];
    const { right, bottom, count } = extents.get(region) ?? { right: 0, bottom: 0, count: 0 };
    extents.set(region, {
      right: Math.max(right, column),
      bottom: Math.max(bottom, row),
      count: count + 1,
    });
  });
  return [...extents].every(([region, { right, bottom, count }]) => {
    const [row, column] = [Math.floor(region / columnCount), region % columnCount];
    return column <= right && count === (right - column + 1) * (bottom - row + 1);
  });
}

/**
 * Some tables have rules between columns alone, or below the head alone: there (`isAll`) each line that
 * begins in the first column and goes on in most others begins a row. Elsewhere a row is parted only where
 * nearly all its lines do so.
 */
function splitRow(row: readonly CellSegments[], isAll: boolean): TableRows {
  const filled = row.filter((cell) => cell.length > 0).length;
  const lines = linesOfRow(row);
  const begins = lines.map((cells) => {
    const count = cells.filter((cell) => cell.length > 0).length;
    // small letters and brackets go on with the line above
    const isFirst = /^[^\p{Ll}(]/u.test(cells[0]?.[0]?.text ?? '');
    return isFirst && count >= Math.max(2, filled * 0.6);
  });
  const parted = begins.filter(Boolean).length;
  if (parted < 2 || (!isAll && parted < lines.length * 0.8)) return [[...row]];
  const result: (readonly CellSegments[])[] = [];
  lines.forEach((cells, at) => {
    const last = result.at(-1);
    if (begins[at] === true || last === undefined) result.push(cells);
    else result[result.length - 1] = joinRows(last, cells);
  });
  return result;
}

/** The cells of a row, line by line from the top down. */
function linesOfRow(row: readonly CellSegments[]): CellSegments[][] {
  return rowsOf([...new Set(row.flat())])
    .toReversed()
    .map((line) => {
      const own = new Set(line);
      return row.map((cell) => cell.filter((one) => own.has(one)));
    });
}

function isTable(rows: TableRows, cells: number, filled: number) {
  const several = rows.filter((row) => new Set(row.filter((cell) => cell.length > 0)).size >= 2);
  return rows.length >= 2 && several.length >= 1 && filled >= Math.max(3, cells * FILLED_SHARE);
}

/** Without rows and columns that have no text: gaps between doubled rules. */
function withoutEmpty(rows: TableRows): TableRows {
  const columns = (rows[0] ?? []).map((_, at) => rows.some((row) => (row[at]?.length ?? 0) > 0));
  return rows
    .filter((row) => row.some((cell) => cell.length > 0))
    .map((row) => row.filter((_, at) => columns[at]));
}
