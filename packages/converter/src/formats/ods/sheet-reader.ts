import type { ImageStore } from '../../images/image-store.ts';
import { IMAGE_SCHEME } from '../../link-images.ts';
import type { CellStore } from '../../spreadsheet/cell-store.ts';
import type { CellRange, Sheet, SheetComment, SheetObject } from '../../spreadsheet/model.ts';
import { spellOutMerges } from '../../spreadsheet/spell-out-merges.ts';
import type { XmlAttributes, XmlHandler } from '../../xml/parse-xml.ts';

interface Sources {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly store: ImageStore;
  readonly cells: CellStore;
}

interface OpenSheet {
  readonly name: string;
  readonly rows: Map<number, Map<number, string>>;
  readonly merges: CellRange[];
  readonly objects: SheetObject[];
  readonly comments: SheetComment[];
  row: number;
  column: number;
}

interface OpenCell {
  readonly repeated: number;
  readonly columns: number;
  readonly rows: number;
  readonly paragraphs: string[];
  link: string | undefined;
}

/** A filled row or cell that says it is repeated is repeated so many times at most. */
const MOST_REPEATS = 10_000;

/** The tables of `content.xml` as they come. Empty rows and cells are counted, never made. */
export class SheetReader implements XmlHandler {
  readonly sheets: Sheet[] = [];
  readonly hidden: string[] = [];
  readonly #sources: Sources;
  readonly #hiddenStyles = new Set<string>();
  #style = '';
  #sheet: OpenSheet | undefined;
  /** Tables within cells are part of the cell. */
  #depth = 0;
  #rowRepeated = 1;
  #cell: OpenCell | undefined;
  #comment: { author: string; text: string } | undefined;
  #inParagraph = 0;
  #inCreator = false;
  #skipped = 0;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'style') this.#style = attributes['style:name'] ?? '';
    else if (name === 'table-properties' && attributes['table:display'] === 'false')
      this.#hiddenStyles.add(this.#style);
    else if (name === 'table') this.#openTable(attributes);
    else if (name === 'tracked-changes') this.#skipped += 1;
    else if (this.#sheet !== undefined && this.#skipped === 0) this.#openInSheet(name, attributes);
  }

