/**
 * XLSX to Markdown: each sheet a heading with its tables, values as they are shown. Sheets are read as streams, so
 * that the memory for one is that of the cells that are kept.
 */
import type { ConversionContext, Converter } from '../../converter.ts';
import type { ConvertedDocument, Source } from '../../document.ts';
import { ConversionError } from '../../error.ts';
import { ImageStore } from '../../images/image-store.ts';
import { makeDocument } from '../../make-document.ts';
import { readCoreProperties } from '../../ooxml/core-properties.ts';
import { officeMessages } from '../../ooxml/messages.ts';
import { openPackage, type OfficePackage } from '../../ooxml/package.ts';
import { readable } from '../../ooxml/readable.ts';
import type { PictureStore } from '../../ooxml/take-picture.ts';
import { pause } from '../../pause.ts';
import { CellStore } from '../../spreadsheet/cell-store.ts';
import { loadShowNumber, plainNumber } from '../../spreadsheet/number-format.ts';
import { formulasWithoutValue, hiddenSheets } from '../../spreadsheet/sheet-messages.ts';
import { sheetsToMarkdown } from '../../spreadsheet/to-markdown.ts';
import { loadReadElements } from '../../xml/read-xml.ts';
import { readZip } from '../../zip/read-zip.ts';
import { readPeople } from './comments.ts';
import { readSharedStrings } from './shared-strings.ts';
import { readFormats } from './styles.ts';
import { readWorkbook, type Workbook } from './workbook.ts';
import { readWorksheet } from './worksheet.ts';

export const xlsxConverter: Converter = {
  name: 'xlsx',
  extensions: ['.xlsx', '.xlsm'],
  accepts: ({ kind }) => kind === 'xlsx',
  async convert(source, context) {
    const { name } = source;
    const { limits, signal } = context;
    const archive = await readZip(source.bytes, { name, limits, signal });
    await pause(signal);
    const readElements = await loadReadElements();
    return readable(name, 'workbook', async () => {
      const office = openPackage(archive, readElements);
      const workbook = readWorkbook(office);
      if (workbook === undefined)
        throw new ConversionError('damaged', `"${name}" is a damaged workbook: it has no sheets.`);
      return convertWorkbook(source, context, {
        office,
        workbook,
        properties: readCoreProperties(office.files, readElements),
      });
    });
  },
};

interface Opened {
  readonly office: OfficePackage;
  readonly workbook: Workbook;
  readonly properties: ReturnType<typeof readCoreProperties>;
}

async function convertWorkbook(
  { name }: Source,
  { limits, signal, onProgress }: ConversionContext,
  { office, workbook, properties }: Opened,
): Promise<ConvertedDocument> {
  const store = new ImageStore(limits);
  const cells = new CellStore(limits.cells);
  let external = 0;
  const pictures: PictureStore = { office, store, onExternal: () => (external += 1) };
  const formats = readFormats(office, workbook.styles);
  const reading = {
    strings: await readSharedStrings(office.files.get(workbook.strings ?? ''), signal),
    formats,
    // a workbook of plain numbers needs no formatter
    showNumber: formats.some((format) => format !== 0)
      ? await loadShowNumber(workbook.date1904)
      : plainNumber,
    cells,
    signal,
  };
  const people = readPeople(office, workbook.relationships);
  const shown = workbook.sheets.filter(({ hidden }) => !hidden);
  const sheets = [];
  for (const sheet of shown) {
    // one sheet after the other, for the memory
    // oxlint-disable-next-line no-await-in-loop
    sheets.push(await readWorksheet(sheet, reading, { pictures, people }));
    onProgress?.(sheets.length, shown.length);
  }
  return makeDocument({
    format: 'xlsx',
    name,
    markdown: sheetsToMarkdown(sheets),
    title: properties.title,
    metadata: properties.metadata,
    store,
    headingsAreParts: true,
    messages: [
      ...officeMessages(office.files, external),
      ...hiddenSheets(workbook.sheets.flatMap((sheet) => (sheet.hidden ? [sheet.name] : []))),
      ...formulasWithoutValue(sheets.reduce((sum, { formulas }) => sum + formulas, 0)),
      ...cells.messages(),
    ],
  });
}
