/**
 * Tables with rules between some rows and none between columns, as books set them: above, below the head,
 * and at the end, all of one width.
 */
import type { Box, Segment } from '../../model.ts';
import { rowsOf } from '../rows.ts';
import { cellsOf, columnsOf, type Column, type Row } from './columns.ts';
import { joinContinued } from './join-rows.ts';
import type { PlacedTable } from './without-tables.ts';

/** Ends of rules within so many points are below each other. */
const TOLERANCE = 3;
const MINIMUM_WIDTH = 60;
const MAXIMUM_RULES = 300;
/** Share of the lines between two rules of a table that have several parts. */
const ROW_SHARE = 0.5;
/** A head has no more lines. */
const MAXIMUM_HEAD = 5;

/** The tables of a page, and the segments that stand in none. */
export function openTables(
  segments: readonly Segment[],
  rules: readonly Box[],
): { readonly tables: readonly PlacedTable[]; readonly rest: readonly Segment[] } {
  const tables: PlacedTable[] = [];
  let rest = segments;
  for (const group of sameWidth(rules))
    for (const bands of tableBands(group, rest)) {
      const table = tableOf(bands) ?? tableOf(bands.slice(1));
      if (table === undefined) continue;
      const taken = new Set(bands.flatMap(({ rows }) => rows.flat()));
      rest = rest.filter((segment) => !taken.has(segment) || segment.y > table.box.y1);
      tables.push(table);
    }
  return { tables, rest };
}

/** Horizontal rules with the same ends, from the top down. */
function sameWidth(rules: readonly Box[]): Box[][] {
  const groups: Box[][] = [];
  const across = rules.filter(({ x0, x1, y0, y1 }) => y0 === y1 && x1 - x0 >= MINIMUM_WIDTH);
  if (across.length > MAXIMUM_RULES) return [];
  for (const rule of across.toSorted((a, b) => b.y0 - a.y0)) {
    const group = groups.find(
      ([first]) =>
        first !== undefined &&
        Math.abs(first.x0 - rule.x0) <= TOLERANCE &&
        Math.abs(first.x1 - rule.x1) <= TOLERANCE,
    );
    const isTwice = group?.some(({ y0 }) => y0 - rule.y0 <= TOLERANCE) ?? false;
    if (group === undefined) groups.push([rule]);
    else if (!isTwice) group.push(rule);
  }
  return groups.filter((group) => group.length >= 2);
}

interface Band {
  readonly box: Box;
  /** From the top down. */
  readonly rows: readonly Row[];
  /** Most of its lines have several parts; the lines of a head may have one each. */
  readonly isBody: boolean;
}

/** Runs of neighbouring stretches between two rules that have rows of several parts, the first perhaps a head. */
function tableBands(rules: readonly Box[], segments: readonly Segment[]): Band[][] {
  const runs: Band[][] = [[]];
  rules.slice(1).forEach((below, at) => {
    const { x0, x1, y0: y1 } = rules[at] as Box;
    const box = { x0, x1, y0: below.y0, y1 };
    const inside = segments.filter(
      (one) =>
        one.y > box.y0 - 1 && one.y < box.y1 && one.x0 > x0 - TOLERANCE && one.x1 < x1 + TOLERANCE,
    );
    const rows = rowsOf(inside)
      .toReversed()
      .map((row) => row.toSorted((a, b) => a.x0 - b.x0));
    const several = rows.filter((row) => row.length >= 2).length;
    const isBody = rows.length > 0 && several >= rows.length * ROW_SHARE;
    const mayBeHead = rows.length > 1 && rows.length <= MAXIMUM_HEAD;
    if (isBody) runs.at(-1)?.push({ box, rows, isBody });
    else runs.push(mayBeHead ? [{ box, rows, isBody }] : []);
  });
  return runs.filter((run) => run.some(({ isBody }) => isBody));
}

function tableOf(bands: readonly Band[]): PlacedTable | undefined {
  const [first] = bands;
  const last = bands.at(-1);
  const all = bands.flatMap(({ rows }) => rows);
  if (first === undefined || last === undefined || all.length < 2) return undefined;
  const hasHead = bands.length > 1 && first.rows.length <= MAXIMUM_HEAD;
  const body = (hasHead ? bands.slice(1) : bands).flatMap(({ rows }) => rows);
  const full = body.filter((row) => row.length >= 2);
  const columns = columnsOf(full.length >= 3 ? full : all.filter((row) => row.length >= 2));
  if (columns.length === 0) return undefined;
  const words = first.rows.flat();
  // a caption or a paragraph between two rules runs over the columns
  if (!first.isBody && words.some((one) => crossed(one, columns) > 1)) return undefined;
  const head = hasHead ? [cellsOf(words, columns)] : [];
  return {
    box: { ...first.box, y0: last.box.y0 },
    rows: [...head, ...joinContinued(body.map((row) => cellsOf(row, columns)))],
  };
}

function crossed({ x0, x1 }: Segment, columns: readonly Column[]): number {
  return columns.filter((column) => x0 < column.x1 && x1 > column.x0).length;
}
