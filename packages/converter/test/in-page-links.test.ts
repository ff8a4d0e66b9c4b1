import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { htmlToMarkdown } from '../src/html-to-markdown/html-to-markdown.ts';
import { convert } from '../src/index.ts';
import {
  corpusFiles,
  corpusSource,
  giants,
  hasCorpus,
  isThorough,
  orSkipped,
} from './support/corpus.ts';
import { fixtures } from './support/fixtures.ts';
import { deadLinks, footnotes } from './support/links.ts';

const markdownOf = async (html: string) => (await htmlToMarkdown(html)).markdown;

test('a link to nothing is told from one to a heading', () => {
  expect(deadLinks('# A *b*: c\n\n[x](#a%20b:%20C) [y](#d) [z]()')).toEqual(['#d', '(no address)']);
});

describe.each(fixtures.filter(({ name }) => /^(?:html|docx)-/.test(name)))(
  'fixture $name',
  (fixture) => {
    test('has no dead link', async () => {
      const { markdown } = await convert(await fixture.source());
      expect(deadLinks(markdown)).toEqual([]);
      expectWholeFootnotes(markdown);
    });
  },
);

describe.skipIf(!hasCorpus)(`documents of other people${orSkipped}`, () => {
  test.each(
    [...corpusFiles('html'), ...corpusFiles('docx')].filter(
      (path) => !path.includes('protected') && (isThorough || !giants.has(path)),
    ),
  )('%s has no dead link', async (path) => {
    const { markdown } = await convert(corpusSource(path));
    expect(deadLinks(markdown)).toEqual([]);
    // a syntax tree of a long text takes seconds
    if (markdown.length < 300_000) expectWholeFootnotes(markdown);
  });
});

const examples = join(dirname(fileURLToPath(import.meta.url)), '../../../examples/lighthouses');

describe.skipIf(!existsSync(examples))('the lighthouses', () => {
  const names = existsSync(examples) ? readdirSync(examples) : [];
  test.each(names.filter((name) => /\.(?:html|docx)$/.test(name)))(
    '%s has no dead link',
    async (name) => {
      const { markdown } = await convert({ name, bytes: readFileSync(join(examples, name)) });
      expect(deadLinks(markdown)).toEqual([]);
      expectWholeFootnotes(markdown);
      expect(markdown).toMatch(/\]\(#|\[\^/);
    },
  );
});

test('signs that link a heading to itself are no part of it', async () => {
  const sign = '<a id="user-content-b" href="#b"><svg></svg></a>';
  expect(await markdownOf(`<h1>${sign}Bees <a href="#b">#</a></h1><a href="#b">up</a>`)).toBe(
    '# Bees\n\n[up](#Bees)\n',
  );
});

test('anchors leave no mark, and their words stay', async () => {
  expect(await markdownOf('<h1><a name="a"></a>Bees</h1><p><a id="b">w</a>ords<a></a>')).toBe(
    '# Bees\n\nwords\n',
  );
});

test('a heading whose line holds a web link is not linked to, for readers differ on its words', async () => {
  const html = '<a href="#a">to</a><h1 id="a">Bees <a href="https://example.org">b</a></h1>';
  expect(await markdownOf(html)).toBe('to\n\n# Bees [b](https://example.org)\n');
});

test('a link around blocks leads to the heading from each', async () => {
  const markdown = await markdownOf('<a href="#a"><p>one</p><p>two</p></a><h1 id="a">Bees</h1>');
  expect(markdown).toBe('[one](#Bees)\n\n[two](#Bees)\n\n# Bees\n');
});

test('whatever a page is made of, no link within it is dead and every footnote is whole', async () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd');
  const words = fc.constantFrom(
    'Bees',
    '*x*',
    'C# (b)',
    'a_b_',
    'x\\y',
    '1.',
    '- z',
    '50% & [q]',
    '',
  );
  const piece = fc.oneof(
    fc.tuple(id, words).map(([name, text]) => `<h2 id="${name}">${text}</h2>`),
    fc.tuple(id, words).map(([name, text]) => `<li id="${name}">${text}</li>`),
    fc.tuple(id, id, words).map(([to, own, text]) => `<a href="#${to}" id="${own}">${text}</a>`),
    id.map((to) => `<sup><a href="#n${to}" id="r${to}">1</a></sup>`),
    fc
      .tuple(id, words)
      .map(([own, text]) => `<li id="n${own}">${text} <a href="#r${own}">b</a></li>`),
    fc.tuple(id, id).map(([to, own]) => `<sup><a href="#${to}" id="${own}">1</a></sup>`),
    fc
      .constantFrom(...'p,/p,ol,/ol,div,/div,b,/b,td,table,/table,blockquote,h3'.split(','))
      .map((tag) => `<${tag}>`),
    words,
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 16 }), async (pieces) => {
      const markdown = await markdownOf(pieces.join(''));
      expect(deadLinks(markdown)).toEqual([]);
      expectWholeFootnotes(markdown);
    }),
    { numRuns: 150 },
  );
});

/** Each footnote is there once and is called. */
function expectWholeFootnotes(markdown: string): void {
  const { called, given } = footnotes(markdown);
  expect(given.toSorted()).toEqual([...new Set(called)].toSorted());
}
