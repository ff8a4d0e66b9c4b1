import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { convert, ConversionError, type Source } from '../src/index.ts';
import { failure } from './support/failure.ts';
import { fixtures } from './support/fixtures.ts';
import { png } from './support/images.ts';
import { row, shape, textParagraph, writePptx, writeXlsx } from './support/office.ts';
import { writeOpenDocument } from './support/open-document.ts';
import { writeZip } from './support/zip.ts';

const FORMATS = /^(?:pptx|xlsx|xls|ods|odt|epub|csv|json|xml|ipynb|rtf|mhtml)-/;
const sources = await Promise.all(
  fixtures.filter(({ name }) => FORMATS.test(name)).map((fixture) => fixture.source()),
);
const text = (name: string, content: string): Source => ({ name, bytes: Buffer.from(content) });

/** A document whose pictures are there, or an error that names the source. */
async function isAnswer(source: Source): Promise<boolean> {
  try {
    const { markdown, images, title } = await convert(source, {
      limits: { unpackedBytes: 2 ** 24 },
    });
    const names = new Set(images.map(({ name }) => name));
    const named = [...markdown.matchAll(/\]\(openkb-image:([^)]*)\)/g)].map(
      ([, name]) => name ?? '',
    );
    return title !== '' && named.every((name) => names.has(name));
  } catch (error) {
    return error instanceof ConversionError && error.message.includes(`"${source.name}"`);
  }
}

