import fc from 'fast-check';
import { expect, test } from 'vitest';

import { buildSegment, detectLanguage, passagesOfPage, searchedPage } from '../src/index.ts';
import { isOneEditApart } from '../src/search/edit-distance.ts';
import { nearEntries } from '../src/search/near-entries.ts';
import { entryCount, entryText, wordOfEntry } from '../src/search/segment.ts';
import { splitText } from '../src/search/split-text.ts';
import { UNKNOWN, Vocabulary } from '../src/search/vocabulary.ts';
import { wholeWords } from '../src/search/words.ts';
import { text } from './arbitraries.ts';

/** Characters and words that a table of characters may judge otherwise than the properties of Unicode. */
const PIECES = [
  ..."a b c f C F 1 9 - . + # ' ’ é ß İ ﬁ ² ª Ⅷ — … “ ” € 🎉 𝐝 的 ー カ ひ ก ន 신 한 ї р ا ש ि ა Ω ꙮ".split(
    ' ',
  ),
  ..."c++ f# C#, it's 4.5 a-b ... --x the der una 注意力机制 カタカナ การเรียนรู้ 신경망은".split(' '),
  ' ',
  '  ',
  '\n',
  '\u00A0',
  '\u0301',
  '\u200D',
  '\u2028',
  '\uD83D',
  '\uDC00',
  'x'.repeat(63),
  'y'.repeat(64),
  'z'.repeat(65),
  'w'.repeat(501),
  'a-'.repeat(25),
];
const pieces = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 40 })
  .map((parts) => parts.join(''));
const anyText = fc.oneof(pieces, text(60), fc.string({ unit: 'binary' }));

/** The same by the pattern alone, as it stood before there was a table; segmented scripts are cut as they are there. */
function byPattern(words: string): string[] {
  const spaceless = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]`;
  const letters = String.raw`[[\p{L}\p{M}\p{N}]--${spaceless}]{1,500}`;
  const pattern = new RegExp(
    String.raw`${spaceless}[${spaceless}\p{M}]{0,500}|(?<![\p{L}\p{N}])[cf](?:\+\+|#)|${letters}(?:[\-'.]${letters}){0,20}`,
    'gv',
  );
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
  const folded = words.normalize('NFKC').toLowerCase().replaceAll('’', "'");
  return [...folded.matchAll(pattern)].flatMap(([run]) =>
    new RegExp(`^${spaceless}`, 'v').test(run)
      ? [...segmenter.segment(run)].map(({ segment }) => segment)
      : [spacedWord(run)],
  );
}

function spacedWord(run: string): string {
  const whole = run.slice(0, 256).replace(/'s$/, '');
  return /^\p{Script=Hangul}{3,}$/u.test(whole) ? whole : whole.slice(0, 64);
}

test('words are those of the pattern, whatever the table of characters tells of itself', () => {
  fc.assert(
    fc.property(anyText, (words) => {
      expect(wholeWords(words, 'en')).toEqual(byPattern(words));
    }),
    { numRuns: 2000 },
  );
});

test('letters that are no ASCII are counted by their script, among any others', () => {
  const latin = 'the quick fox is of the ';
  expect(detectLanguage(`${latin}${'и в не на что с по '.repeat(3)}`)).toBe('ru');
  expect(detectLanguage(`${latin.repeat(9)}и в не на что с по`)).toBe('en');
  expect(detectLanguage('der 𝐝𝐞𝐫 und das Haus')).toBe('de');
});

test('a vocabulary numbers words in the order in which they come, however many there are', () => {
  const words = Array.from({ length: 9000 }, (_, n) => `word${n}é`);
  const vocabulary = new Vocabulary();
  for (const [n, word] of words.entries()) {
    const line = `- ${word}, `;
    expect(vocabulary.find(line, 2, 2 + word.length)).toBe(UNKNOWN);
    expect(vocabulary.numberOf(line, 2, 2 + word.length)).toBe(n);
  }
  expect(vocabulary.size).toBe(words.length);
  for (const [n, word] of words.entries()) {
    expect(vocabulary.numberOf(word, 0, word.length)).toBe(n);
    expect(vocabulary.word(n)).toBe(word);
  }
});

test('near words are found by their bytes as by their letters', () => {
  const letter = fc.constantFrom('a', 'b', 'e', 'é', 'ж', '的', '𝐝');
  const word = fc.array(letter, { minLength: 1, maxLength: 7 }).map((found) => found.join(''));
  let near = 0;
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), word, (words, wanted) => {
      const page = `# ${words[0]}\n\n${words.join(' ')}\n`;
      const pages = [searchedPage('concepts/a.md', passagesOfPage('concepts/a.md', page))];
      const segment = buildSegment(pages, 'en');
      const known = Array.from({ length: entryCount(segment) }, (_, n) =>
        wordOfEntry(entryText(segment, n)),
      );
      for (const language of new Set(known.map((one) => one.language))) {
        const expected = [...known.keys()]
          .filter((n) => known[n]?.language === language)
          .filter((n) => isOneEditApart(wanted, known[n]?.word ?? ''));
        const found = [...nearEntries(segment, wanted, language)];
        expect(found).toEqual(expected);
        near += found.length;
      }
    }),
    { numRuns: 400 },
  );
  expect(near).toBeGreaterThan(100);
});

test('a text is cut behind the last stop in reach, as a pattern finds it', () => {
  const piece = fc.constantFrom(
    '.',
    '!',
    '?',
    '"',
    ')',
    "'",
    ']',
    ' ',
    '\n',
    '\t',
    '\u3000',
    '。',
    '；',
    'a',
    'bc',
    'é',
    '😀',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 60 }),
      fc.integer({ min: 1, max: 12 }),
      (parts, limit) => {
        const whole = parts.join('');
        const cuts = splitText(whole, limit);
        expect(cuts.map((one) => one.text).join('')).toBe(whole);
        for (const { text: cut, start } of cuts.slice(0, -1)) {
          const window = whole.slice(start, start + limit);
          const stops = [...window.matchAll(/[.!?]["')\]]?\s|[。！？；]|\n/g)];
          const stop = Math.max(0, ...stops.map(({ index, 0: match }) => index + match.length));
          expect(cut).toBe(stop > window.length / 3 ? window.slice(0, stop) : cut);
        }
      },
    ),
    { numRuns: 1000 },
  );
});
