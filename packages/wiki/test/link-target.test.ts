import fc from 'fast-check';
import { expect, test } from 'vitest';

import { linkResolver, normaliseTarget } from '../src/index.ts';
import { text } from './arbitraries.ts';

test.each([
  ['concepts/Self_Attention.md', 'concepts/self-attention'],
  ['Concepts/Self Attention#Why', 'concepts/self-attention'],
  ['/wiki/concepts/self-attention', 'concepts/self-attention'],
  ['./concepts\\self--attention', 'concepts/self-attention'],
  ['concepts/ｓelf-attention', 'concepts/self-attention'],
])('"%s" is matched as "%s"', (target, normalised) => {
  expect(normaliseTarget(target)).toBe(normalised);
});

test('normalising twice is normalising once', () => {
  fc.assert(
    fc.property(text(), (target) => {
      const once = normaliseTarget(target);
      expect(normaliseTarget(once)).toBe(once);
    }),
  );
});

test('the exact page comes before the one that is spelled alike', () => {
  const resolve = linkResolver(['summaries/a_b.md', 'summaries/a-b.md']);
  expect(resolve('summaries/a_b')).toBe('summaries/a_b.md');
  expect(resolve('summaries/a-b.md')).toBe('summaries/a-b.md');
  expect(resolve('summaries/A b')).toBeUndefined();
});

test('a target without a folder means the one page of that name', () => {
  const resolve = linkResolver(['concepts/attention.md', 'concepts/bert.md', 'entities/bert.md']);
  expect(resolve('Attention')).toBe('concepts/attention.md');
  expect(resolve('attention#Why')).toBe('concepts/attention.md');
  expect(resolve('bert')).toBeUndefined();
  expect(resolve('entities/BERT')).toBe('entities/bert.md');
});

test('a name that begins like another does not match it', () => {
  const resolve = linkResolver(['summaries/doc-2.md']);
  expect(resolve('summaries/doc')).toBeUndefined();
  expect(resolve('doc')).toBeUndefined();
});

test('a source kept by pages is found with and without its extension', () => {
  const resolve = linkResolver(['sources/a.json']);
  expect(resolve('sources/a')).toBe('sources/a.json');
  expect(resolve('sources/a.json')).toBe('sources/a.json');
});

test('an empty target means no page', () => {
  expect(linkResolver(['.md', 'a.md'])('')).toBeUndefined();
  expect(linkResolver(['a.md'])('#h')).toBeUndefined();
});
