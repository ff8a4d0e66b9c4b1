import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { htmlToMarkdown } from '../src/html-to-markdown/html-to-markdown.ts';
import { plainText } from '../src/html-to-markdown/plain-text.ts';
import { convert } from '../src/index.ts';
import { failure } from './support/failure.ts';
import { png } from './support/images.ts';

const html = (content: string | Uint8Array) => ({ name: 'a.html', bytes: Buffer.from(content) });

describe('the charset of a page', () => {
  const words = 'Füße — “x”';
  test.each([
    ['UTF-8 without a word about it', Buffer.from(`<p>${words}`)],
    [
      'UTF-8 with a mark, against its meta',
      Buffer.from(`\uFEFF<meta charset="latin1"><p>${words}`),
    ],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF<html><p>${words}`, 'utf16le')],
    [
      'windows-1252 by its meta',
      Buffer.concat([
        Buffer.from('<meta charset=windows-1252><p>F\xfc\xdfe \x97 \x93x\x94', 'latin1'),
      ]),
    ],
  ])('%s', async (_what, bytes) => {
    expect((await convert({ name: 'a.html', bytes })).markdown).toBe(`${words}\n`);
  });
});

describe('pictures of a page', () => {
  const picture = png(40, 40);
  const page = (src: string) => ({
    ...html(`<p>a<img src="${src}" alt="b">c`),
    readAsset: (path: string) => (path === 'pics/a b.png' ? picture : undefined),
  });

  test.each(['pics/a%20b.png', './pics/a b.png?v=1#x', 'pics\\a%20b.png'])(
    'a file beside the page is taken: %s',
    async (src) => {
      const { markdown, images } = await convert(page(src));
      expect(markdown).toBe('a![b](openkb-image:a-b.png)c\n');
      expect(images.map(({ bytes }) => bytes)).toEqual([picture]);
    },
  );

  test('one in the page itself is taken', async () => {
    const { markdown, images } = await convert(
      page(`data:image/png;base64,${Buffer.from(picture).toString('base64')}`),
    );
    expect(markdown).toBe('a![b](openkb-image:image.png)c\n');
    expect(images).toHaveLength(1);
  });

  test.each(['https://example.org/a.png', '//example.org/a.png', '/etc/a.png', 'missing.png'])(
    'another stays a link: %s',
    async (src) => {
      const { markdown, images } = await convert(page(src));
      expect(markdown).toBe(`a![b](${src})c\n`);
      expect(images).toEqual([]);
    },
  );

  test('bytes that are no picture are left out and counted', async () => {
    const { markdown, messages } = await convert(page('data:image/png;base64,aGVsbG8='));
    expect(markdown).toBe('ac\n');
    expect(messages.map(({ code }) => code)).toEqual(['image-skipped']);
  });
});

test('a page over the limit is refused', async () => {
  const error = await failure(convert(html('<p>long'), { limits: { htmlBytes: 3 } }));
  expect(error).toMatchObject({ code: 'too-large' });
});

test('a page that a script writes says that it has no text', async () => {
  const { messages } = await convert(html('<html><body><script>write()</script></body></html>'));
  expect(messages.map(({ code }) => code)).toEqual(['no-text']);
});

test.each([1000, 30_000])('the words below %i elements are kept', async (depth) => {
  const { markdown } = await convert(html(`${'<div>'.repeat(depth)}<p>deep <b>words</b>`));
  expect(markdown.replaceAll('*', '').trim()).toBe('deep words');
});

describe('what Markdown has no room for', () => {
  test.each([
    [
      'a cell with blocks is one line',
      '<table><tr><th>a<tr><td><pre>x\ny</pre><ul><li>b<li>c</ul></table>',
      '| a |\n| - |\n| `x`<br>`y`<br>• b<br>• c |\n',
    ],
    ['spaces stand outside of emphasis', 'a<b> b </b>c<i> </i>d', 'a **b** c d\n'],
    ['emphasis of nothing is nothing', 'a<b></b>b', 'ab\n'],
    [
      'words are not taken for marks',
      '<p># a<p>- b<p>*c* &lt;d&gt; `e`',
      '\\# a\n\n\\- b\n\n\\*c\\* \\<d> \\`e\\`\n',
    ],
  ])('%s', async (_what, content, markdown) => {
    expect((await htmlToMarkdown(content)).markdown).toBe(markdown);
  });
});

test('the words of any markup come through, tree or no tree', async () => {
  const tag = fc.constantFrom(
    'p',
    'b',
    'i',
    'td',
    'table',
    'tr',
    'li',
    'ul',
    'h2',
    'blockquote',
    'a',
    'pre',
  );
  const piece = fc.oneof(
    fc.tuple(tag, fc.boolean()).map(([name, closing]) => `<${closing ? '/' : ''}${name}>`),
    fc.constantFrom('alpha', 'beta', 'gamma', ' ', '\n'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
      const markup = pieces.join('');
      const wanted = count(markup);
      expect(count(plainText(markup))).toBe(wanted);
      expect(count((await htmlToMarkdown(markup)).markdown)).toBe(wanted);
    }),
    { numRuns: 150 },
  );
});

function count(text: string): number {
  return text.match(/alpha|beta|gamma/g)?.length ?? 0;
}

describe('what cannot be followed or seen', () => {
  test('a link that runs a program is its words', async () => {
    const { markdown } = await convert(
      html('<p>a <a href="javascript:void(0);">b</a> <a href=" JavaScript:x()">c</a> d'),
    );
    expect(markdown).toBe('a b c d\n');
  });

  test('a link without words and a heading without words leave nothing', async () => {
    const { markdown, outline } = await convert(
      html(
        '<h1><a href="https://a.example/"></a></h1><h2> <br> </h2><p>x<a href="/b"><span></span></a></p><h2>y</h2>',
      ),
    );
    expect(markdown).toBe('x\n\n## y\n');
    expect(outline.map(({ title }) => title)).toEqual(['y']);
  });

  test('links that touch are held apart unless they are one link in parts', async () => {
    const { markdown } = await convert(
      html(
        '<p><a href="/a">one</a><a href="/b">two</a><a href="/d"></a><a href="javascript:x()">three</a> <a href="/c">fo</a><a href="/c">ur</a>',
      ),
    );
    expect(markdown).toBe('[one](/a) [two](/b) three [fo](/c)[ur](/c)\n');
  });

  test('a linked picture keeps its link', async () => {
    const { markdown } = await convert(
      html('<p><a href="https://a.example/"><img src="https://a.example/b.png" alt="c"></a></p>'),
    );
    expect(markdown).toBe('[![c](https://a.example/b.png)](https://a.example/)\n');
  });
});

test('a page in pieces is the page: every block once, in order, blocks and loose words alike', async () => {
  const blocks = fc.constantFrom(
    (id: number) => `<p>p${id}</p>`,
    (id: number) => `<h2>h${id}</h2>\n`,
    (id: number) => `<ul><li>i${id}</li></ul>`,
    (id: number) => ` w${id} `,
    (id: number) => `<b>b${id}</b>`,
    (id: number) => `<table><tr><td>c${id}</td></tr></table>`,
  );
  await fc.assert(
    fc.asyncProperty(fc.array(blocks, { minLength: 1, maxLength: 12 }), async (makers) => {
      // long enough for several pieces
      const many = Array.from({ length: 700 }, (_, id) => makers[id % makers.length]?.(id) ?? '');
      const { markdown } = await htmlToMarkdown(`<body><div>${many.join('')}</div>`);
      const found = markdown.match(/[phiwbc]\d+/g)?.map((word) => Number(word.slice(1)));
      expect(found).toEqual(many.map((_, id) => id));
      expect(markdown).not.toMatch(/[^\n]\n(?:p|## h)\d/);
      expect(markdown).not.toContain('\n\n\n');
    }),
    { numRuns: 12 },
  );
});
