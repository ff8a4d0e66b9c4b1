/* What the panel shows of a page besides its text, from a knowledge base on disk, in a real browser. */
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { write } from '../helpers/knowledge-base.ts';
import { run } from '../helpers/run.ts';
import { closeBrowser, noBrowser, openFile, where } from './support/browser.ts';
import { five, knowledgeBase } from './support/wiki.ts';

afterAll(closeBrowser);

const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

async function shown(body: string) {
  const kb = await knowledgeBase({
    ...five,
    'summaries/report.md': `---\ntype: "Summary"\ntitle: "Report"\nfull_text: "sources/report.md"\n---\n\n# Report\n\n${body}\n`,
    'concepts/oil.md':
      '---\ntype: "Concept"\ntitle: "Oil"\nsources: ["summaries/report.md", "somewhere else"]\n---\n\n# Oil\n',
    'sources/report.md': '# Report\n',
    'sources/images/dot.png': DOT,
    'sources/images/large.png': Buffer.concat([DOT, Buffer.alloc(300_000)]),
    'sources/images/text.png': '<svg onload="window.ran = 1">',
  });
  const entry = { name: 'a.pdf', doc_name: 'report', raw_path: 'raw/a report.pdf' };
  const outside = { name: 'b.pdf', doc_name: 'lamps', raw_path: 'raw/../../b.pdf' };
  write(kb, {
    'raw/a report.pdf': '%PDF',
    '../b.pdf': '%PDF',
    '.openkb/hashes.json': JSON.stringify({ a: entry, b: outside }),
  });
  const { err } = await run(kb, ['visualize']);
  expect(err).toBe('');
  const view = await openFile(join(kb, 'output/graph.html'));
  const open = async (title: string) => {
    await view.fill('#search', title);
    await view.keyboard.press('Enter');
    expect(await view.locator('#text h1').textContent()).toBe(title);
  };
  return { view, open };
}

test.skipIf(noBrowser)(
  `sources are pages and files that can be opened, and otherwise named${where}`,
  async () => {
    const { view, open } = await shown('');
    const sources = view.locator('#sources li');
    await open('Oil');
    expect(await sources.allTextContents()).toEqual(['Report', 'somewhere else']);
    await sources.getByRole('button').click();
    expect(await view.locator('#text h1').textContent()).toBe('Report');
    expect(await sources.allTextContents()).toEqual(['raw/a report.pdf', 'sources/report.md']);
    const address = (n: number) => sources.nth(n).locator('a').getAttribute('href');
    expect(await address(0)).toBe('../raw/a%20report.pdf');
    expect(await address(1)).toBe('../wiki/sources/report.md');
    // an original outside of raw/ is not linked
    await open('On lamps');
    expect(await sources.count()).toBe(0);
  },
);

test.skipIf(noBrowser)(
  `small pictures are in the page; others are linked by their names${where}`,
  async () => {
    const { view, open } = await shown(
      ['![A dot](../sources/images/dot.png)', '![Large](../sources/images/large.png)']
        .concat('![Text](../sources/images/text.png) ![Gone](../gone.png)')
        .concat('[the text](../sources/report.md) [up](../../../secret)')
        .join('\n\n'),
    );
    await open('Report');
    const image = view.locator('#text img');
    expect(
      await image.evaluateAll((all: { alt: string; naturalWidth: number }[]) =>
        all.map(({ alt, naturalWidth }) => [alt, naturalWidth]),
      ),
    ).toEqual([['A dot', 1]]);
    const links = await view
      .locator('#text a')
      .evaluateAll((all: { textContent: string; getAttribute(name: string): string }[]) =>
        all.map((one) => [one.textContent, one.getAttribute('href')]),
      );
    expect(links).toEqual([
      ['[picture: Large]', '../wiki/sources/images/large.png'],
      ['[picture: Text]', '../wiki/sources/images/text.png'],
      ['the text', '../wiki/sources/report.md'],
    ]);
    expect(await view.locator('#text .missing').allTextContents()).toEqual(['up']);
  },
);

test.skipIf(noBrowser)(
  `Markdown becomes headings, tables, lists, quotes and code${where}`,
  async () => {
    const body =
      '## Part\n\n| a | b |\n|---|---|\n| 1 | [[concepts/oil\\|x]] |\n\n- one\n  - two\n\n1. first\n\n> said\n\n```js\nconst a = "<b>";\n```\n\n**bold** *soft* ~~gone~~ `code`';
    const { view, open } = await shown(body);
    await open('Report');
    const text = view.locator('#text');
    expect(await text.getByRole('heading', { level: 2 }).textContent()).toBe('Part');
    expect(await text.getByRole('cell').allTextContents()).toEqual(['1', 'x']);
    expect(await text.locator('li li').textContent()).toBe('two');
    expect(await text.locator('ol li').textContent()).toBe('first');
    expect(await text.locator('blockquote').textContent()).toBe('said');
    expect(await text.locator('pre').textContent()).toBe('const a = "<b>";');
    expect(await text.locator('p strong, p em, p del, p code').allTextContents()).toEqual([
      'bold',
      'soft',
      'gone',
      'code',
    ]);
  },
);
