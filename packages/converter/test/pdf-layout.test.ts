import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { glyphText } from '../src/formats/pdf/glyphs.ts';
import { readingOrder } from '../src/formats/pdf/layout/columns.ts';
import { HyphenJoiner } from '../src/formats/pdf/layout/hyphens.ts';
import { listMark } from '../src/formats/pdf/layout/list-marks.ts';
import type { Segment } from '../src/formats/pdf/model.ts';
import { convert } from '../src/index.ts';
import { writePdf } from './support/pdf.ts';

describe('a word broken at a line end is joined as the document writes it elsewhere', () => {
  const joiner = new HyphenJoiner(['a multi-agent system and multi-agent games', 'confirming it']);
  test.each([
    ['a multi', 'agent game', 'a multi-agent game'],
    ['con', 'firming', 'confirming'],
    ['un', 'known words', 'unknown words'],
    ['Anglo', 'American', 'Anglo-American'],
    ['737', '9 airplanes', '737-9 airplanes'],
    ['INTRO', 'DUCTION', 'INTRODUCTION'],
    ['Größen', 'ordnung', 'Größenordnung'],
  ])('%s|%s', (head, tail, joined) => {
    expect(joiner.join(head, tail)).toBe(joined);
  });
});

test.each([
  [0xfb01, 'fi'],
  [0xfb03, 'ffi'],
  [0x0b, 'ff'],
  [0x0e, 'ffi'],
  [0xf0b7, '•'],
  [0x1f600, '😀'],
  [0x01, undefined],
  [0xfffd, undefined],
])('the character %i reads %s', (code, text) => {
  expect(glyphText(code)).toBe(text);
});

test.each([
  ['• point', '-', 'point'],
  ['– point', '-', 'point'],
  ['3. point', '3.', 'point'],
  ['(b) point', '(b)', 'point'],
])('%s is an item of a list', (line, mark, text) => {
  expect(listMark(line)).toEqual({ mark, text });
});

test.each(['-5 degrees', '3.14 is', '•', 'a point'])('%s is none', (line) => {
  expect(listMark(line)).toBeUndefined();
});

describe('the reading order', () => {
  const segment = fc
    .record({
      x0: fc.integer({ min: 0, max: 500 }),
      width: fc.integer({ min: 1, max: 300 }),
      y: fc.integer({ min: 0, max: 800 }),
      text: fc.string({ minLength: 1, maxLength: 60 }),
    })
    .map(({ x0, width, y, text }): Segment => ({
      text,
      x0,
      x1: x0 + width,
      y,
      size: 10,
      bold: false,
      monospaced: false,
      hyphen: false,
    }));

  test('has every piece of text once', () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 60 }), (segments) => {
        const ordered = readingOrder(segments).flatMap((region) => region.segments);
        expect(ordered).toHaveLength(segments.length);
        expect(new Set(ordered)).toEqual(new Set(segments));
      }),
      { numRuns: 200 },
    );
  });

  test('of three columns is column by column, in whatever order they are drawn', () => {
    const columns = [0, 1, 2].map((column) =>
      Array.from({ length: 8 }, (_, row) => lineOf(column, row)),
    );
    const drawn =
      columns[0]?.flatMap((_, row) => columns.map((column) => column[row] as Segment)) ?? [];
    const ordered = readingOrder(drawn).flatMap(({ segments }) => segments.map(({ text }) => text));
    expect(ordered).toEqual(columns.flat().map(({ text }) => text));
  });

  test('of a table of short cells is that of the file', () => {
    const cells = Array.from({ length: 20 }, (_, index): Segment => ({
      text: `cell ${index}`,
      x0: 40 + (index % 2) * 300,
      x1: 80 + (index % 2) * 300,
      y: 700 - Math.floor(index / 2) * 12,
      size: 10,
      bold: false,
      monospaced: false,
      hyphen: false,
    }));
    expect(readingOrder(cells).flatMap(({ segments }) => segments)).toEqual(cells);
  });
});

function lineOf(column: number, row: number): Segment {
  return {
    text: `a line of words in column ${column} row ${row}`,
    x0: 40 + column * 180,
    x1: 210 + column * 180,
    y: 700 - row * 12,
    size: 10,
    bold: false,
    monospaced: false,
    hyphen: false,
  };
}

test('a sentence that comes again below the heading of each page is no running head', async () => {
  const sentence =
    'This clause stands for a longer one and carries no weight of its own in any court';
  const bytes = writePdf({
    pages: ['Definitions', 'Obligations', 'Miscellaneous'].map((title) => [
      { text: 'The Contract', x: 72, y: 820, size: 8 },
      { text: title, x: 72, y: 790, size: 18 },
      { text: sentence, x: 72, y: 760 },
      { text: `and here ends what is said of ${title}.`, x: 72, y: 746 },
    ]),
  });
  const { markdown } = await convert({ name: 'a.pdf', bytes });
  expect(markdown.split(sentence)).toHaveLength(4);
  expect(markdown).not.toContain('The Contract');
});
