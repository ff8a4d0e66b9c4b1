import type { Block, Segment, TableRows } from '../../model.ts';
import type { HyphenJoiner } from '../hyphens.ts';
import { joinLines } from '../join-lines.ts';
import { linesOf } from '../lines.ts';
import { rowsOf } from '../rows.ts';

/** A table as a block; one that comes down to a single row or column is rows of words. */
export function tableBlock(table: TableRows, hyphens: HyphenJoiner): Block {
  const rows = table.map((row) => row.map((cell) => cellText(cell, hyphens)));
  const width = Math.max(...rows.map((row) => row.length));
  if (rows.length >= 2 && width >= 2) return { kind: 'table', rows };
  return { kind: 'rows', rows: rows.map((row) => row.filter((cell) => cell !== '').join(' ')) };
}

/** The words of a cell from its first line to its last. */
export function cellText(cell: readonly Segment[], hyphens: HyphenJoiner): string {
  const segments = rowsOf(cell)
    .toReversed()
    .flatMap((row) => row.toSorted((a, b) => a.x0 - b.x0));
  const text = joinLines(linesOf([{ segments, left: 0, right: 0 }]), hyphens);
  // dots that lead to the next cell
  return text.replace(/[ .…]*(?:…|\.\.)\s*$/u, '');
}
