import type { ConversionMessage } from '../document.ts';
import { escapeInline } from '../markdown/escape.ts';
import { tableCell } from '../markdown/table.ts';

/** Takes the cells of a workbook as they come, up to a number; what is beyond is counted and left out. */
export class CellStore {
  readonly #limit: number;
  #kept = 0;
  #left = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Puts words into a row's cell; white space alone is nothing. */
  put(row: Map<number, string>, column: number, text: string, link?: string): void {
    if (!/\S/.test(text)) return;
    this.copy(row, column, () => (link === undefined ? plainCell(text) : linkedCell(text, link)));
  }

  /** Puts a cell's Markdown into another place. */
  copy(row: Map<number, string>, column: number, markdown: () => string): void {
    if (this.#kept >= this.#limit) this.#left += 1;
    else {
      this.#kept += 1;
      row.set(column, markdown());
    }
  }

  messages(): ConversionMessage[] {
    if (this.#left === 0) return [];
    return [
      {
        level: 'warning',
        code: 'cells-left-out',
        text: `Only the first ${this.#limit} cells are shown: ${this.#left} more are left out.`,
      },
    ];
  }
}

export function plainCell(text: string): string {
  return tableCell(escapeInline(text));
}

function linkedCell(text: string, link: string): string {
  const address = link.replace(/[\s<>()|\\]/g, (char) =>
    encodeURIComponent(char).replace('(', '%28').replace(')', '%29'),
  );
  if (!/^(?:https?|mailto|ftp):/i.test(address)) return plainCell(text);
  return `[${plainCell(text).replace(/(?<!\\)[[\]]/g, '\\$&')}](${address})`;
}
