import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { convert, ConversionError, type Source } from '../src/index.ts';
import { drawing, imageRelationship, paragraph, table, writeDocx } from './support/docx.ts';
import { JPEG, pixels, png } from './support/images.ts';
import { column } from './support/page-text.ts';
import { writePdf } from './support/pdf.ts';

const sources: readonly Source[] = [
  {
    name: 'a.pdf',
    bytes: writePdf({
      pages: [
        [
          ...column(['Some words on a page', 'and more of them.']),
          { image: { width: 40, height: 40, jpeg: JPEG }, x: 0, y: 0, width: 40, height: 40 },
          { image: pixels(34, 33), x: 100, y: 0, width: 40, height: 40 },
        ],
        column(['A page']),
      ],
      bookmarks: [{ title: 'a', page: 0, children: [{ title: 'b', page: 1 }] }],
      labels: '0 << /S /r >>',
    }),
  },
  {
    name: 'a.docx',
    bytes: writeDocx({
      body:
        paragraph('Heading', { style: 'heading1' }) +
        table([[paragraph('a'), paragraph('b')]]) +
        drawing('p') +
        '<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>',
      relationships: imageRelationship('p', 'media/p.png'),
      parts: { 'word/media/p.png': png(40, 40) },
    }),
  },
  {
    name: 'a.html',
    bytes: Buffer.from(
      '<html><meta charset=utf-8><title>t</title><table><tr><td>a<ul><li>b</table><img src="data:image/png;base64,iVBORw0KGgo=">',
    ),
  },
  {
    name: 'a.md',
    bytes: Buffer.from('---\ntitle: a\n---\n# b\n\n![c](d.png) `e`\n\n```\nf\n```\n'),
  },
  { name: 'a.txt', bytes: Buffer.from('words and — more — words\n```\n<b>\n') },
];

/** A document of text and pictures that its Markdown names, or an error that names the source. */
async function isAnswer(source: Source): Promise<boolean> {
  try {
    const { markdown, images, title } = await convert(source);
    const names = new Set(images.map(({ name }) => name));
    const named = [...markdown.matchAll(/\]\(openkb-image:([^)]*)\)/g)].map(
      ([, name]) => name ?? '',
    );
    return title !== '' && named.every((name) => names.has(name));
  } catch (error) {
    return error instanceof ConversionError && error.message.includes(`"${source.name}"`);
  }
}

// comparing each with each would take many minutes
test('a page of 150,000 scattered words is laid out by their order, not by their pairs', async () => {
  const scattered = Array.from({ length: 150_000 }, (_, index) => ({
    text: `w${index}`,
    x: (index * 37) % 550,
    y: 800 - ((index * 101) % 780),
    size: 4,
  }));
  const { markdown } = await convert({ name: 'a.pdf', bytes: writePdf({ pages: [scattered] }) });
  expect(markdown).toContain('w149999');
});

describe('broken bytes give a document or an error of their own, never a crash', () => {
  test.each(sources)('$name as it is', async (source) => {
    expect((await convert(source)).markdown).toMatch(/\w/);
    expect(await isAnswer(source)).toBe(true);
  });

  test.each(sources)('$name with some bytes changed', async ({ name, bytes }) => {
    const change = fc.record({
      at: fc.nat({ max: bytes.length - 1 }),
      byte: fc.integer({ min: 0, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const broken = Uint8Array.from(bytes);
        for (const { at, byte } of changes) broken[at] = byte;
        expect(await isAnswer({ name, bytes: broken })).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test.each(sources)('$name cut off or with bytes put in', async ({ name, bytes }) => {
    const cut = fc.nat({ max: bytes.length });
    await fc.assert(
      fc.asyncProperty(cut, cut, fc.uint8Array({ maxLength: 20 }), async (at, to, more) => {
        const broken = Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(to)]);
        expect(await isAnswer({ name, bytes: broken })).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test('any bytes under any name', async () => {
    const name = fc.constantFrom('a.pdf', 'a.docx', 'a.html', 'a.md', 'a.txt', 'a', 'a.xyz');
    const start = fc.constantFrom(
      '',
      '%PDF-1.7\n',
      'PK\x03\x04word/',
      '<html>',
      '---\n',
      '\xff\xfe',
      '{\\rtf',
    );
    await fc.assert(
      fc.asyncProperty(
        name,
        start,
        fc.uint8Array({ maxLength: 200 }),
        async (called, head, tail) => {
          const bytes = Buffer.concat([Buffer.from(head, 'latin1'), tail]);
          expect(await isAnswer({ name: called, bytes })).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });
});

test('words at places that no number tells apart end, too', async () => {
  const far = Array.from({ length: 12 }, (_, index) => ({
    text: `w${index}`,
    x: index % 3 === 0 ? 1e16 + index : index * 3e15,
    y: 800 - Math.floor(index / 3) * 12,
  }));
  expect((await convert({ name: 'a.pdf', bytes: writePdf({ pages: [far] }) })).pages).toHaveLength(
    1,
  );
});

test('a page of 171,000 cells is laid out by their order, not by their pairs', async () => {
  const rules = [800, 10].map((y) => ({ rule: [10, y, 580, y] as const }));
  const sides = Array.from({ length: 58 }, (_, at) => ({
    rule: [10 + at * 10, 10, 10 + at * 10, 800] as const,
  }));
  const cells = Array.from({ length: 57 * 3000 }, (_, at) => ({
    text: 'w',
    x: 12 + (at % 57) * 10,
    y: 790 - (Math.floor(at / 57) * 5) / 20,
    size: 0.2,
  }));
  const bytes = writePdf({ pages: [[...rules, ...sides, ...cells]] });
  expect((await convert({ name: 'a.pdf', bytes })).markdown.match(/w/g)).toHaveLength(57 * 3000);
});
