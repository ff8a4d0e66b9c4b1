/** Tables without borders: lines below each other whose parts stand in the same columns. */
import type { Line, TableRows } from '../../model.ts';
import { isCode } from '../paragraphs.ts';
import type { BodyStyle } from '../statistics.ts';
import { cellsOf, columnsOf, piecesOf } from './columns.ts';
import { joinContinued } from './join-rows.ts';

/** Rows follow each other within so many font heights, and the second line of a cell the first within fewer. */
const MAXIMUM_PITCH = 3.4;
const MAXIMUM_LEADING = 1.7;
const MINIMUM_ROWS = 3;

/** The lines; those that make up a table know it. */
export function withTables(lines: readonly Line[], body: BodyStyle): Line[] {
  const result: Line[] = [];
  for (let at = 0; at < lines.length;) {
    const run = runFrom(lines, at, body);
    const table = tableOf(run);
    const count = table ? run.length : Math.max(1, run.length - 1);
    for (const line of lines.slice(at, at + count)) result.push(table ? { ...line, table } : line);
    at += count;
  }
  return result;
}

/** Lines from `start` on that may be rows of one table, and the lines that go on with cells of theirs. */
function runFrom(lines: readonly Line[], start: number, body: BodyStyle): Line[] {
  const first = lines[start];
  if (first === undefined || !hasParts(first) || isCode(first, body)) return [];
  const run = [first];
  let length = 1;
  let row = first;
  let goesOn = false;
  for (let at = start + 1; at < lines.length; at += 1) {
    const [last, next] = [run.at(-1) ?? first, lines[at] as Line];
    if (isCode(next, body) || !follows(last, next)) break;
    if (hasParts(next)) {
      goesOn ||= run.length > length;
      [row, length] = [next, run.length + 1];
    } else if (!goesOnWith(row, last, next)) break;
    run.push(next);
  }
  // the last row goes on only where rows before it do
  return goesOn ? run : run.slice(0, length);
}

function hasParts(line: Line): boolean {
  return line.cells >= 2 && line.parts.length >= 2 && !line.hyphen && !/ … /.test(line.text);
}

function follows(last: Line, next: Line): boolean {
  const size = Math.max(last.size, next.size);
  const gap = last.y - next.y;
  return (
    next.column === last.column &&
    gap > -0.5 * size &&
    gap <= size * MAXIMUM_PITCH &&
    Math.min(last.size, next.size) >= size * 0.7
  );
}

/** The next line of one of the row's cells: it begins where that begins, and close below. */
function goesOnWith(row: Line, last: Line, next: Line): boolean {
  const pieces = row.parts.flatMap((part) => piecesOf(part));
  const at = pieces.findIndex(({ x0 }) => Math.abs(x0 - next.x0) <= next.size * 0.35);
  const right = at === 0 ? (pieces[1]?.x0 ?? Infinity) : Infinity;
  return (
    at >= 0 &&
    next.x1 < right &&
    last.y - next.y <= next.size * MAXIMUM_LEADING &&
    next.size <= row.size * 1.05 &&
    (row.bold || !next.bold)
  );
}

function tableOf(run: readonly Line[]): TableRows | undefined {
  const full = run.filter((line) => hasParts(line));
  const columns = full.length < 2 ? [] : columnsOf(full.map(({ parts }) => parts));
  if (columns.length === 0) return undefined;
  const rows = run.map(({ parts }) => cellsOf(parts, columns));
  const needed = columns.length === 2 ? MINIMUM_ROWS + 1 : MINIMUM_ROWS;
  if (full.length < needed && !isHeadAndRow(rows)) return undefined;
  return joinContinued(rows);
}

/** Two rows are a table when both have all of three cells or more, and the second one's have numbers. */
function isHeadAndRow(rows: TableRows): boolean {
  const [head = [], row = []] = rows;
  const isFull = [...head, ...row].every((cell) => cell.length > 0);
  const numbers = row.flat().filter(({ text }) => /\d/.test(text)).length;
  return rows.length === 2 && head.length >= 3 && isFull && numbers * 2 >= row.length;
}
