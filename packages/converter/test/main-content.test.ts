import { describe, expect, test } from 'vitest';

import { convert, type ConvertOptions } from '../src/index.ts';

const words = (count: number, word: string): string =>
  `${word} words of an article, which go on, `.repeat(count);
const PAGE = `<!DOCTYPE html><html lang="en"><head><title>Why bees dance | Bee Weekly</title>
<link rel="canonical" href="https://example.org/bees">
<script type="application/ld+json">{"@graph":[{"@type":"Organization","name":"Bee Weekly"},{"@type":"NewsArticle","headline":"Why bees dance","author":[{"name":"Ada"},{"name":"Ben"}],"datePublished":"2024-05-06T07:08:09Z"}]}</script></head>
<body><nav><a href="/">Home</a><a href="/shop">Shop</a></nav>
<article><h1>Why bees dance</h1><p>${words(12, 'First')}<a href="book.html">a book</a>.</p><p>${words(12, 'Second')}</p>
<pre><code class="language-js">dance();</code></pre><p>${words(6, 'Third')}<math><mi>x</mi></math></p><img src="img/bee.png" alt="A bee"></article>
<div class="comments"><p>First!</p></div><footer>Imprint</footer></body></html>`;

const page = (html: string, options: ConvertOptions = {}) =>
  convert({ name: 'page.html', bytes: Buffer.from(html) }, options);

describe('the main content of a web page', () => {
  test('is its text without menus, comments and imprint', async () => {
    const { markdown, messages } = await page(PAGE, { mainContent: true });
    expect(markdown).toMatch(/^# Why bees dance\n\nFirst words/);
    expect(markdown).toContain('```js\ndance();\n```');
    expect(markdown).toContain('$x$');
    expect(markdown).not.toMatch(/Shop|First!|Imprint/);
    expect(messages).toEqual([]);
  });

  test('has the title, authors, date and address that the page states', async () => {
    const { title, metadata } = await page(PAGE, { mainContent: true });
    expect(title).toBe('Why bees dance');
    expect(metadata).toEqual({
      authors: ['Ada', 'Ben'],
      date: '2024-05-06T07:08:09Z',
      language: 'en',
      url: 'https://example.org/bees',
    });
  });

  test('has links and pictures that lead on from the address of the page', async () => {
    const { markdown } = await page(PAGE, { mainContent: true, url: 'https://a.b/c/d.html' });
    expect(markdown).toContain('[a book](https://a.b/c/book.html)');
    expect(markdown).toContain('![A bee](https://a.b/c/img/bee.png)');
  });

  test('is the whole page, when none stands out', async () => {
    const { markdown, messages } = await page('<p>Log in', { mainContent: true });
    expect(markdown).toBe('Log in\n');
    expect(messages.map(({ code }) => code)).toEqual(['main-content-not-found']);
  });

  test('is taken only when it is asked for', async () => {
    const { markdown } = await page(PAGE);
    expect(markdown).toMatch(/Shop[^]*First![^]*Imprint/);
  });
});

describe('the address of a page', () => {
  test.each([
    ['<a href="b">x</a>', '[x](https://a.b/c/b)'],
    ['<base href="/e/"><a href="b">x</a>', '[x](https://a.b/e/b)'],
    ['<a href="mailto:c@d">x</a>', '[x](mailto:c@d)'],
    ['<h2 id="h">Deep</h2><a href="https://a.b/c/d.html#h">x</a>', '## Deep\n\n[x](#Deep)'],
    ['<a href="http://[">x</a>', '[x](http://\\[)'],
  ])('%s', async (html, markdown) => {
    const document = await page(html, { url: 'https://a.b/c/d.html' });
    expect(document.markdown.trim()).toBe(markdown);
    expect(document.metadata.url).toBe('https://a.b/c/d.html');
  });
});

test('a picture that is loaded late is taken from where it will be', async () => {
  const { markdown } = await page(
    '<img src="data:image/gif;base64,R0lGOD" data-src="https://a.b/c.png">',
  );
  expect(markdown).toBe('![](https://a.b/c.png)\n');
});