  text(text: string): void {
    if (this.#skipped > 0) return;
    if (this.#comment !== undefined) {
      if (this.#inCreator) this.#comment.author += text;
      else if (this.#inParagraph > 0) this.#comment.text += text;
    } else if (this.#inParagraph > 0) this.#append(text.replace(/\s+/g, ' '));
  }

  close(name: string): void {
    if (name === 'tracked-changes') this.#skipped -= 1;
    if (this.#skipped > 0) return;
    if (name === 'table') this.#closeTable();
    else if (name === 'p' || name === 'h') this.#inParagraph -= 1;
    else if (name === 'creator') this.#inCreator = false;
    else if (name === 'annotation') this.#closeComment();
    else if (this.#depth === 1 && (name === 'table-cell' || name === 'covered-table-cell'))
      this.#closeCell();
    else if (this.#depth === 1 && name === 'table-row') this.#closeRow();
  }

  #openTable(attributes: XmlAttributes): void {
    this.#depth += 1;
    if (this.#depth > 1) return;
    const name = attributes['table:name'] ?? attributes['name'] ?? '';
    if (this.#hiddenStyles.has(attributes['table:style-name'] ?? '')) {
      this.hidden.push(name);
      this.#sheet = undefined;
      return;
    }
    this.#sheet = {
      name,
      rows: new Map(),
      merges: [],
      objects: [],
      comments: [],
      row: 0,
      column: 0,
    };
  }

  #openInSheet(name: string, attributes: XmlAttributes): void {
    if (name === 'table-row' && this.#depth === 1) {
      this.#rowRepeated = count(attributes['table:number-rows-repeated']);
      if (this.#sheet) this.#sheet.column = 0;
    } else if (this.#depth === 1 && (name === 'table-cell' || name === 'covered-table-cell'))
      this.#cell = {
        repeated: count(attributes['table:number-columns-repeated']),
        columns: count(attributes['table:number-columns-spanned']),
        rows: count(attributes['table:number-rows-spanned']),
        paragraphs: [],
        link: undefined,
      };
    else if (name === 'annotation') this.#comment = { author: '', text: '' };
    else if (name === 'creator') this.#inCreator = true;
    else if (name === 'p' || name === 'h') {
      this.#inParagraph += 1;
      if (this.#comment) this.#comment.text += ' ';
      else this.#cell?.paragraphs.push('');
    } else if (name === 's') this.#append(' '.repeat(Math.min(count(attributes['text:c']), 100)));
    else if (name === 'tab' || name === 'line-break') this.#append(' ');
    else if (name === 'a' && this.#cell) this.#cell.link = attributes['xlink:href'];
    else if (name === 'image') this.#addPicture(attributes['xlink:href'] ?? '');
  }

  #append(text: string): void {
    const paragraphs = this.#cell?.paragraphs;
    if (paragraphs === undefined || paragraphs.length === 0) return;
    paragraphs[paragraphs.length - 1] += text;
  }

  #addPicture(path: string): void {
    const bytes = this.#sources.files.get(path.replace(/^\.\//, ''));
    if (bytes === undefined || this.#sheet === undefined) return;
    const name = this.#sources.store.add(bytes, { suggestion: path });
    if (name === undefined) return;
    const { row, column, objects } = this.#sheet;
    objects.push({ row, column, markdown: `![](${IMAGE_SCHEME}${name})\n` });
  }

  #closeComment(): void {
    const comment = this.#comment;
    this.#comment = undefined;
    if (comment === undefined || this.#sheet === undefined || !/\S/.test(comment.text)) return;
    const { row, column, comments } = this.#sheet;
    const author = comment.author.trim();
    comments.push({ row, column, text: comment.text, ...(author !== '' && { author }) });
  }

  #closeCell(): void {
    const [cell, sheet] = [this.#cell, this.#sheet];
    this.#cell = undefined;
    if (cell === undefined || sheet === undefined) return;
    const text = cell.paragraphs.join('\n');
    if (/\S/.test(text)) this.#put(sheet, cell, text);
    if (cell.columns > 1 || cell.rows > 1)
      sheet.merges.push({
        top: sheet.row,
        left: sheet.column,
        bottom: sheet.row + cell.rows - 1,
        right: sheet.column + cell.columns - 1,
      });
    sheet.column += cell.repeated;
  }

  #put(sheet: OpenSheet, cell: OpenCell, text: string): void {
    const row = sheet.rows.get(sheet.row) ?? new Map<number, string>();
    for (let index = 0; index < Math.min(cell.repeated, MOST_REPEATS); index += 1)
      this.#sources.cells.put(row, sheet.column + index, text, cell.link);
    sheet.rows.set(sheet.row, row);
  }

  #closeRow(): void {
    const sheet = this.#sheet;
    if (sheet === undefined) return;
    const row = sheet.rows.get(sheet.row);
    const times = Math.min(this.#rowRepeated, MOST_REPEATS);
    for (let index = 1; index < times; index += 1) {
      if (row === undefined) break;
      const copy = new Map<number, string>();
      for (const [column, text] of row) this.#sources.cells.copy(copy, column, () => text);
      if (copy.size === 0) break;
      sheet.rows.set(sheet.row + index, copy);
    }
    sheet.row += this.#rowRepeated;
    this.#rowRepeated = 1;
  }

  #closeTable(): void {
    this.#depth -= 1;
    if (this.#depth > 0 || this.#sheet === undefined) return;
    spellOutMerges(this.#sheet.rows, this.#sheet.merges);
    this.sheets.push(this.#sheet);
    this.#sheet = undefined;
  }
}

function count(text: string | undefined): number {
  const number = Number(text ?? 1);
  return Number.isInteger(number) && number > 0 && number < 2 ** 24 ? number : 1;
}
