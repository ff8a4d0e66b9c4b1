/**
 * A sheet holds tables beside and below each other. They are told apart by the empty rows and columns between
 * them: an empty row parts two blocks that begin or end in different columns, two empty rows part any. An
 * empty column parts less, for statements have them between their figures: what follows it must have names
 * of its own in its first column. Emptiness within a block is left out.
 */
import type { CellRange, Sheet } from './model.ts';

type Rows = Sheet['rows'];

/** Gaps of so many rows or columns part any two blocks. */
const WIDE_GAP = 2;
const MAXIMUM_DEPTH = 12;
const WORD = /\p{L}{2}/u;

export interface Block extends CellRange {
  /** Rows and columns of it that hold anything, in order. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** The blocks of the cells, from top to bottom and from left to right. */
export function blocksOf(rows: Rows): Block[] {
  const filled = [...rows.keys()].filter((row) => (rows.get(row)?.size ?? 0) > 0);
  return split(
    rows,
    filled.toSorted((a, b) => a - b),
    { left: 0, right: Infinity },
    0,
  );
}

interface Columns {
  readonly left: number;
  readonly right: number;
}

function split(rows: Rows, among: readonly number[], within: Columns, depth: number): Block[] {
  const [first] = among;
  const last = among.at(-1);
  if (first === undefined || last === undefined) return [];
  const columns = columnsOf(rows, among, within);
  const [left] = columns;
  const right = columns.at(-1);
  if (left === undefined || right === undefined) return [];
  const block = { top: first, bottom: last, left, right, rows: among, columns };
  if (depth >= MAXIMUM_DEPTH) return [block];
  const bands = groups(
    among,
    (before, after, gap) => gap >= WIDE_GAP || differ(rows, before, after, within),
  );
  if (bands.length > 1) return bands.flatMap((band) => split(rows, band, within, depth + 1));
  const sides = groups(columns, (before, after) => areTwo(rows, among, before, after));
  if (sides.length < 2) return [block];
  return sides.flatMap((part) => {
    const between = { left: part[0] ?? left, right: part.at(-1) ?? right };
    const held = among.filter((row) => holdsAny(rows.get(row), between));
    return split(rows, held, between, depth + 1);
  });
}

function columnsOf(rows: Rows, among: readonly number[], { left, right }: Columns): number[] {
  const found = new Set<number>();
  for (const row of among)
    for (const column of rows.get(row)?.keys() ?? [])
      if (column >= left && column <= right) found.add(column);
  return [...found].toSorted((a, b) => a - b);
}

/** Runs of numbers, parted at those gaps at which `parts` says so. */
function groups(
  numbers: readonly number[],
  parts: (before: readonly number[], after: readonly number[], gap: number) => boolean,
): number[][] {
  const runs: number[][] = [];
  let previous = -Infinity;
  for (const number of numbers) {
    if (number - previous > 1) runs.push([]);
    runs.at(-1)?.push(number);
    previous = number;
  }
  const merged: number[][] = [];
  for (const run of runs) {
    const before = merged.at(-1);
    const gap = (run[0] ?? 0) - (before?.at(-1) ?? 0) - 1;
    if (before === undefined || parts(before, run, gap)) merged.push(run);
    else for (const number of run) before.push(number);
  }
  return merged;
}

function differ(
  rows: Rows,
  before: readonly number[],
  after: readonly number[],
  within: Columns,
): boolean {
  const [above, below] = [columnsOf(rows, before, within), columnsOf(rows, after, within)];
  return above[0] !== below[0] || above.at(-1) !== below.at(-1);
}

function areTwo(
  rows: Rows,
  among: readonly number[],
  before: readonly number[],
  after: readonly number[],
): boolean {
  const [one, other] = [before, after].map((part) => {
    const between = { left: part[0] ?? 0, right: part.at(-1) ?? 0 };
    return among.filter((row) => holdsAny(rows.get(row), between));
  });
  if (one === undefined || other === undefined) return false;
  const differs = one[0] !== other[0] || one.at(-1) !== other.at(-1);
  const gap = (after[0] ?? 0) - (before.at(-1) ?? 0) - 1;
  if (differs && hasOwnHead(rows, { head: other[0] ?? 0, before, after })) return true;
  return (differs || gap >= WIDE_GAP) && standsAlone(rows, other, after);
}

/** Whether columns begin with a row of words beside a row of figures. */
function hasOwnHead(
  rows: Rows,
  { head, before, after }: { head: number; before: readonly number[]; after: readonly number[] },
): boolean {
  const cells = (columns: readonly number[]): string[] =>
    columns.flatMap((column) => rows.get(head)?.get(column) ?? []);
  const [beside, own] = [cells(before), cells(after)];
  const figures = beside.filter((cell) => /^[-+(]?[\d.,]+\)?%?$/.test(cell));
  return (
    own.length > 1 && own.every((cell) => WORD.test(cell)) && figures.length * 2 > beside.length
  );
}

/** Whether columns are a table by themselves: more than one, and words in most cells of the first. */
function standsAlone(rows: Rows, among: readonly number[], columns: readonly number[]): boolean {
  const [first = 0] = columns;
  if (columns.length < 2) return false;
  const names = among.filter((row) => WORD.test(rows.get(row)?.get(first) ?? ''));
  return names.length > 1 && names.length * 2 > among.length;
}

function holdsAny(row: ReadonlyMap<number, string> | undefined, { left, right }: Columns): boolean {
  for (const column of row?.keys() ?? []) if (column >= left && column <= right) return true;
  return false;
}
