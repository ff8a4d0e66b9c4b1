import { describe, expect, test } from 'vitest';

import {
  convert,
  ConversionError,
  isSupported,
  supportedExtensions,
  type Source,
} from '../src/index.ts';
import { paragraph, writeDocx } from './support/docx.ts';
import { failure } from './support/failure.ts';
import { column } from './support/page-text.ts';
import { writePdf } from './support/pdf.ts';

const pdf = writePdf({ pages: [column(['A page of a file.'])] });
const docx = writeDocx({ body: paragraph('A Word document.') });
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
  const compound = Buffer.from('d0cf11e0a1b11ae10000', 'hex');
  const zip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');
  test.each([
    ['a.pdf', Buffer.alloc(0), 'empty', 'is empty'],
    ['a.md', Buffer.from(' \n\n'), 'empty', 'only white space'],
    [
      'a.docx',
      compound,
      'password-needed',
      'password-protected or old binary Office file: save it as .docx',
    ],
    ['a.xls', compound, 'password-needed', 'save it as .xlsx'],
    ['a.zip', zip, 'unsupported', 'ZIP archive'],
    ['a.rtf', Buffer.from('{\\rtf1 words}'), 'unsupported', 'save it as .docx'],
    ['a.txt', Buffer.from([1, 2, 0, 3]), 'binary', 'not text'],
    ['a.docx', Buffer.from([1, 2, 0, 3]), 'damaged', 'no .docx file'],
    ['a.bin', Buffer.from([1, 2, 0, 3]), 'unsupported', '.docx, .pdf'],
    ['a.csv', Buffer.from('a,b'), 'unsupported', '.docx, .pdf'],
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
  expect(supportedExtensions).toEqual([
    '.md',
    '.markdown',
    '.txt',
    '.text',
    '.html',
    '.htm',
    '.docx',
    '.pdf',
  ]);
  expect(['a.PDF', 'b.x.md', 'c.htm'].every((name) => isSupported(name))).toBe(true);
  expect(['a.pptx', 'pdf', '.md', 'a.md.gz', ''].some((name) => isSupported(name))).toBe(false);
});
