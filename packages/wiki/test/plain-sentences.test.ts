import fc from 'fast-check';
import { expect, test } from 'vitest';

import { isPlain, plainSentences } from '../src/search/plain-sentences.ts';

const PARTS = [
  ...Array.from('.!?"\'()[]{},-:;aAzZ09\t_*/&%$#@~`<>=+|\\^ '),
  '. ',
  '! ',
  'word ',
  'Word ',
  'U.S. ',
  'e.g. ',
  '3.4',
  '.) ',
  '..."',
];

test('sentences of plain text are those of the segmenter', () => {
  const words = fc
    .array(fc.oneof(fc.constantFrom(...PARTS), fc.string({ unit: 'grapheme-ascii' })), {
      maxLength: 16,
    })
    .map((parts) => parts.join(''));
  let plain = 0;
  fc.assert(
    fc.property(words, fc.constantFrom('en', 'de', 'fr', 'zh', 'el'), (line, language) => {
      if (!isPlain(line)) return;
      plain += 1;
      const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
      const segments = [...segmenter.segment(line)].map(({ segment }) => segment);
      expect(plainSentences(line)).toEqual(segments);
    }),
    { numRuns: 3000 },
  );
  expect(plain).toBeGreaterThan(500);
});

test('what versions of Unicode, or languages, tell differently is left to the segmenter', () => {
  for (const line of ['Yes; no.', 'Ναι.', 'Oui… non.', 'One.\nTwo.'])
    expect(isPlain(line)).toBe(false);
});
