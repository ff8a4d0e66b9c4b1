import { describe, expect, test } from 'vitest';

import { otherConverters } from '../src/formats/other-converters.ts';
import {
  convert,
  ConversionError,
  isSupported,
  supportedExtensions,
  type Source,
} from '../src/index.ts';
import { paragraph, writeDocx } from './support/docx.ts';
import { failure } from './support/failure.ts';
import { writePptx, writeXlsx } from './support/office.ts';
import { writeOpenDocument } from './support/open-document.ts';
import { column } from './support/page-text.ts';
import { writePdf } from './support/pdf.ts';

/** A compound file with a stream of this name. */
function compound(stream = ''): Uint8Array {
  const bytes = Buffer.alloc(1024);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  bytes.write(`${stream}\0`, 512, 'utf16le');
  bytes.writeUInt16LE((stream.length + 1) * 2, 512 + 64);
  bytes[512 + 66] = 2;
  return bytes;
}

const pdf = writePdf({ pages: [column(['A page of a file.'])] });
const docx = writeDocx({ body: paragraph('A Word document.') });
const workbook = writeXlsx([{ name: 'a', rows: '<row><c><v>1</v></c></row>' }]);
const slides = writePptx([{ shapes: '' }]);
const EXCEL_2003 = Buffer.from(
  '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table><Row><Cell><Data ss:Type="String">words</Data></Cell></Row></Table></Worksheet></Workbook>',
);
const MHTML =
  'From: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>words\r\n--b--\r\n';
const html = Buffer.from('<!DOCTYPE html><title>t</title><p>A page of the web.');

describe('the content decides, the name is a hint', () => {
  test.each([
    ['a.pdf', pdf, 'pdf'],
    ['a.txt', pdf, 'pdf'],
    ['a', pdf, 'pdf'],
    ['a.pdf', docx, 'docx'],
    ['a.docx', docx, 'docx'],
    ['a.pdf', html, 'html'],
    ['a.docx', html, 'html'],
    ['a.htm', Buffer.from('just words'), 'html'],
    ['a.md', html, 'markdown'],
    ['a.txt', html, 'text'],
    ['a.MD', Buffer.from('# words'), 'markdown'],
    ['README', Buffer.from('words'), 'text'],
    ['a.docx', workbook, 'xlsx'],
    ['a', slides, 'pptx'],
    ['a.xlsx', writeOpenDocument('text', { body: '' }), 'odt'],
    ['a.zip', writeOpenDocument('spreadsheet', { body: '' }), 'ods'],
    ['a.doc', Buffer.from('{\\rtf1 words}'), 'rtf'],
    ['a.md', Buffer.from('{\\rtf1 words}'), 'markdown'],
    ['a.xls', Buffer.from('a\tb\n1\t2\n'), 'csv'],
    ['a.xls', html, 'html'],
    ['a.xls', EXCEL_2003, 'xls'],
    ['a.csv', Buffer.from('a,b'), 'csv'],
    ['a.json', Buffer.from('{"cells": [], "nbformat": 4}'), 'ipynb'],
    ['a.json', Buffer.from('{"cells": []}'), 'json'],
    ['a.rss', Buffer.from('<?xml version="1.0"?><rss/>'), 'xml'],
    ['a.txt', Buffer.from('<?xml version="1.0"?><rss/>'), 'text'],
    ['a.eml', Buffer.from(MHTML), 'mhtml'],
    ['a.txt', Buffer.from('It begins with %PDF-1.7, says the text'), 'text'],
  ])('%s', async (name, bytes, format) => {
    expect((await convert({ name, bytes })).format).toBe(format);
  });

  test('a PDF may begin with other bytes', async () => {
    const bytes = Buffer.concat([Buffer.from('junk\r\n'), pdf]);
    expect((await convert({ name: 'a.pdf', bytes })).markdown).toBe('A page of a file.\n');
  });
});

