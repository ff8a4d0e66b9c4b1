import { describe, expect, test } from 'vitest';

import { metadataTitle } from '../src/formats/pdf/layout/title.ts';
import { splitAuthors, isoDate } from '../src/formats/pdf/read-metadata.ts';
import { convert } from '../src/index.ts';
import { column, words } from './support/page-text.ts';
import { writePdf, type PdfText } from './support/pdf.ts';

describe('a title in the metadata is taken when it is one', () => {
  test.each(['Bees', 'The Bees of 2023', 'Microsoft Word - Bees', 'Über Bienen', '蜂の本です'])(
    '%s',
    (stated) => {
      expect(metadataTitle(stated)).toBe(stated.replace('Microsoft Word - ', ''));
    },
  );

  test.each([
    '',
    'untitled',
    'Untitled-1',
    'Document1',
    'report.docx',
    'Microsoft Word - report.doc',
    'paper.dvi',
    'doi:10.1016/j.x',
    'PII: S0304-3975',
    '1234',
    'https://example.org',
    'IMG_1234',
    'Slide 1',
    'No Job Name',
  ])('"%s" is none', (stated) => {
    expect(metadataTitle(stated)).toBeUndefined();
  });
});

describe('without one the first page is asked', () => {
  const body = column([words(13), words(13, 3), words(13, 5)], { y: 500 });

  test('the largest letters are the title', async () => {
    const large = [
      { text: 'Smaller Words Above', x: 72, y: 700, size: 13 },
      { text: 'The Largest Words', x: 72, y: 650, size: 20 },
    ];
    expect(await titleOf([...large, ...body])).toBe('The Largest Words');
  });

  test('a title of two lines is one', async () => {
    const large = column(['A Title that is so long', 'that it needs two lines'], {
      y: 650,
      size: 20,
      leading: 24,
    });
    expect(await titleOf([...large, ...body])).toBe(
      'A Title that is so long that it needs two lines',
    );
  });

  test.each([
    'Journal of Bee Research',
    'Vol. 12, No. 3',
    'www.example.org',
    'RESEARCH ARTICLE',
    'Preprint',
  ])('the banner "%s" is not the title', async (banner) => {
    const large = [
      { text: banner, x: 72, y: 750, size: 26 },
      { text: 'On the Keeping of Bees', x: 72, y: 650, size: 16 },
    ];
    expect(await titleOf([...large, ...body])).toBe('On the Keeping of Bees');
  });

  test('a section is not the title, and the name of the file is the last resort', async () => {
    expect(await titleOf([{ text: '1 Introduction', x: 72, y: 650, size: 16 }, ...body])).toBe(
      'my file',
    );
  });
});

test.each([
  ["D:20240229120000+01'00'", '2024-02-29T12:00:00+01:00'],
  ['D:20240229120000Z', '2024-02-29T12:00:00Z'],
  ['D:20240229', '2024-02-29'],
  ['20241350', '2024'],
  ['yesterday', undefined],
])('the date %s is %s', (stated, date) => {
  expect(isoDate(stated)).toBe(date);
});

test.each([
  ['Doe, Jane; Roe, John', ['Doe, Jane', 'Roe, John']],
  ['Ada Example, Ben Sample and Cy Third', ['Ada Example', 'Ben Sample', 'Cy Third']],
  ['', []],
])('the authors of "%s"', (field, authors) => {
  expect(splitAuthors(field)).toEqual(authors);
});

async function titleOf(items: readonly PdfText[]): Promise<string> {
  return (await convert({ name: 'my_file.pdf', bytes: writePdf({ pages: [items] }) })).title;
}
