import fc from 'fast-check';
import { expect, test } from 'vitest';

import { linkTarget, pagePath, pathKey } from '../src/index.ts';
import { text } from './arbitraries.ts';

test('a page path names its folder and ends in .md', () => {
  expect(pagePath('concepts', 'attention')).toBe('concepts/attention.md');
});

test('the link target of a page is its path without the extension', () => {
  expect(linkTarget('concepts/attention.md')).toBe('concepts/attention');
  expect(linkTarget('concepts/a.MD')).toBe('concepts/a');
  expect(linkTarget('sources/a.json')).toBe('sources/a.json');
});

test.each([
  ['concepts/Attention.md', 'concepts/attention.md'],
  ['concepts/caf\u00e9.md', 'concepts/cafe\u0301.md'],
  ['concepts/Straße.md', 'concepts/STRASSE.md'],
  ['concepts/ΟΔΟΣ.md', 'concepts/οδος.md'],
])('"%s" and "%s" clash on a disk that ignores case', (a, b) => {
  expect(pathKey(a)).toBe(pathKey(b));
});

test('the dotless i of Turkish is another letter', () => {
  expect(pathKey('concepts/kıl.md')).not.toBe(pathKey('concepts/kil.md'));
});

test('a path key is its own key', () => {
  fc.assert(
    fc.property(text(), (path) => {
      expect(pathKey(pathKey(path))).toBe(pathKey(path));
    }),
  );
});
