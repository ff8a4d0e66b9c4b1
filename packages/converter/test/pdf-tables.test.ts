import { describe, expect, test } from 'vitest';

import { convert } from '../src/index.ts';
import { column } from './support/page-text.ts';
import { type PdfRule, type PdfText, writePdf } from './support/pdf.ts';

type Items = readonly (PdfText | PdfRule)[];

const markdownOf = async (...pages: Items[]): Promise<string> =>
  (await convert({ name: 'a.pdf', bytes: writePdf({ pages }) })).markdown;

const XS = [72, 200, 330, 450];
const TOP = 700;
const PITCH = 20;

/** Words in the columns, a row below the other. */
function words(rows: readonly (readonly string[])[], { top = TOP, pitch = PITCH } = {}): PdfText[] {
  return rows.flatMap((row, at) =>
    row.map((text, index) => ({ text, x: (XS[index] ?? 0) + 5, y: top - 14 - at * pitch })),
  );
}

/** A border around each of so many rows and columns. */
function borders(rows: number, columns: number, filled = false): PdfRule[] {
  const [left, right] = [XS[0] as number, XS[columns] as number];
  const across = Array.from({ length: rows + 1 }, (_, at) => TOP - at * PITCH);
  return [
    ...across.map((y): PdfRule => ({ rule: [left, y, right, y], filled })),
    ...XS.slice(0, columns + 1).map((x): PdfRule => ({
      rule: [x, TOP - rows * PITCH, x, TOP],
      filled,
    })),
  ];
}

const LAMPS = [
  ['Lamp', 'Year', 'Inventor'],
  ['Argand', '1780', 'Aime Argand'],
  ['Carbide', '1892', 'Thomas Willson'],
  ['Drummond', '1826', 'Thomas Drummond'],
];
const LAMPS_AS_TABLE = `| Lamp | Year | Inventor |
| --- | --- | --- |
| Argand | 1780 | Aime Argand |
| Carbide | 1892 | Thomas Willson |
| Drummond | 1826 | Thomas Drummond |
`;

describe('a table with borders is a table', () => {
  test.each([
    ['lines', false],
    ['thin rectangles', true],
  ])('that are %s', async (_, filled) => {
    expect(await markdownOf([...borders(4, 3, filled), ...words(LAMPS)])).toBe(LAMPS_AS_TABLE);
  });

  test('between the paragraphs that it stands between', async () => {
    const above = column(['The lamps of the coast are these, by year and inventor:'], { y: 730 });
    const below = column(['They were all replaced by electric light in the end.'], { y: 580 });
    expect(await markdownOf([...above, ...below, ...borders(4, 3), ...words(LAMPS)])).toBe(
      'The lamps of the coast are these, by year and inventor:\n\n' +
        `${LAMPS_AS_TABLE}\nThey were all replaced by electric light in the end.\n`,
    );
  });

  test('with cells that a rule parts and hardly a space', async () => {
    const items = [
      { text: 'one', x: 100, y: 686 },
      { text: 'two', x: 116.5, y: 686 },
      { text: '1', x: 100, y: 666 },
      { text: '2', x: 116.5, y: 666 },
    ].map(({ text, x, y }) => ({ text, x, y, size: 8 }));
    const rules = [
      ...[700, 680, 660].map((y): PdfRule => ({ rule: [95, y, 140, y] })),
      ...[95, 114.8, 140].map((x): PdfRule => ({ rule: [x, 660, x, 700] })),
    ];
    expect(await markdownOf([...items, ...rules])).toBe(
      '| one | two |\n| --- | --- |\n| 1 | 2 |\n',
    );
  });

  test('with lines of one cell joined and a bar escaped', async () => {
    const text = [
      ...words([
        ['Signal', 'Meaning'],
        ['a | b', ''],
      ]),
      { text: 'two short blasts and', x: 205, y: 687.5 - PITCH, size: 7 },
      { text: 'one long blast', x: 205, y: 680 - PITCH + 0.5, size: 7 },
    ].filter(({ text: shown }) => shown !== '');
    expect(await markdownOf([...borders(2, 2), ...text])).toBe(
      '| Signal | Meaning |\n| --- | --- |\n| a \\| b | two short blasts and one long blast |\n',
    );
  });

  test('with the words of a merged cell in each place that it covers', async () => {
    const rules = borders(3, 3).filter(
      // no rule parts the second cell of the head from the third, nor the first of the last two rows
      ({ rule: [x0, y0, x1, y1] }) =>
        !(x0 === x1 && x0 === XS[2]) && !(y0 === y1 && y0 === TOP - 2 * PITCH),
    );
    rules.push({ rule: [XS[2] as number, TOP - 3 * PITCH, XS[2] as number, TOP - PITCH] });
    rules.push({ rule: [XS[1] as number, TOP - 2 * PITCH, XS[3] as number, TOP - 2 * PITCH] });
    const text = words([
      ['Coast', 'Lights'],
      ['North', 'red', '12'],
      ['', 'green', '15'],
    ]).filter(({ text: shown }) => shown !== '');
    expect(await markdownOf([...rules, ...text])).toBe(
      '| Coast | Lights | Lights |\n| --- | --- | --- |\n| North | red | 12 |\n| North | green | 15 |\n',
    );
  });

  test('with rules between the columns alone, and below the head', async () => {
    const bottom = TOP - 4 * PITCH;
    const rules: PdfRule[] = [
      ...[TOP, TOP - PITCH, bottom].map((y): PdfRule => ({ rule: [72, y, 450, y] })),
      ...XS.map((x): PdfRule => ({ rule: [x, bottom, x, TOP] })),
    ];
    expect(await markdownOf([...rules, ...words(LAMPS)])).toBe(LAMPS_AS_TABLE);
  });
});

