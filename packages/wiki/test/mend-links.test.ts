import fc from 'fast-check';
import { expect, test } from 'vitest';

import { linkResolver, mendLinks, parseLinks, splitFrontMatter } from '../src/index.ts';
import { markdown } from './arbitraries.ts';

const PAGES = ['concepts/gist-memory.md', 'summaries/a.md', 'sources/a.md', 'sources/big.json'];
const resolve = linkResolver(PAGES);

test.each([
  ['to [[concepts/gone]].', 'to gone.'],
  ['to [[concepts/gone|those words]].', 'to those words.'],
  ['![[concepts/gone-too]]', 'gone too'],
  ['[[summaries/a]] [[summaries/a.md]] [[#top]] [[picture.png]] ![[b.pdf]]', undefined],
  ['[[Concepts/Gist_Memory]]', '[[concepts/gist-memory|Gist Memory]]'],
  ['[[concepts/gist_memory]]', '[[concepts/gist-memory]]'],
  ['[[Gist Memory#Use|it]]', '[[concepts/gist-memory#Use|it]]'],
  ['[[gist-memory]]', undefined],
  [
    '| [[Gist Memory]] | [[Gist_memory\\|it]] |',
    '| [[concepts/gist-memory\\|Gist Memory]] | [[concepts/gist-memory\\|it]] |',
  ],
  ['`[[concepts/gone]]`', undefined],
  [
    '<!-- keep -->[[concepts/gone]]<!-- /keep --> [[concepts/gone]]',
    '<!-- keep -->[[concepts/gone]]<!-- /keep --> gone',
  ],
  [
    '---\nsee: ["[[concepts/gone]]"]\n---\n[[concepts/gone]]\r\n',
    '---\nsee: ["[[concepts/gone]]"]\n---\ngone\r\n',
  ],
  ['[[[[concepts/gone]]]]', 'gone'],
])('the links of %j are %j', (text, mended = text) => {
  expect(mendLinks(text, resolve)).toBe(mended);
});

test('mended links lead to pages as these are spelled, other words stay, and mending again changes nothing', () => {
  const target = fc.constantFrom(
    'concepts/gone',
    'Summaries/A',
    'gist memory',
    'summaries/a',
    'a',
    'sources/BIG',
    'x|y',
    'big|z',
  );
  const piece = fc.oneof(
    markdown,
    target.map((one) => `[[${one}]]`),
    fc.constantFrom(
      '[',
      ']',
      '|',
      '`',
      '\n',
      '---\n',
      '![[gone]]',
      '<!-- keep -->',
      '<!-- /keep -->',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const mended = mendLinks(text, resolve);
      expect(mendLinks(mended, resolve)).toBe(mended);
      expect(splitFrontMatter(mended).block).toBe(splitFrontMatter(text).block);
      if (text.includes('keep')) return;
      const pages = parseLinks(mended).filter((link) => !/^$|\.\w+$/.test(link.target));
      expect(pages.filter((link) => resolve(link.target) === undefined)).toEqual([]);
    }),
    { numRuns: 400 },
  );
});
