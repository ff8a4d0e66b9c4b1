import { describe, expect, test } from 'vitest';

import { convert } from '../src/index.ts';
import { decodeText } from '../src/text/charset.ts';

const text = (content: string | Uint8Array, name = 'a.txt') => ({
  name,
  bytes: Buffer.from(content),
});

describe('U27 the charset of a text is found', () => {
  test.each([
    ['UTF-8', Buffer.from('Füße — 大'), 'Füße — 大', 'utf-8'],
    ['UTF-8 with a mark', Buffer.from('\uFEFFFüße'), 'Füße', 'utf-8'],
    ['UTF-16LE', Buffer.from('\uFEFFFüße', 'utf16le'), 'Füße', 'utf-16le'],
    ['UTF-16BE', Buffer.from('\uFEFFFüße', 'utf16le').swap16(), 'Füße', 'utf-16be'],
    [
      'windows-1252',
      Buffer.from('\x93F\xfc\xdfe\x94 \x96 5 \x80 und mehr', 'latin1'),
      '“Füße” – 5 € und mehr',
      'windows-1252',
    ],
    [
      'Shift JIS',
      Buffer.from('96bc914f2c944e97ee2c8f5a8f8a0d0a8db293a191be98592c33302c938c8b9e', 'hex'),
      '名前,年齢,住所\r\n佐藤太郎,30,東京',
      'shift_jis',
    ],
    [
      'KOI8-R',
      Buffer.from(
        'f0d2c9d7c5d42c20cdc9d22120fcd4cf20d4c5cbd3d420cec120d2d5d3d3cbcfcd20d1dad9cbc52e',
        'hex',
      ),
      'Привет, мир! Это текст на русском языке.',
      'koi8-r',
    ],
  ])('%s', async (_name, bytes, expected, charset) => {
    const decoded = await decodeText(bytes);
    expect(decoded.charset).toBe(charset);
    expect(decoded.text).toBe(expected);
    expect(decoded.exact).toBe(true);
  });

  test('bytes that are no characters are told', async () => {
    const bytes = Buffer.concat([Buffer.from('\uFEFFwords '), Buffer.from([0xff, 0xfe])]);
    const { messages } = await convert({ name: 'a.txt', bytes });
    expect(messages.map(({ code }) => code)).toEqual(['undecodable-characters']);
  });
});

describe('a plain text is Markdown with few changes', () => {
  test.each([
    ['line ends', 'a\r\nb\rc', 'a\nb\nc'],
    ['marks stay', '* a_b_c * [d] # e\n# f', '* a_b_c * [d] # e\n# f'],
    [
      'tags are shown',
      'a <b> </c> <!-- d --> e<f 1 < 2',
      'a \\<b> \\</c> \\<!-- d --> e\\<f 1 < 2',
    ],
    ['addresses stay', '<https://a.b> <mailto:c@d>', '<https://a.b> <mailto:c@d>'],
    ['pairs of fences stay', '```\na\n```\n', '```\na\n```\n'],
  ])('%s', async (_what, content, markdown) => {
    expect((await convert(text(content))).markdown).toBe(markdown);
  });
});

test.each([
  ['\n\nFirst Line\nsecond', 'First Line'],
  ['# Marked #\nsecond', 'Marked'],
  ['-----\nBelow a Rule', 'Below a Rule'],
  ['long '.repeat(40), 'my notes'],
])('the title of a text: %#', async (content, title) => {
  expect((await convert(text(content, 'my_notes.txt'))).title).toBe(title);
});

test.each(['a.txt', 'a.md'])('%s of 16 megabytes is read in one pass', async (name) => {
  const line = 'Some words `code` <tag> ![picture](a.png) [link][x] * # - and so on ```\n';
  // looking from each line to the end would take many minutes
  const bytes = Buffer.alloc(16 * 2 ** 20, line);
  expect((await convert({ name, bytes })).markdown.length).toBeGreaterThan(bytes.length - 2);
});
