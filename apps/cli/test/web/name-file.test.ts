import { supportedExtensions } from '@openkb/converter';
import type { Download } from '@openkb/download';
import { expect, test } from 'vitest';

import { nameByTitle, nameFile } from '../../src/web/name-file.ts';

const PDF = '%PDF-1.7\n';
const PAGE =
  '\uFEFF \n<!-- a --><?xml version="1.0"?>\n<!DOCTYPE html><html><title> Sign\n in </title>';
const TEXT = 'Some text.';
const ZIP = 'PK\u0003\u0004\0\0';

function named(fileName: string, content: string | Buffer, mediaType?: string) {
  const url = 'https://example.org/x';
  const download: Download = {
    url,
    finalUrl: url,
    fileName,
    bytes: 1,
    messages: [],
    ...(mediaType !== undefined && { mediaType }),
  };
  const { name, isPage } = nameFile(download, Buffer.from(content), supportedExtensions);
  return isPage ? `page ${name}` : name;
}

test.each([
  ['paper.pdf', PDF, 'text/html', 'paper.pdf'],
  ['Paper.PDF', PDF, undefined, 'Paper.PDF'],
  ['2509.11420', PDF, 'application/pdf', '2509.11420.pdf'],
  ['paper.html', PDF, undefined, 'paper.pdf'],
  ['view.php', PDF, undefined, 'view.pdf'],
  ['index.html', PAGE, undefined, 'page index.html'],
  ['index.HTM', PAGE, undefined, 'page index.HTM'],
  ['view.aspx', PAGE, undefined, 'page view.html'],
  ['readme.md', PAGE, 'text/plain', 'page readme.html'],
  ['example.org', PAGE, undefined, 'page example.org.html'],
  ['part', TEXT, 'text/html', 'page part.html'],
  ['notes.md', TEXT, 'text/html', 'notes.md'],
  ['notes', TEXT, 'text/markdown', 'notes.md'],
  ['server.log', TEXT, undefined, 'server.log.txt'],
  ['data', TEXT, 'application/json', 'data.json'],
  ['book.docx', ZIP, 'application/octet-stream', 'book.docx'],
  [
    'download',
    ZIP,
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'download.docx',
  ],
  ['thing', ZIP, undefined, 'thing'],
  ['a:b?c.pdf', PDF, undefined, 'a_b_c.pdf'],
])('%s that holds %j and is called %s is named %s', (fileName, content, mediaType, expected) => {
  expect(named(fileName, content, mediaType)).toBe(expected);
});

test('a page in UTF-16 is known as one', () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<html><body>', 'utf16le')]);
  expect(named('x', bytes)).toBe('page x.html');
  const swapped = Buffer.from(bytes);
  expect(named('x', swapped.swap16())).toBe('page x.html');
});

test.each(['paper.pdf', 'slides.PPTX', 'book.epub', 'sheet.xlsx', 'all.zip'])(
  'a page in place of %s is refused, with its title',
  (fileName) => {
    const ending = fileName.split('.')[1]?.toUpperCase();
    expect(() => named(fileName, PAGE)).toThrow(
      `"https://example.org/x" gave a web page ("Sign in") in place of a ${ending} file`,
    );
  },
);

test('a page whose title is made to be slow to find is refused all the same', () => {
  for (const part of ['<title', '<title>', `<title>${' '.repeat(200)}`, '<title <'])
    expect(() => named('a.pdf', `<!doctype html>${part.repeat(60_000 / part.length)}`)).toThrow(
      'in place of a PDF file',
    );
  expect(() => named('a.pdf', `<!doctype html><title>${' '.repeat(60_000)}`)).toThrow('PDF file');
});

test('a page is named by its title, in words that every disk takes', () => {
  expect(nameByTitle(' The lamp:\n a/history? ', 'x.html')).toBe('The lamp a history.html');
  expect(nameByTitle('', 'x.html')).toBe('x.html');
  expect(nameByTitle('???', 'x.html')).toBe('x.html');
  expect(nameByTitle('word '.repeat(100), 'x.html')).toBe(`${'word '.repeat(16).trim()}.html`);
  const long = nameByTitle('漢'.repeat(300), 'x.html');
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(255);
  expect(long).toMatch(/^漢+\.html$/);
});
