import type { CellObject, WorkSheet } from '@e965/xlsx';

import type { CellStore } from '../../spreadsheet/cell-store.ts';
import type { Sheet, SheetComment } from '../../spreadsheet/model.ts';
import { plainNumber } from '../../spreadsheet/number-format.ts';
import { spellOutMerges } from '../../spreadsheet/spell-out-merges.ts';

/** A sheet of SheetJS, read with `dense`: rows of cells, with holes. */
export function toSheet(name: string, sheet: WorkSheet, cells: CellStore): Sheet {
  const rows = new Map<number, Map<number, string>>();
  const comments: SheetComment[] = [];
  for (const [index, cellsOfRow] of entriesOf(sheet['!data'])) {
    const row = new Map<number, string>();
    for (const [column, cell] of entriesOf(cellsOfRow)) {
      cells.put(row, column, shown(cell), cell.l?.Target);
      for (const { a: author, t: text } of cell.c ?? [])
        if (text !== undefined && /\S/.test(text))
          comments.push({ row: index, column, text, ...(author && { author }) });
    }
    if (row.size > 0) rows.set(index, row);
  }
  const merges = (sheet['!merges'] ?? []).map(({ s, e }) => ({
    top: s.r,
    left: s.c,
    bottom: e.r,
    right: e.c,
  }));
  spellOutMerges(rows, merges);
  return { name, rows, merges, objects: [], comments };
}

/** The places of a sparse array that hold anything. */
function* entriesOf<T>(array: readonly (T | undefined)[] | undefined): Generator<[number, T]> {
  for (const key of Object.keys(array ?? [])) {
    const value = array?.[Number(key)];
    if (value !== undefined && value !== null) yield [Number(key), value];
  }
}

function shown(cell: CellObject): string {
  if (cell.t === 'z') return '';
  if (cell.t === 'n' && (cell.z === undefined || cell.z === 'General' || cell.z === 0))
    return plainNumber(Number(cell.v));
  return (cell.w ?? String(cell.v ?? '')).replace(/ {2,}/g, ' ');
}
