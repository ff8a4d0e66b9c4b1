import { inflateSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { convert, createConverter } from '../src/index.ts';
import { failure } from './support/failure.ts';
import { JPEG, pixels } from './support/images.ts';
import { column, words } from './support/page-text.ts';
import { PAGE_HEIGHT, PAGE_WIDTH, writePdf, type PdfOptions } from './support/pdf.ts';

const convertPdf = (options: PdfOptions) => convert({ name: 'a.pdf', bytes: writePdf(options) });
const page = column(['A sentence on a page.'], { y: 500 });

describe('bookmarks are the outline', () => {
  test('with levels and pages', async () => {
    const { outline } = await convertPdf({
      pages: [page, page, page],
      bookmarks: [
        { title: 'Eins', page: 0, children: [{ title: 'Größe — 大', page: 1 }] },
        { title: 'Zwei', page: 2 },
      ],
    });
    expect(outline).toEqual([
      { title: 'Eins', level: 1, page: 1 },
      { title: 'Größe — 大', level: 2, page: 2 },
      { title: 'Zwei', level: 1, page: 3 },
    ]);
  });

  test('with how far down the page they point, where they say so', async () => {
    const { outline } = await convertPdf({
      pages: [page],
      bookmarks: [
        { title: 'top', page: 0, y: PAGE_HEIGHT },
        { title: 'middle', page: 0, y: PAGE_HEIGHT / 2 },
        { title: 'below the page', page: 0, y: -50 },
        { title: 'anywhere', page: 0 },
      ],
    });
    expect(outline.map(({ top }) => top)).toEqual([0, 0.5, 1, undefined]);
  });

  test('and without any, the headings are, and it is said', async () => {
    const heading = { text: 'Of the Lamp', x: 72, y: 780, size: 18 };
    const without = await convertPdf({ pages: [[heading, ...page]] });
    expect(without.outline).toEqual([{ title: 'Of the Lamp', level: 1, page: 1 }]);
    expect(without.outlineFrom).toBe('headings');
    const bookmarks = [{ title: 'a', page: 0 }];
    expect((await convertPdf({ pages: [page], bookmarks })).outlineFrom).toBe('bookmarks');
  });

  test('a cycle of bookmarks ends', async () => {
    const { outline } = await convertPdf({
      pages: [page],
      bookmarks: [
        { title: 'a', page: 0 },
        { title: 'b', page: 0 },
      ],
      cyclicBookmarks: true,
    });
    expect(outline.map(({ title }) => title)).toEqual(['a', 'b']);
  });

  test('a line with the words of a bookmark is a heading, however small it is', async () => {
    const { markdown } = await convertPdf({
      pages: [[...column(['Small Heading']), ...column([words(12)], { y: 740 })]],
      bookmarks: [{ title: '1. Small heading', page: 0 }],
    });
    expect(markdown).toBe(`# Small Heading\n\n${words(12)}\n`);
  });
});

describe('pages', () => {
  test('a printed number that differs from the position is the label', async () => {
    const { pages } = await convertPdf({
      pages: [page, page, page],
      labels: '0 << /S /r >> 2 << /S /D >>',
    });
    expect(pages?.map(({ label }) => label)).toEqual(['i', 'ii', '1']);
  });

  test('each page has its own part of a paragraph that runs over the break', async () => {
    const { pages, markdown } = await convertPdf({
      pages: [
        column(['A paragraph that is long enough to be one and that is not at its end when']),
        column(['the page is.']),
      ],
    });
    expect(pages?.map((part) => part.markdown)).toEqual([
      'A paragraph that is long enough to be one and that is not at its end when',
      'the page is.',
    ]);
    expect(markdown).toBe(
      'A paragraph that is long enough to be one and that is not at its end when the page is.\n',
    );
  });

  test('a page of text that is turned is read along its lines', async () => {
    const turned = ['The first line of the page', 'and the second line of it.'].map(
      (text, index) => ({
        text,
        x: 100 + index * 13,
        y: 100,
        turn: 1 as const,
      }),
    );
    expect((await convertPdf({ pages: [turned] })).markdown).toBe(
      'The first line of the page and the second line of it.\n',
    );
  });
});

describe('pictures', () => {
  const jpeg = { width: 40, height: 40, jpeg: JPEG };

  test('a JPEG is passed on byte for byte, and other pictures become PNG', async () => {
    const { images } = await convertPdf({
      pages: [
        [
          { image: jpeg, x: 0, y: 0, width: 40, height: 40 },
          { image: pixels(64, 48), x: 100, y: 0, width: 64, height: 48 },
        ],
      ],
    });
    expect(images.map(({ name, mediaType, page: first }) => [name, mediaType, first])).toEqual([
      ['p1_img1.jpg', 'image/jpeg', 1],
      ['p1_img2.png', 'image/png', 1],
    ]);
    expect(Buffer.from(images[0]?.bytes ?? []).equals(JPEG)).toBe(true);
  });

  test('what a mask makes transparent is transparent', async () => {
    const [width, height] = [40, 40];
    const alpha = Uint8Array.from({ length: width * height }, (_, at) => (at < 800 ? 0 : 255));
    const image = { ...pixels(width, height), alpha };
    const { images } = await convertPdf({
      pages: [[{ image, x: 0, y: 0, width: 90, height: 50 }]],
    });
    const file = Buffer.from(images[0]?.bytes ?? []);
    expect([file.readUInt32BE(16), file.readUInt32BE(20), file[25]]).toEqual([40, 40, 6]);
    const rows = inflateSync(file.subarray(41, 41 + file.readUInt32BE(33)));
    // the first byte of a row is its filter, and each byte the difference to the pixel before it
    expect([rows[4], rows[161 * 39 + 4]]).toEqual([0, 255]);
  });

  test('a logo on every page is kept once and shown once', async () => {
    const logo = { image: pixels(40, 40), x: 500, y: 800, width: 20, height: 20 };
    const { images, markdown } = await convertPdf({
      pages: [0, 1, 2].map((index) => [logo, { text: words(6, index), x: 72, y: 500 }]),
    });
    expect(images).toHaveLength(1);
    expect(markdown.match(/openkb-image:/g)).toHaveLength(1);
  });

  test('a page that is one picture is called a scan, and the picture is kept', async () => {
    const scan = { image: pixels(60, 80), x: 0, y: 0, width: PAGE_WIDTH, height: PAGE_HEIGHT };
    const { images, messages, markdown } = await convertPdf({ pages: [[scan], page] });
    expect(images).toHaveLength(1);
    expect(markdown).toContain('![image](openkb-image:p1_img1.png)');
    expect(messages).toEqual([
      {
        level: 'warning',
        code: 'scanned-pages',
        text: 'Page 1 of 2 is scanned: pictures without text. Recognise the text (OCR) first, or use a cloud import.',
        page: 1,
      },
    ]);
  });

  test('the background of a page with text is left out', async () => {
    const scan = { image: pixels(60, 80), x: 0, y: 0, width: PAGE_WIDTH, height: PAGE_HEIGHT };
    const { images, messages } = await convertPdf({ pages: [[scan, ...column([words(12)])]] });
    expect(images).toEqual([]);
    expect(messages).toEqual([]);
  });

  test('a picture over the limit is not decoded', async () => {
    const bytes = writePdf({
      pages: [[{ image: pixels(64, 48), x: 0, y: 0, width: 64, height: 48 }, ...page]],
    });
    const { images, messages } = await convert(
      { name: 'a.pdf', bytes },
      { limits: { imagePixels: 1000 } },
    );
    expect(images).toEqual([]);
    expect(messages[0]).toMatchObject({ code: 'image-skipped', level: 'warning' });
  });
});

describe('a PDF that is not whole', () => {
  test('an encrypted one asks for a password', async () => {
    const bytes = writePdf({ pages: [page], encrypted: true });
    const without = await failure(convert({ name: 'a.pdf', bytes }));
    expect(without).toMatchObject({ code: 'password-needed' });
    expect(without.message).toContain('opens only with a password');
    const wrong = await failure(convert({ name: 'a.pdf', bytes }, { password: 'guess' }));
    expect(wrong.message).toContain('does not open');
  });

  test('one without its end is read as far as it goes', async () => {
    const bytes = writePdf({ pages: [page, page, page] });
    const end = Buffer.from(bytes).indexOf('xref');
    const document = await convert({ name: 'a.pdf', bytes: bytes.subarray(0, end) });
    expect(document.markdown.match(/A sentence on a page/g)).toHaveLength(3);
    expect(document.messages.map(({ code }) => code)).toEqual(['repaired']);
  });

  test('one without text and pictures says so', async () => {
    const { messages } = await convertPdf({ pages: [[]] });
    expect(messages.map(({ code }) => code)).toEqual(['no-text']);
  });
});

describe('the event loop turns while a PDF is read', () => {
  const bytes = writePdf({ pages: Array.from({ length: 20 }, () => page) });

  test('progress is told page by page', async () => {
    const told: [number, number][] = [];
    await convert(
      { name: 'a.pdf', bytes },
      { onProgress: (done, total) => told.push([done, total]) },
    );
    expect(told).toHaveLength(20);
    expect(told.at(-1)).toEqual([20, 20]);
  });

  test('an abort in the midst ends it at the next page', async () => {
    const controller = new AbortController();
    let done = 0;
    const conversion = convert(
      { name: 'a.pdf', bytes },
      {
        signal: controller.signal,
        onProgress(pages) {
          done = pages;
          if (pages === 3) setImmediate(() => controller.abort());
        },
      },
    );
    await expect(conversion).rejects.toMatchObject({ name: 'AbortError' });
    expect(done).toBeLessThan(6);
  });

  test('two conversions at once share one PDFium without mixing', async () => {
    const [a, b] = await Promise.all(
      ['first', 'second'].map((word) =>
        convertPdf({
          pages: Array.from({ length: 5 }, () => column([`The ${word} file.`], { y: 500 })),
        }),
      ),
    );
    expect(a?.markdown.match(/first/g)).toHaveLength(5);
    expect(b?.markdown.match(/second/g)).toHaveLength(5);
    expect(a?.markdown).not.toContain('second');
  });
});

test('PDFium can be given as bytes, and a file that is none can be named', async () => {
  const { readFile } = await import('node:fs/promises');
  const { createRequire } = await import('node:module');
  const path = createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm');
  const source = { name: 'a.pdf', bytes: writePdf({ pages: [page] }) };
  const given = createConverter({ pdfiumWasm: await readFile(path) });
  expect((await given.convert(source)).markdown).toBe('A sentence on a page.\n');
  const missing = createConverter({ pdfiumWasm: '/nowhere/pdfium.wasm' });
  const error = await failure(missing.convert(source));
  expect(error.name).toBe('SetupError');
  expect(error.message).toBe('PDFium cannot be loaded from "/nowhere/pdfium.wasm".');
});