describe('broken bytes give a document or an error of their own, never a crash', () => {
  test.each(sources)(
    '$name: %# with some bytes changed, cut off, put in',
    async ({ name, bytes }) => {
      const change = fc.record({
        at: fc.nat({ max: bytes.length - 1 }),
        byte: fc.integer({ min: 0, max: 255 }),
      });
      const cut = fc.nat({ max: bytes.length });
      await fc.assert(
        fc.asyncProperty(
          fc.array(change, { maxLength: 8 }),
          fc.option(fc.tuple(cut, cut, fc.uint8Array({ maxLength: 20 }))),
          async (changes, splice) => {
            const changed = Uint8Array.from(bytes);
            for (const { at, byte } of changes) changed[at] = byte;
            const [at, to, more] = splice ?? [changed.length, changed.length, new Uint8Array()];
            const broken = Buffer.concat([changed.subarray(0, at), more, changed.subarray(to)]);
            expect(await isAnswer({ name, bytes: broken })).toBe(true);
          },
        ),
        { numRuns: 12 },
      );
    },
  );

  test('parts of archives are broken by themselves', async () => {
    const junk = fc.constantFrom(
      '',
      '<',
      '<a',
      '<a/>',
      '<a><b></a>',
      '\u0000',
      '&x;',
      '<a b="1" b="2"/>',
      '[]',
    );
    const part = fc.constantFrom(
      'xl/workbook.xml',
      'xl/sharedStrings.xml',
      'xl/styles.xml',
      'xl/worksheets/sheet1.xml',
      'xl/_rels/workbook.xml.rels',
      'docProps/core.xml',
    );
    await fc.assert(
      fc.asyncProperty(part, junk, async (path, content) => {
        const bytes = writeXlsx([{ name: 'a', rows: row(1, ['x', 1]) }], {
          parts: { [path]: content },
        });
        expect(await isAnswer({ name: 'a.xlsx', bytes })).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

const zeros = Buffer.alloc(40 * 2 ** 20);

describe('an archive that is made to exhaust the machine is refused', () => {
  test.each([
    ['a.xlsx', writeXlsx([{ name: 'a', rows: '' }], { parts: { 'xl/media/bomb.bin': zeros } })],
    ['a.pptx', writePptx([{ shapes: '' }], { 'ppt/media/bomb.bin': zeros })],
    ['a.odt', writeOpenDocument('text', { body: '', parts: { bomb: zeros } })],
    ['a.ods', writeOpenDocument('spreadsheet', { body: '', parts: { bomb: zeros } })],
    ['a.epub', writeZip({ 'META-INF/container.xml': '<container/>', bomb: zeros })],
    ['a.xlsb', writeZip({ 'xl/workbook.bin': 'x', bomb: zeros })],
  ])('%s: one that unpacks to more than the limit', async (name, bytes) => {
    const error = await failure(convert({ name, bytes }, { limits: { unpackedBytes: 2 ** 20 } }));
    expect(error).toMatchObject({ code: 'too-large' });
    expect(error.message).toContain(`"${name}"`);
  });

  test.each([
    ['a.xlsx', writeXlsx([{ name: 'a', rows: '' }], { parts: { '../evil': 'x' } })],
    ['a.pptx', writePptx([{ shapes: '' }], { '../evil': 'x' })],
    ['a.epub', writeZip({ 'META-INF/container.xml': '<container/>', '../../evil': 'x' })],
  ])('%s: one with a name that leaves it', async (name, bytes) => {
    const error = await failure(convert({ name, bytes }));
    expect(error).toMatchObject({ code: 'damaged' });
    expect(error.message).toContain('evil');
  });
});

const laughs = `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(50)}">${Array.from({ length: 30 }, (_, index) => `<!ENTITY a${index + 1} "${`&a${index === 0 ? '' : index};`.repeat(10)}">`).join('')}<!ENTITY file SYSTEM "file:///etc/hostname">]>`;

describe('entities are never expanded', () => {
  test('an XML file shows them as they are written', async () => {
    const { markdown } = await convert(text('a.xml', `${laughs}<x><b>&a30;</b><c>&file;</c></x>`));
    expect(markdown).toBe('- **b**: \\&a30;\n- **c**: \\&file;\n');
  });

  test.each([
    [
      'a.xlsx',
      writeXlsx([{ name: 'a', rows: '' }], {
        parts: { 'xl/sharedStrings.xml': `${laughs}<sst><si><t>&a30;</t></si></sst>` },
      }),
    ],
    [
      'a.ods',
      writeOpenDocument('spreadsheet', {
        body: '',
        parts: { 'content.xml': `${laughs}<x>&file;</x>` },
      }),
    ],
    [
      'a.odt',
      writeOpenDocument('text', { body: '', parts: { 'content.xml': `${laughs}<x>&a30;</x>` } }),
    ],
    ['a.epub', writeZip({ 'META-INF/container.xml': `${laughs}<container>&a30;</container>` })],
  ])('%s is refused as damaged', async (name, bytes) => {
    expect(await failure(convert({ name, bytes }))).toMatchObject({ code: 'damaged' });
  });
});

describe('sources that are huge or deep are bounded', () => {
  const many = Array.from({ length: 1200 }, (_, index) => `${index},x`).join('\n');
  test.each([
    ['a.csv', Buffer.from(many), 'cells-left-out'],
    [
      'a.json',
      Buffer.from(JSON.stringify(Array.from({ length: 600 }, (_, id) => ({ id, v: 'x' })))),
      'values-left-out',
    ],
    [
      'a.json',
      Buffer.from(JSON.stringify({ a: Array.from({ length: 1200 }, (_, id) => [{ id }]) })),
      'values-left-out',
    ],
    ['a.xml', Buffer.from(`<a>${'<b><c>x</c><d>y</d></b>'.repeat(600)}</a>`), 'values-left-out'],
    [
      'a.xlsx',
      writeXlsx([
        {
          name: 'a',
          rows: Array.from({ length: 600 }, (_, index) => row(index + 1, [1, 2])).join(''),
        },
      ]),
      'cells-left-out',
    ],
    [
      'a.ods',
      writeOpenDocument('spreadsheet', {
        body: '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row></table:table>',
      }),
      'cells-left-out',
    ],
  ])('%s: %#', async (name, bytes, code) => {
    const { markdown, messages } = await convert({ name, bytes }, { limits: { cells: 1000 } });
    expect(messages.map((message) => message.code)).toContain(code);
    expect(messages.map((message) => message.text).join()).toContain('1000');
    expect(markdown.length).toBeLessThan(20_000);
    expect(markdown.length).toBeGreaterThan(1000);
  });

  test.each([
    ['a.json', '['.repeat(1_000_000) + ']'.repeat(1_000_000)],
    ['a.json', '{"a":'.repeat(1_000_000) + '1' + '}'.repeat(1_000_000)],
    ['a.json', `[${'"'.repeat(2_000_000)}`],
    ['a.xml', '<a>'.repeat(1_000_000)],
    ['a.xml', `<a ${'b="c" '.repeat(1_000_000)}/>`],
    ['a.csv', '"'.repeat(3_000_000)],
    ['a.csv', `${',;\t|'.repeat(1_000_000)}\n`],
    ['a.rtf', `{\\rtf1 ${'{'.repeat(2_000_000)}`],
    ['a.rtf', `{\\rtf1 ${'\\row'.repeat(1_000_000)}`],
    ['a.rtf', `{\\rtf1 ${'\\u-1?'.repeat(1_000_000)}`],
    [
      'a.mhtml',
      `MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n${'--b\n'.repeat(1_000_000)}`,
    ],
    [
      'a.mhtml',
      `MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n${'= '.repeat(1_000_000)}`,
    ],
    [
      'a.mhtml',
      `MIME-Version: 1.0\nSubject: ${'=?a?q?'.repeat(3_000_000)}\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x`,
    ],
    ['a.html', `<table>${'<tr><td rowspan=65534 colspan=1000>x'.repeat(5000)}`],
    ['a.html', `${'<math><mrow>'.repeat(200_000)}x`],
    ['a.html', `<script type="application/ld+json">${'['.repeat(1_000_000)}</script>x`],
    [
      'a.ipynb',
      `{"cells":[${'{"cell_type":"markdown","source":"![a](attachment:"},'.repeat(200_000)}{}]}`,
    ],
  ])('%s: %# is read in one pass', async (name, content) => {
    // looking from each part over those behind it would take many minutes
    expect(await isAnswer(text(name, content))).toBe(true);
  });

  test('a sheet that says it is huge is as large as its cells', async () => {
    const rows = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>';
    const after = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>';
    const { markdown } = await convert({
      name: 'a.xlsx',
      bytes: writeXlsx([{ name: 'a', rows, after }]),
    });
    expect(markdown).toBe('## a\n\n1\n');
  });
});

describe('what a file names outside of itself is never read', () => {
  test('pictures of a book and of a presentation', async () => {
    const bytes = writePptx([
      {
        shapes: `<p:pic><p:blipFill><a:blip r:embed="x"/></p:blipFill></p:pic>${shape({ text: textParagraph('words') })}`,
        relations: [{ id: 'x', type: 'image', target: '../../../../etc/passwd' }],
      },
    ]);
    const { images, markdown } = await convert({ name: 'a.pptx', bytes });
    expect(images).toEqual([]);
    expect(markdown).toBe('## Slide 1\n\nwords\n');
  });

  test('a picture of a web archive beside it', async () => {
    const asked: string[] = [];
    const { images } = await convert({
      ...text(
        'a.mhtml',
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x<img src="../secret.png">',
      ),
      readAsset(path) {
        asked.push(path);
        return png(40, 40);
      },
    });
    expect({ asked, images }).toEqual({ asked: [], images: [] });
  });
});

test('a book that is protected against copying is refused', async () => {
  const bytes = writeZip({
    'META-INF/container.xml':
      '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
    'META-INF/encryption.xml': '<encryption><CipherReference URI="a.xhtml"/></encryption>',
    'b.opf':
      '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
    'a.xhtml': 'noise',
  });
  const error = await failure(convert({ name: 'a.epub', bytes }));
  expect(error).toMatchObject({ code: 'password-needed' });
  expect(error.message).toContain('DRM');
});

test('an OpenDocument file with a password is refused', async () => {
  const parts = { 'META-INF/manifest.xml': '<manifest><encryption-data/></manifest>' };
  const bytes = writeOpenDocument('text', { body: '', parts });
  expect(await failure(convert({ name: 'a.odt', bytes }))).toMatchObject({
    code: 'password-needed',
  });
});
