/**
 * Binary workbooks (BIFF in XLS, XLSB) and Excel's XML of 2003 by SheetJS. It gives values and their formats;
 * pictures and charts in them are not read.
 */
import type { WorkBook, WorkSheet } from '@e965/xlsx';

import type { Converter } from '../../converter.ts';
import type { DocumentMetadata, Source } from '../../document.ts';
import { ConversionError } from '../../error.ts';
import { makeDocument } from '../../make-document.ts';
import { readable } from '../../ooxml/readable.ts';
import { pause } from '../../pause.ts';
import { CellStore } from '../../spreadsheet/cell-store.ts';
import { hiddenSheets } from '../../spreadsheet/sheet-messages.ts';
import { sheetsToMarkdown } from '../../spreadsheet/to-markdown.ts';
import { readZip } from '../../zip/read-zip.ts';
import { toSheet } from './to-sheet.ts';

const XML_OF_2003 = /urn:schemas-microsoft-com:office:spreadsheet|progid="Excel\.Sheet"/;

export const xlsConverter: Converter = {
  name: 'xls',
  extensions: ['.xls', '.xlsb'],
  accepts: ({ kind, source }) =>
    kind === 'xls' || kind === 'xlsb' || (kind === 'text' && isXmlOf2003(source)),
  async convert(source, { limits, signal }) {
    const { name, bytes } = source;
    // the library unpacks without limits: what is within them is found out first
    if (bytes[0] === 0x50) await readZip(bytes, { name, limits, signal });
    await pause(signal);
    const xlsx = await import('@e965/xlsx');
    xlsx.set_cptable(await import('@e965/xlsx/dist/cpexcel.full.mjs'));
    const book = await readable(name, 'workbook', () =>
      opened(name, () =>
        xlsx.read(bytes, {
          type: 'array',
          dense: true,
          cellHTML: false,
          cellNF: true,
          dateNF: 'yyyy-mm-dd',
        }),
      ),
    );
    await pause(signal);
    const cells = new CellStore(limits.cells);
    const hidden = new Set(hiddenNames(book));
    const shown = book.SheetNames.filter((sheet) => !hidden.has(sheet));
    const sheets = shown.map((sheet) => toSheet(sheet, book.Sheets[sheet] as WorkSheet, cells));
    const { title, metadata } = propertiesOf(book);
    return makeDocument({
      format: 'xls',
      name,
      markdown: sheetsToMarkdown(sheets),
      title,
      metadata,
      headingsAreParts: true,
      messages: [...hiddenSheets([...hidden]), ...cells.messages()],
    });
  },
};

function isXmlOf2003({ bytes }: Source): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 2048));
  return XML_OF_2003.test(head.toString('latin1'));
}

function opened(name: string, read: () => WorkBook): WorkBook {
  try {
    return quietly(read);
  } catch (error) {
    if (error instanceof Error && /password/i.test(error.message))
      throw new ConversionError(
        'password-needed',
        `"${name}" is a password-protected workbook: save it without a password.`,
        { cause: error },
      );
    throw error;
  }
}

function silent(): void {
  // nothing is said
}

/** The library says on the terminal what it does not know in a file; the terminal is the program's. */
function quietly<T>(read: () => T): T {
  const { error, warn, log } = console;
  Object.assign(console, { error: silent, warn: silent, log: silent });
  try {
    return read();
  } finally {
    Object.assign(console, { error, warn, log });
  }
}

function hiddenNames({ Workbook: book, SheetNames: names }: WorkBook): string[] {
  return names.filter((_name, index) => (book?.Sheets?.[index]?.Hidden ?? 0) > 0);
}

function propertiesOf({ Props: properties = {} }: WorkBook): {
  title: string | undefined;
  metadata: DocumentMetadata;
} {
  const { Title: title, Author: author, CreatedDate: date } = properties;
  return {
    title: title === undefined || title.trim() === '' ? undefined : title.trim(),
    metadata: {
      ...(author !== undefined && author.trim() !== '' && { authors: [author.trim()] }),
      ...(date instanceof Date && !Number.isNaN(date.getTime()) && { date: date.toISOString() }),
    },
  };
}
