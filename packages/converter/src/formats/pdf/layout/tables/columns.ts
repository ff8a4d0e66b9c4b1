/**
 * Columns that no rule parts. A column is a stretch of the width that more than a few rows have text in,
 * with a gap on both sides that hardly any row has text in.
 */
import type { Segment, TableRows } from '../../model.ts';

export type Row = readonly Segment[];

export interface Column {
  readonly x0: number;
  readonly x1: number;
}

/** Points that part two columns. */
const MINIMUM_GAP = 4;
/** Share of the rows that may have text in the gap between two columns: a heading over both. */
const CROSSING_SHARE = 0.15;
/** Share of a column's cells that begin, end or have their middle at the same place. */
const ALIGNED_SHARE = 0.6;
/** Share of the cells that have words or numbers. */
const FILLED_SHARE = 0.5;
/** A line of a narrow column of text has so many characters. */
const RUNNING_LENGTH = 12;
const MAXIMUM_COLUMNS = 24;
const MAXIMUM_CELL = 90;
/** Fewer characters in a cell on average are a matrix or a diagram. */
const MINIMUM_CELL = 2;
const MAXIMUM_WIDTH = 5000;

/** The columns of the rows; none when they are no table's. */
export function columnsOf(rows: readonly Row[]): Column[] {
  const pieces = rows.map((row) => row.flatMap((segment) => piecesOf(segment)));
  const columns = stretches(pieces);
  if (columns.length < 2 || columns.length > MAXIMUM_COLUMNS) return [];
  const cells = rows.map((row) => cellsOf(row, columns));
  return isAligned(cells, columns.length) &&
    isFilled(cells) &&
    !isContents(cells) &&
    !isProse(cells)
    ? columns
    : [];
}

/** A segment parted at its wider spaces. */
export function piecesOf(segment: Segment): Segment[] {
  const { gaps = [], text } = segment;
  const starts = [{ at: 0, x1: segment.x0 }, ...gaps];
  return starts.map(({ at, x1 }, index) => {
    const next = gaps[index];
    const { y, size, bold, monospaced, hyphen } = segment;
    return {
      text: text.slice(at, next?.at).trim(),
      x0: x1,
      x1: next?.x0 ?? segment.x1,
      y,
      size,
      bold,
      monospaced,
      hyphen: hyphen && next === undefined,
    };
  });
}

function stretches(rows: readonly Row[]): Column[] {
  const all = rows.flat();
  const left = all.reduce((edge, { x0 }) => Math.min(edge, Math.floor(x0)), Infinity);
  const right = all.reduce((edge, { x1 }) => Math.max(edge, Math.ceil(x1)), -Infinity);
  const counts = new Uint16Array(Math.min(MAXIMUM_WIDTH, Math.max(1, right - left + 1)));
  for (const row of rows) {
    const covered = new Set<number>();
    for (const { x0, x1 } of row) {
      const end = Math.min(counts.length, Math.ceil(x1 - left));
      for (let at = Math.max(0, Math.floor(x0 - left)); at < end; at += 1) covered.add(at);
    }
    for (const at of covered) counts[at] = (counts[at] ?? 0) + 1;
  }
  const limit = rows.length * CROSSING_SHARE;
  const columns: { x0: number; x1: number }[] = [];
  counts.forEach((count, at) => {
    if (count <= limit) return;
    const [x, last] = [at + left, columns.at(-1)];
    if (last !== undefined && x - last.x1 < MINIMUM_GAP) last.x1 = x + 1;
    else columns.push({ x0: x, x1: x + 1 });
  });
  return columns;
}

/** Each piece in the column that it shares most with; one over several in the first that it covers half of. */
export function cellsOf(row: Row, columns: readonly Column[]): Segment[][] {
  const cells: Segment[][] = columns.map(() => []);
  for (const segment of row) {
    let last: { readonly column: number; piece: Segment } | undefined;
    for (const piece of piecesOf(segment)) {
      const column = columnFor(piece, columns);
      // words that no column's edge parts stay together
      if (last?.column === column) last.piece = joined(last.piece, piece);
      else {
        if (last) cells[last.column]?.push(last.piece);
        last = { column, piece };
      }
    }
    if (last) cells[last.column]?.push(last.piece);
  }
  return cells;
}