describe('a source that cannot be a document is refused in one sentence that names it', () => {
  const zip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');
  test.each([
    ['a.pdf', Buffer.alloc(0), 'empty', 'is empty'],
    ['a.md', Buffer.from(' \n\n'), 'empty', 'only white space'],
    [
      'a.docx',
      compound(),
      'password-needed',
      'password-protected or old binary Office file: save it as .docx',
    ],
    ['a.xls', compound(), 'password-needed', 'save it as .xlsx'],
    ['a.zip', zip, 'unsupported', 'ZIP archive'],
    ['a.txt', Buffer.from([1, 2, 0, 3]), 'binary', 'not text'],
    ['a.docx', Buffer.from([1, 2, 0, 3]), 'damaged', 'no .docx file'],
    ['a.csv', Buffer.from([1, 2, 0, 3]), 'binary', 'not text'],
    ['a.bin', Buffer.from([1, 2, 0, 3]), 'unsupported', '.rtf, .pdf'],
    ['a.xyz', Buffer.from('a,b'), 'unsupported', '.rtf, .pdf'],
    ['a.pptx', zip, 'damaged', 'without the parts of one'],
    ['a.doc', compound('WordDocument'), 'unsupported', 'save it as .docx'],
    ['a.ppt', compound('PowerPoint Document'), 'unsupported', 'save it as .pptx'],
    ['a.msg', compound('__substg1.0_001A001E'), 'unsupported', 'Outlook'],
    ['a.pptx', compound('EncryptedPackage'), 'password-needed', 'save it as .pptx without'],
    ['a.pdf', Buffer.from('just words'), 'damaged', 'plain text'],
    ['a.pdf', Buffer.from('%PDF-1.7\nnothing more'), 'damaged', 'save it anew'],
    ['a.docx', docx.subarray(0, docx.length - 200), 'damaged', 'damaged'],
  ])('%s: %#', async (name, bytes, code, words) => {
    const error = await failure(convert({ name, bytes }));
    expect(error).toBeInstanceOf(ConversionError);
    expect(error).toMatchObject({ code, name: 'ConversionError' });
    expect(error.message).toContain(`"${name}"`);
    expect(error.message).toContain(words);
  });

  test('the error lists what was tried', async () => {
    const error = await failure(convert({ name: 'a.pdf', bytes: Buffer.from('%PDF-1.7\n') }));
    expect(error.attempts).toEqual([{ converter: 'pdf', reason: error.message }]);
  });

  test('a source over the limit is refused before it is looked at', async () => {
    const limits = { sourceBytes: 4 };
    const error = await failure(convert({ name: 'a.md', bytes: Buffer.from('words') }, { limits }));
    expect(error).toMatchObject({ code: 'too-large' });
  });
});

describe('an abort ends the work', () => {
  const sources: readonly Source[] = [
    { name: 'a.pdf', bytes: pdf },
    { name: 'a.docx', bytes: docx },
    { name: 'a.html', bytes: html },
    { name: 'a.md', bytes: Buffer.from('words') },
    { name: 'a.xlsx', bytes: workbook },
    { name: 'a.pptx', bytes: slides },
    { name: 'a.csv', bytes: Buffer.from('a,b') },
    { name: 'a.json', bytes: Buffer.from('{}') },
    { name: 'a.xml', bytes: Buffer.from('<a/>') },
    { name: 'a.rtf', bytes: Buffer.from('{\\rtf1 words}') },
  ];
  test.each(sources)('$name: with the reason of the signal', async (source) => {
    const reason = new Error('stop');
    await expect(convert(source, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test('a time-out is an error of the source', async () => {
    const signal = AbortSignal.abort(new DOMException('late', 'TimeoutError'));
    const error = await failure(convert({ name: 'a.pdf', bytes: pdf }, { signal }));
    expect(error).toMatchObject({ code: 'timeout' });
    expect(error.message).toContain('"a.pdf"');
  });
});

test('the supported endings are those of the converters, in lower case', () => {
  const named = otherConverters.flatMap(({ extensions }) => extensions);
  expect([...supportedExtensions].toSorted()).toEqual([...named, '.pdf'].toSorted());
  expect(supportedExtensions.every((one) => /^\.[a-z]+$/.test(one))).toBe(true);
  expect(['a.PDF', 'b.x.md', 'c.htm'].every((name) => isSupported(name))).toBe(true);
  expect(['a.doc', 'pdf', '.md', 'a.md.gz', ''].some((name) => isSupported(name))).toBe(false);
});
