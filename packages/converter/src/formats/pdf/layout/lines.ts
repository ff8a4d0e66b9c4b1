import type { Line, Segment } from '../model.ts';
import type { Region } from './columns.ts';

/** What stands apart at the left of its text: a bullet, `3.`, `2.1`, `(a)`, `[12]`. */
const LABEL =
  /^(?:[•◦▪▫‣⁃●○■□–—*-]|\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,5})[.)]|\d{1,2}(?:\.\d{1,3}){0,4}\.?|[A-Z](?:\.\d{1,3}){0,3}|[IVXLC]{1,6}\.?|\[\d{1,3}\])$/;

/** Dots that lead from a heading to its page in a table of contents. */
const LEADER = /\s*(?:[.·…]\s?){5,}\s*/u;

/** Joins the neighbouring segments of one baseline into lines. */
export function linesOf(regions: readonly Region[]): Line[] {
  return regions.flatMap((region, column) => {
    const rows: Segment[][] = [];
    for (const segment of region.segments) {
      const row = rows.at(-1);
      const last = row?.at(-1);
      if (row && last && sameRow(last, segment)) row.push(segment);
      else rows.push([segment]);
    }
    return rows.map((row) => toLine(row, column, region));
  });
}

function sameRow(a: Segment, b: Segment): boolean {
  return !a.hyphen && Math.abs(a.y - b.y) < Math.min(a.size, b.size) * 0.4;
}

function toLine(row: readonly Segment[], column: number, region: Region): Line {
  const main = row.reduce((a, b) => (b.text.length > a.text.length ? b : a));
  const joined = row.map((segment) => segment.text).join(' ');
  const text = joined.replace(LEADER, ' … ');
  const isLabelled = row.length > 1 && LABEL.test(row[0]?.text ?? '');
  return {
    text,
    x0: Math.min(...row.map(({ x0 }) => x0)),
    x1: Math.max(...row.map(({ x1 }) => x1)),
    y: main.y,
    size: main.size,
    bold: row.every(({ bold, text: part }) => bold || LABEL.test(part)) && main.bold,
    monospaced: row.every(({ monospaced }) => monospaced),
    hyphen: row.at(-1)?.hyphen ?? false,
    cells: Math.max(row.length - (isLabelled ? 1 : 0), text === joined ? 1 : 2),
    parts: row,
    column,
    left: region.left,
    right: region.right,
  };
}
