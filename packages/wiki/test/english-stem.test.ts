import { stemmer } from '@orama/stemmers/english';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { englishStem } from '../src/search/english-stem.ts';
import { STOP_LISTS } from '../src/search/stop-lists.ts';

const PARTS =
  'a e i o u y b s t l r n c x w z ss ll tt ing ed eed es ies sses s ation ational tional enci anci izer bli alli entli eli ousli ization ator alism iveness fulness ousness aliti iviti biliti logi icate ative alize iciti ical ful ness al ance ence er ic able ible ant ement ment ent ou ism ate iti ous ive ize sion tion ion e y é 7 - . 的'.split(
    ' ',
  );

test('stems are those of the stemmer that it stands in for', () => {
  const parts = fc
    .array(fc.constantFrom(...PARTS), { maxLength: 6 })
    .map((found) => found.join(''));
  const letters = fc.stringMatching(/^[a-z]{0,9}$/);
  fc.assert(
    fc.property(fc.oneof(parts, letters), (word) => {
      expect(englishStem(word)).toBe(stemmer(word));
    }),
    { numRuns: 20_000 },
  );
  const words = Object.values(STOP_LISTS).flatMap((list) => list.split(/\s+/));
  for (const word of words) expect(englishStem(word)).toBe(stemmer(word));
});
