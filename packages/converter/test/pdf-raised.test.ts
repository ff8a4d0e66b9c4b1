import { describe, expect, test } from 'vitest';

import { convert, type ConvertedDocument } from '../src/index.ts';
import { column } from './support/page-text.ts';
import { writePdf, type PdfText } from './support/pdf.ts';

const convertItems = (items: readonly PdfText[]): Promise<ConvertedDocument> =>
  convert({ name: 'a.pdf', bytes: writePdf({ pages: [items] }) });
const markdownOf = async (items: readonly PdfText[]): Promise<string> =>
  (await convertItems(items)).markdown;
const line = (second: PdfText, third: string): readonly PdfText[] => [
  { text: 'the lamp', x: 72, y: 700 },
  second,
  { text: third, x: 122, y: 700 },
];

describe('raised characters', () => {
  test('that are numbers stand apart from the word before them', async () => {
    const items = line({ text: '12', x: 110.5, y: 704, size: 6 }, 'burns.');
    expect(await markdownOf(items)).toBe('the lamp<sup>12</sup> burns.\n');
  });

  test('that are numbers with a bracket are too', async () => {
    const items = line({ text: '1)', x: 110.5, y: 704, size: 6 }, 'burns.');
    expect(await markdownOf(items)).toBe('the lamp<sup>1)</sup> burns.\n');
  });

  test('that are letters are letters of the word', async () => {
    const items = line({ text: 'th', x: 110.5, y: 704, size: 6 }, 'burns.');
    expect(await markdownOf(items)).toBe('the lampth burns.\n');
  });

  test('before a footnote are its number, and no part of its first word', async () => {
    const items = [
      { text: '3', x: 72, y: 703, size: 6 },
      { text: 'See the log of the keeper.', x: 76, y: 700 },
    ];
    expect(await markdownOf(items)).toBe('<sup>3</sup> See the log of the keeper.\n');
  });

  test('are no part of a title', async () => {
    const items = [
      { text: 'The Lamp', x: 72, y: 700, size: 20 },
      { text: '1', x: 158, y: 708, size: 10 },
      ...column(['A paragraph of the usual size that is long enough to be one.'], { y: 660 }),
    ];
    const { title, markdown, outline } = await convertItems(items);
    expect([title, outline[0]?.title]).toEqual(['The Lamp', 'The Lamp']);
    expect(markdown).toContain('# The Lamp\n');
  });
});
