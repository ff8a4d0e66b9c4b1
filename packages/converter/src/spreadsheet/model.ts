/** A workbook as every spreadsheet format is read: what is shown, in Markdown, by its place. */

export interface CellRange {
  readonly top: number;
  readonly left: number;
  /** Inclusive. */
  readonly bottom: number;
  readonly right: number;
}

/** A picture, a chart, a text box: Markdown of its own, at the row of its upper edge. */
export interface SheetObject {
  readonly row: number;
  readonly column: number;
  readonly markdown: string;
}

export interface SheetComment {
  readonly row: number;
  readonly column: number;
  readonly author?: string;
  readonly text: string;
}

export interface Sheet {
  readonly name: string;
  /** Row to column to the cell's Markdown on one line; what is empty has no entry. 0-based. */
  readonly rows: ReadonlyMap<number, ReadonlyMap<number, string>>;
  readonly merges: readonly CellRange[];
  readonly objects: readonly SheetObject[];
  readonly comments: readonly SheetComment[];
}

/** `B3` for row 2, column 1. */
export function cellName(row: number, column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return `${letters}${row + 1}`;
}

/** `B3` as 0-based row and column; `undefined` for what is no such name, or beyond a sheet's last cell. */
export function cellPlace(name: string): { row: number; column: number } | undefined {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(name) ?? [];
  if (letters === undefined || digits === undefined) return undefined;
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(digits) - 1, column: column - 1 };
}

/** `A1:B3`, or the name of one cell. */
export function cellRange(reference: string): CellRange | undefined {
  const [from = '', to = from] = reference.split(':');
  const [start, end] = [cellPlace(from), cellPlace(to)];
  return start && end
    ? { top: start.row, left: start.column, bottom: end.row, right: end.column }
    : undefined;
}
