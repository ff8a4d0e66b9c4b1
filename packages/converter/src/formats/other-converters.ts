import type { Converter } from '../converter.ts';
import { csvConverter } from './csv/csv-converter.ts';
import { docxConverter } from './docx/docx-converter.ts';
import { epubConverter } from './epub/epub-converter.ts';
import { htmlConverter } from './html/html-converter.ts';
import { ipynbConverter } from './ipynb/ipynb-converter.ts';
import { jsonConverter } from './json/json-converter.ts';
import { markdownConverter } from './markdown/markdown-converter.ts';
import { mhtmlConverter } from './mhtml/mhtml-converter.ts';
import { odsConverter } from './ods/ods-converter.ts';
import { odtConverter } from './odt/odt-converter.ts';
import { pptxConverter } from './pptx/pptx-converter.ts';
import { rtfConverter } from './rtf/rtf-converter.ts';
import { textConverter } from './text/text-converter.ts';
import { xlsConverter } from './xls/xls-converter.ts';
import { xlsxConverter } from './xlsx/xlsx-converter.ts';
import { xmlConverter } from './xml/xml-converter.ts';

/** All but PDF's, in the order in which those that accept a source are tried. */
export const otherConverters: readonly Converter[] = [
  docxConverter,
  pptxConverter,
  xlsxConverter,
  xlsConverter,
  odsConverter,
  odtConverter,
  epubConverter,
  rtfConverter,
  mhtmlConverter,
  htmlConverter,
  markdownConverter,
  ipynbConverter,
  jsonConverter,
  csvConverter,
  xmlConverter,
  textConverter,
];
