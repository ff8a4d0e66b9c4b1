import fc from 'fast-check';
import { expect, test } from 'vitest';

import { slugOf } from '../src/index.ts';
import { text } from './arbitraries.ts';

test.each([
  ['Multi-Head Attention', 'multi-head-attention'],
  ['  self_attention  ', 'self-attention'],
  ['Moore’s law', 'moores-law'],
  ["L'Hôpital", 'l-hôpital'],
  ['C++', 'cpp'],
  ['C#', 'c-sharp'],
  ['GPT-4.5 (preview)', 'gpt-4-5-preview'],
  ['自注意力机制', '自注意力机制'],
  ['ＡＢＣ　１２', 'abc-12'],
  ['İstanbul', 'istanbul'],
  ['हिन्दी भाषा', 'हिन्दी-भाषा'],
  ['a/b\\c:d|e#f^g[h]', 'a-b-c-d-e-f-g-h'],
])('the slug of "%s" is "%s"', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test.each(['con', 'PRN', 'Aux', 'nul', 'COM1', 'lpt9', 'com¹', 'Index', 'log'])(
  'the reserved name "%s" gets another slug',
  (name) => {
    expect(slugOf(name)).toBe(`${name.normalize('NFKC').toLowerCase()}-page`);
  },
);

test('names without a letter or digit have slugs of their own', () => {
  expect(slugOf('???')).toMatch(/^page-[0-9a-f]{8}$/);
  expect(slugOf('???')).not.toBe(slugOf('!!!'));
  expect(slugOf('')).toMatch(/^page-[0-9a-f]{8}$/);
});

test('two long names that differ only at their end have two slugs of at most 200 bytes', () => {
  const long = '注意力'.repeat(100);
  expect(slugOf(`${long}甲`)).not.toBe(slugOf(`${long}乙`));
  expect(Buffer.byteLength(slugOf(`${long}甲`))).toBeLessThanOrEqual(200);
});

test('a slug is safe in Obsidian and on Windows, fits into 200 bytes and is its own slug', () => {
  fc.assert(
    fc.property(fc.oneof(text(), text(400), fc.string({ unit: 'grapheme' })), (name) => {
      const slug = slugOf(name);
      expect(slug).toMatch(/^[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*$/u);
      expect(slug).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d|index|log)$/);
      expect(Buffer.byteLength(slug)).toBeLessThanOrEqual(200);
      expect(slug).not.toMatch(/\p{Cs}/u);
      expect(slug.normalize('NFKC').toLowerCase()).toBe(slug);
      expect(slugOf(slug)).toBe(slug);
    }),
    { numRuns: 500 },
  );
});
