/** OpenDocument spreadsheets (ISO/IEC 26300) to Markdown, as XLSX is: the texts of the cells are what is shown. */
import type { Converter } from '../../converter.ts';
import { ConversionError } from '../../error.ts';
import { ImageStore } from '../../images/image-store.ts';
import { makeDocument } from '../../make-document.ts';
import { readOdfMetadata } from '../../odf/metadata.ts';
import { refuseEncrypted } from '../../odf/refuse-encrypted.ts';
import { readable } from '../../ooxml/readable.ts';
import { pause } from '../../pause.ts';
import { CellStore } from '../../spreadsheet/cell-store.ts';
import { hiddenSheets } from '../../spreadsheet/sheet-messages.ts';
import { sheetsToMarkdown } from '../../spreadsheet/to-markdown.ts';
import { decodeXml } from '../../xml/decode-xml.ts';
import { parseXml } from '../../xml/parse-xml.ts';
import { loadReadElements } from '../../xml/read-xml.ts';
import { readZip } from '../../zip/read-zip.ts';
import { SheetReader } from './sheet-reader.ts';

export const odsConverter: Converter = {
  name: 'ods',
  extensions: ['.ods'],
  accepts: ({ kind }) => kind === 'ods',
  async convert(source, { limits, signal }) {
    const { name } = source;
    const files = await readZip(source.bytes, { name, limits, signal });
    refuseEncrypted(name, files);
    await pause(signal);
    const content = files.get('content.xml');
    if (content === undefined)
      throw new ConversionError(
        'damaged',
        `"${name}" is a damaged spreadsheet: it has no content.`,
      );
    const readElements = await loadReadElements();
    const { title, metadata } = readOdfMetadata(files, readElements);
    const store = new ImageStore(limits);
    const cells = new CellStore(limits.cells);
    const reader = new SheetReader({ files, store, cells });
    await readable(name, 'spreadsheet', () => parseXml(decodeXml(content), reader, { signal }));
    return makeDocument({
      format: 'ods',
      name,
      markdown: sheetsToMarkdown(reader.sheets),
      title,
      metadata,
      store,
      headingsAreParts: true,
      messages: [...hiddenSheets(reader.hidden), ...cells.messages()],
    });
  },
};
