/** The cells of a worksheet (ECMA-376 part 1, 18.3), read as they come: a sheet may have millions. */
import { type CellStore } from '../../spreadsheet/cell-store.ts';
import { cellPlace, cellRange, type CellRange } from '../../spreadsheet/model.ts';
import { plainNumber, type ShowNumber } from '../../spreadsheet/number-format.ts';
import { parseXml, type XmlAttributes } from '../../xml/parse-xml.ts';
import { unescaped } from './shared-strings.ts';

export interface SheetReading {
  readonly strings: readonly string[];
  /** Number format of each cell style. */
  readonly formats: readonly (string | number)[];
  readonly showNumber: ShowNumber;
  readonly cells: CellStore;
  readonly signal: AbortSignal | undefined;
}

export interface SheetCells {
  readonly rows: Map<number, Map<number, string>>;
  readonly merges: CellRange[];
  /** Ids of the relationships to drawings. */
  readonly drawings: XmlAttributes[];
  /** Cells with a formula whose value the file does not have: the formula is shown. */
  formulas: number;
}

interface OpenCell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  readonly row: number;
  value: string;
  formula: string;
}

export async function readSheet(
  xml: string,
  reading: SheetReading,
  links: ReadonlyMap<string, string>,
): Promise<SheetCells> {
  const sheet: SheetCells = { rows: new Map(), merges: [], drawings: [], formulas: 0 };
  const reader = new CellReader(sheet, reading, links);
  await parseXml(xml, reader, { signal: reading.signal });
  return sheet;
}

class CellReader {
  readonly #sheet: SheetCells;
  readonly #reading: SheetReading;
  readonly #links: ReadonlyMap<string, string>;
  #row = -1;
  #column = -1;
  #cell: OpenCell | undefined;
  #target: 'value' | 'formula' | undefined;
  #phonetic = false;

  constructor(sheet: SheetCells, reading: SheetReading, links: ReadonlyMap<string, string>) {
    this.#sheet = sheet;
    this.#reading = reading;
    this.#links = links;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'row') {
      this.#row = numberOr(attributes['r'], this.#row + 2) - 1;
      this.#column = -1;
    } else if (name === 'c') this.#openCell(attributes);
    else if (name === 'rPh') this.#phonetic = true;
    else if (name === 'v' || (name === 't' && !this.#phonetic)) this.#target = 'value';
    else if (name === 'f') this.#target = 'formula';
    else if (name === 'drawing') this.#sheet.drawings.push(attributes);
    else if (name === 'mergeCell') {
      const range = cellRange(attributes['ref'] ?? '');
      if (range) this.#sheet.merges.push(range);
    }
  }

  text(text: string): void {
    if (this.#cell !== undefined && this.#target !== undefined) this.#cell[this.#target] += text;
  }

  close(name: string): void {
    if (name === 'c') this.#closeCell();
    else if (name === 'rPh') this.#phonetic = false;
    else if (name === 'v' || name === 't' || name === 'f') this.#target = undefined;
  }

  /** Cells without a name stand after the one before. */
  #openCell({ r: name, t: type = 'n', s: style }: XmlAttributes): void {
    const place = name === undefined ? undefined : cellPlace(name);
    this.#column = place?.column ?? this.#column + 1;
    const row = place?.row ?? Math.max(this.#row, 0);
    const { rows } = this.#sheet;
    if (!rows.has(row)) rows.set(row, new Map());
    this.#cell = {
      column: this.#column,
      row,
      type,
      style: numberOr(style, 0),
      value: '',
      formula: '',
    };
  }

  #closeCell(): void {
    const cell = this.#cell;
    this.#cell = undefined;
    if (cell === undefined) return;
    const row = this.#sheet.rows.get(cell.row);
    if (row === undefined) return;
    const { cells } = this.#reading;
    const shown = this.#shown(cell);
    cells.put(row, cell.column, shown, this.#links.get(`${cell.row} ${cell.column}`));
    if (row.size === 0) this.#sheet.rows.delete(cell.row);
  }

  #shown({ type, value, style, formula }: OpenCell): string {
    if (value === '' && formula !== '') {
      this.#sheet.formulas += 1;
      return `=${formula}`;
    }
    switch (type) {
      case 's':
        return this.#reading.strings[Number(value)] ?? '';
      case 'b':
        return value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
      case 'd':
        return value.replace(/T00:00:00(?:\.0+)?Z?$/, '');
      case 'n':
        return this.#number(value, style);
      default:
        return unescaped(value);
    }
  }

  #number(value: string, style: number): string {
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number)) return value;
    const format = this.#reading.formats[style] ?? 0;
    return format === 0 ? plainNumber(number) : this.#reading.showNumber(number, format);
  }
}

function numberOr(text: string | undefined, otherwise: number): number {
  const number = Number(text);
  return text === undefined || !Number.isInteger(number) || number < 0 ? otherwise : number;
}
