/** CSV and TSV (RFC 4180 and what is about) as a table whose head is the first row. */
import type { Converter } from '../../converter.ts';
import type { ConversionMessage } from '../../document.ts';
import { makeDocument } from '../../make-document.ts';
import { gfmTable } from '../../markdown/table.ts';
import { pause } from '../../pause.ts';
import { plainCell } from '../../spreadsheet/cell-store.ts';
import { readTextSource } from '../../text/read-text-source.ts';
import { delimiterOf } from './delimiter.ts';
import { readRows, type CsvRows } from './read-rows.ts';

const EXTENSIONS = ['.csv', '.tsv'];

export const csvConverter: Converter = {
  name: 'csv',
  extensions: EXTENSIONS,
  // programs call their tables of tabs a workbook, so that Excel opens them
  accepts: ({ kind, extension }) =>
    kind === 'text' && (EXTENSIONS.includes(extension) || extension === '.xls'),
  async convert(source, { limits, signal }) {
    const { text, messages } = await readTextSource(source);
    await pause(signal);
    const delimiter = source.name.toLowerCase().endsWith('.tsv') ? '\t' : delimiterOf(text);
    const body = text.replace(/^sep=.\n/i, '');
    const read = await readRows(body, { delimiter, cells: limits.cells });
    await pause(signal);
    const rows = withoutEmptyColumns(read.rows);
    return makeDocument({
      format: 'csv',
      name: source.name,
      markdown: gfmTable(rows.map((row) => row.map((cell) => plainCell(cell)))),
      messages: [...messages, ...tell(read, limits.cells)],
    });
  },
};

/** Every row of many exports ends with a delimiter. */
function withoutEmptyColumns(rows: readonly (readonly string[])[]): string[][] {
  let width = 0;
  for (const row of rows) width = Math.max(width, row.findLastIndex((cell) => /\S/.test(cell)) + 1);
  return rows.map((row) => row.slice(0, width));
}

function tell({ left, openQuote }: CsvRows, cells: number): ConversionMessage[] {
  return [
    ...(openQuote
      ? [
          {
            level: 'warning',
            code: 'quote-not-closed',
            text: 'A quotation mark is not closed: what follows it may stand in one cell.',
          } as const,
        ]
      : []),
    ...(left > 0
      ? [
          {
            level: 'warning',
            code: 'cells-left-out',
            text: `Only the first ${cells} cells are shown: ${left} characters of the file are left out.`,
          } as const,
        ]
      : []),
  ];
}