function joined(a: Segment, b: Segment): Segment {
  return { ...a, text: `${a.text} ${b.text}`, x1: b.x1, hyphen: b.hyphen };
}

function columnFor(piece: Segment, columns: readonly Column[]): number {
  const shares = columns.map(({ x0, x1 }) => Math.min(x1, piece.x1) - Math.max(x0, piece.x0));
  const covered = shares.findIndex((share, at) => share > 0.5 * width(columns[at]));
  return covered >= 0 ? covered : shares.indexOf(Math.max(...shares));
}

function width(column: Column | undefined): number {
  return column === undefined ? 0 : column.x1 - column.x0;
}

/** In most columns the cells begin, end or have their middle at the same place. */
function isAligned(rows: TableRows, count: number): boolean {
  let aligned = 0;
  for (let column = 0; column < count; column += 1) {
    const edges = rows.flatMap((row) => {
      const [first, last] = [row[column]?.[0], row[column]?.at(-1)];
      return first && last ? [{ x0: first.x0, x1: last.x1, size: first.size }] : [];
    });
    const tolerance = Math.max(1.5, (edges[0]?.size ?? 10) * 0.35);
    const best = Math.max(
      mostNear(
        edges.map(({ x0 }) => x0),
        tolerance,
      ),
      mostNear(
        edges.map(({ x1 }) => x1),
        tolerance,
      ),
      mostNear(
        edges.map(({ x0, x1 }) => (x0 + x1) / 2),
        tolerance,
      ),
    );
    if (best >= Math.max(2, edges.length * ALIGNED_SHARE)) aligned += 1;
  }
  return aligned >= Math.ceil(count * 0.7);
}

function mostNear(values: readonly number[], tolerance: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  let [most, start] = [0, 0];
  sorted.forEach((value, end) => {
    while (value - (sorted[start] ?? value) > tolerance) start += 1;
    most = Math.max(most, end - start + 1);
  });
  return most;
}

/** Titles with page numbers that go up: a table of contents, which is read line by line. */
function isContents(rows: TableRows): boolean {
  if ((rows[0]?.length ?? 0) > 3) return false;
  const numbers = rows.map((row) => textOf(row.at(-1) ?? []));
  const pages = numbers.filter((text) => /^(?:\d{1,4}|[ivxlc]{1,7})$/i.test(text)).map(Number);
  const rising = pages.every((page, at) => at === 0 || !(page < (pages[at - 1] ?? 0)));
  const titled = rows.filter((row) => /\p{L}{3}/u.test(textOf(row.slice(0, -1).flat())));
  return pages.length >= rows.length * 0.7 && rising && titled.length >= rows.length * 0.7;
}

function isFilled(rows: TableRows): boolean {
  const cells = rows.flat();
  const filled = cells.filter((cell) => /[\p{L}\p{N}]/u.test(textOf(cell))).length;
  const characters = cells.reduce((sum, cell) => sum + textOf(cell).length, 0);
  return filled >= cells.length * FILLED_SHARE && characters >= filled * MINIMUM_CELL;
}

/** Long cells and sentences that run from cell to cell are columns of text, and addresses are authors side by side. */
function isProse(rows: TableRows): boolean {
  if ((rows[0] ?? []).some((_, column) => runsDown(rows, column))) return true;
  const cells = rows.flat().filter((cell) => cell.length > 0);
  const characters = cells.reduce((sum, cell) => sum + textOf(cell).length, 0);
  const addresses = cells.filter((cell) => /\S@\S+\.\S/.test(textOf(cell))).length;
  return characters > cells.length * MAXIMUM_CELL || addresses > cells.length / 6;
}

/** In most rows the words of the column go on with a sentence of the row above. */
function runsDown(rows: TableRows, column: number): boolean {
  const texts = rows.map((row) => textOf(row[column] ?? [])).filter((text) => text !== '');
  const goesOn = texts.filter(
    (text, at) => /^\p{Ll}/u.test(text) && (texts[at - 1]?.length ?? 0) >= RUNNING_LENGTH,
  );
  return texts.length >= 3 && goesOn.length >= (texts.length - 1) * 0.4;
}

function textOf(cell: Row): string {
  return cell.map(({ text }) => text).join(' ');
}