test('a table that repeats its head on the next page is one table of the document', async () => {
  const page = [...borders(4, 3), ...words(LAMPS)];
  const { markdown, pages } = await convert({
    name: 'a.pdf',
    bytes: writePdf({ pages: [page, page] }),
  });
  const rows = LAMPS_AS_TABLE.split('\n').slice(2, -1).join('\n');
  expect(markdown).toBe(`${LAMPS_AS_TABLE}${rows}\n`);
  expect(pages?.map((one) => one.markdown)).toEqual([
    LAMPS_AS_TABLE.trimEnd(),
    LAMPS_AS_TABLE.trimEnd(),
  ]);
});

describe('a table without borders is a table', () => {
  test('when its words stand below each other', async () => {
    expect(await markdownOf(words(LAMPS, { pitch: 13 }))).toBe(LAMPS_AS_TABLE);
  });

  test('when rules stand above, below the head and at the end, with a head of several lines', async () => {
    const items: Items = [
      ...[712, TOP - PITCH - 2, TOP - 4 * PITCH].map((y): PdfRule => ({ rule: [72, y, 450, y] })),
      { text: 'Year of', x: 205, y: 700 },
      { text: 'Lamp', x: 77, y: 693 },
      { text: 'Inventor', x: 335, y: 693 },
      { text: 'invention', x: 205, y: 686 },
      ...words(LAMPS).slice(3),
    ];
    expect(await markdownOf(items)).toBe(LAMPS_AS_TABLE.replace('Year', 'Year of invention'));
  });

  test('and the second line of a cell belongs to its row', async () => {
    const items = LAMPS.flatMap((row, at) => [
      ...row.map((text, index) => ({ text, x: XS[index] ?? 0, y: 700 - at * 30 })),
      ...(at === 0 ? [] : [{ text: 'and his brother', x: XS[2] ?? 0, y: 688 - at * 30 }]),
    ]);
    expect(await markdownOf(items)).toBe(
      LAMPS_AS_TABLE.replaceAll(/(Argand|Willson|Thomas Drummond) \|$/gm, '$1 and his brother |'),
    );
  });
});

const TABLE = /^\|/m;

describe('no table are', () => {
  test('columns of running text between two rules', async () => {
    const line = 'which the keepers of the light';
    const rows = Array.from({ length: 12 }, () => [line, line]);
    const text = rows.flatMap((row, at) =>
      row.map((one, index) => ({ text: one, x: 72 + index * 200, y: 690 - at * 12 })),
    );
    expect(
      await markdownOf([{ rule: [72, 710, 450, 710] }, { rule: [72, 540, 450, 540] }, ...text]),
    ).not.toMatch(TABLE);
  });

  test('contents with their pages', async () => {
    const rows = ['The first lamps', 'Lamps of oil', 'Lamps of gas', 'Electric light', 'Index'];
    const text = rows.flatMap((title, at) => [
      { text: title, x: 72, y: 700 - at * 14 },
      { text: String(3 + at * 11), x: 400, y: 700 - at * 14 },
    ]);
    expect(await markdownOf(text)).not.toMatch(TABLE);
  });

  test('a diagram of boxes', async () => {
    const rules = borders(3, 3).filter((_, at) => at !== 1 && at !== 5);
    rules.push({ rule: [XS[1] as number, TOP - 3 * PITCH, XS[1] as number, TOP - PITCH] });
    expect(await markdownOf([...rules, ...words([['x'], ['y', 'z']])])).not.toMatch(TABLE);
  });

  test('authors side by side', async () => {
    const rows = [
      ['Ada Example', 'Ben Example', 'Cy Example'],
      ['Lamp House', 'Fog House', 'Bell House'],
      ['ada@example.org', 'ben@example.org', 'cy@example.org'],
    ];
    expect(await markdownOf(words(rows, { pitch: 12 }))).not.toMatch(TABLE);
  });

  test('a frame around paragraphs', async () => {
    const text = column(['One sentence in a frame.', 'And another one that follows it here.'], {
      y: 680,
    });
    expect(await markdownOf([...borders(3, 1), ...text])).not.toMatch(TABLE);
  });
});

test('a page of very many rules takes time by their number', async () => {
  const rules = Array.from({ length: 4000 }, (_, at): PdfRule => {
    const [x, y] = [50 + (at % 60) * 8, 60 + Math.floor(at / 60) * 10];
    return at % 2 === 0 ? { rule: [x, y, x + 7, y] } : { rule: [x, y, x, y + 9] };
  });
  expect(await markdownOf([...rules, ...words(LAMPS)])).toContain('Argand');
});
