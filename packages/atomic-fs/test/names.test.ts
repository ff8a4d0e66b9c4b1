import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  findNameClash,
  isTemporaryName,
  nameKey,
  safeFileName,
  temporarySibling,
} from '../src/index.ts';

/** Text with all that is dangerous in names, more often than chance has it. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom(
      ...Array.from('aß<>:"/\\|?*.. \u0000\u001f\u007f\u0085\ud800'),
      'e\u0301',
      '\u0301',
      '日',
      '👩‍👩‍👧',
      'CON',
      'lpt1',
      '.openkb-a.tmp',
    ),
    maxLength: 120,
  }),
);

test('a safe name keeps every rule, whatever it was made from', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const name = safeFileName(text);
      expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}\p{Cs}]/u);
      expect(name).not.toMatch(/[. ]$/);
      expect(name).not.toMatch(/^ /);
      expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d) *(?:\.|$)/i);
      expect(name.normalize('NFC')).toBe(name);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
      expect(name.length).toBeGreaterThan(0);
      expect(isTemporaryName(name)).toBe(false);
      expect(safeFileName(name)).toBe(name);
    }),
    { numRuns: 500 },
  );
});

test('a name that is safe already stays as it is', () => {
  for (const name of ['page.md', '日本語.md', '.hidden', 'a b (c) [d] #1.tar.gz', '👩‍👩‍👧', 'é']) {
    expect(safeFileName(name)).toBe(name);
  }
});

test.each([
  ['a/b\\c:d.md', 'a_b_c_d.md'],
  ['what?* "is" <this>|', 'what_ _is_ _this_'],
  ['line\r\nbreak\u0000', 'line_break_'],
  ['  spaces and dots. . .', 'spaces and dots'],
  ['e\u0301.md', '\u00e9.md'],
  ['con', 'con_'],
  ['CON.tar.gz', 'CON_.tar.gz'],
  ['nul .txt', 'nul_ .txt'],
  ['COM¹.md', 'COM¹_.md'],
  ['lpt9', 'lpt9_'],
  ['conin$', 'conin$_'],
  ['conference.md', 'conference.md'],
  ['com10', 'com10'],
  ['half \ud83d emoji', 'half _ emoji'],
  ['.openkb-a1.tmp', '_.openkb-a1.tmp'],
  [`con${' '.repeat(300)}x`, 'con_'],
  ['', '_'],
  ['..', '_'],
  ['. ', '_'],
  ['/', '_'],
])('%j becomes %j', (text, name) => {
  expect(safeFileName(text)).toBe(name);
});

test('a long name is cut before its extension, between characters as people see them', () => {
  expect(safeFileName(`${'x'.repeat(300)}.markdown`)).toBe(`${'x'.repeat(191)}.markdown`);
  expect(safeFileName(`${'日'.repeat(100)}.md`)).toBe(`${'日'.repeat(65)}.md`);
  const family = '👩‍👩‍👧';
  const room = Math.floor((200 - 3) / Buffer.byteLength(family));
  expect(safeFileName(`${family.repeat(30)}.md`)).toBe(`${family.repeat(room)}.md`);
  // what is no extension is a part of the name
  const sentence = `No. ${'x'.repeat(300)}`;
  expect(safeFileName(sentence)).toBe(sentence.slice(0, 200));
  expect(safeFileName(`a.${'x'.repeat(300)}`)).toBe(`a.${'x'.repeat(198)}`);
  // one character of people's that is longer than the room
  const tower = safeFileName(`a${'\u0316'.repeat(300)}.md`);
  expect(Buffer.byteLength(tower)).toBeGreaterThan(190);
  expect(tower).toMatch(/^a\u0316+\.md$/u);
});

test.each([
  ['Foo.md', 'foo.MD'],
  ['é', 'e\u0301'],
  ['É', 'e\u0301'],
  ['Straße', 'STRASSE'],
  ['ẞ', 'ss'],
  ['ΟΔΟΣ', 'οδος'],
  ['ΟΔΟΣ', 'οδοσ'],
  ['\u212a', 'k'],
  ['\u2126', 'ω'],
  ['ﬁle', 'FILE'],
  ['ſ', 'S'],
  ['ᾳ', 'ΑΙ'],
  ['α\u0345\u0301', 'ᾴ'],
  ['Ꭰ', 'ꭰ'],
  ['𐐀', '𐐨'],
  ['İ', 'i\u0307'],
])('%s and %s have one key', (one, other) => {
  expect(nameKey(one)).toBe(nameKey(other));
});

test.each([
  ['ı', 'i'],
  ['e', 'é'],
  ['１', '1'],
  ['a b', 'ab'],
])('%s and %s have two', (one, other) => {
  expect(nameKey(one)).not.toBe(nameKey(other));
});

test('a key is the key of itself, and of every way to write its name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const key = nameKey(name);
      expect(nameKey(key)).toBe(key);
      expect(nameKey(name.normalize('NFC'))).toBe(key);
      expect(nameKey(name.normalize('NFD'))).toBe(key);
    }),
    { numRuns: 500 },
  );
});

test('letters that regular expressions take for one, whatever their case, have one key', () => {
  let compared = 0;
  for (let code = 0x41; code < 0x2d00; code += 1) {
    const letter = String.fromCodePoint(code);
    const alike = new RegExp(`^\\u{${code.toString(16)}}$`, 'iu');
    for (const other of [letter.toLowerCase(), letter.toUpperCase()]) {
      if (other === letter || !alike.test(other)) continue;
      compared += 1;
      expect(nameKey(letter)).toBe(nameKey(other));
    }
  }
  expect(compared).toBeGreaterThan(1000);
});

test('the first clash of two names is found, a name that is there twice too', () => {
  expect(findNameClash(['a.md', 'Straße', 'b.md', 'A.md', 'STRASSE'])).toEqual(['a.md', 'A.md']);
  expect(findNameClash(['one', 'two', 'one'])).toEqual(['one', 'one']);
  expect(findNameClash(['concepts/Foo.md', 'concepts/foo.md'])).toBeDefined();
  expect(findNameClash(['one', 'two'])).toBeUndefined();
  expect(findNameClash([])).toBeUndefined();
});

test('a temporary sibling is never a safe name', () => {
  const sibling = temporarySibling('/dir/page.md', 'a1').split('/').at(-1) ?? '';
  expect(safeFileName(sibling)).not.toBe(sibling);
});
