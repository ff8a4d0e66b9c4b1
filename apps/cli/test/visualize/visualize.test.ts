import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Script } from 'node:vm';

import { expect, onTestFinished, test } from 'vitest';

import type { GraphData } from '../../src/visualize/graph-data.ts';
import { read, write } from '../helpers/knowledge-base.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';

async function knowledgeBase(pages: Readonly<Record<string, string>>): Promise<string> {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', 'kb']);
  const wiki = Object.entries(pages).map(([path, text]) => [`wiki/${path}`, text]);
  write(join(dir, 'kb'), Object.fromEntries(wiki));
  return join(dir, 'kb');
}

const page = (type: string, title: string, body: string) =>
  `---\ntype: "${type}"\ntitle: "${title}"\n---\n\n# ${title}\n\n${body}\n`;

const five = {
  'summaries/lamps.md': page('Summary', 'On lamps', 'It is about [[concepts/lamp|a lamp]].'),
  'concepts/lamp.md': page('Concept', 'Lamp', 'See [[entities/argand]] and [[summaries/lamps]].'),
  'concepts/lens.md': page('Concept', 'Lens', 'A lens is before a [[lamp]]; [[concepts/gone]].'),
  'entities/argand.md': page('Person', 'Aimé Argand', 'He made the [[concepts/lamp]].'),
  'explorations/why.md': page('Exploration', 'Why?', 'Because of the [[concepts/lens]].'),
};

const dataOf = (html: string) =>
  JSON.parse(
    /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? '',
  ) as GraphData;

test('the file has every page with its type, text and links, and loads nothing', async () => {
  const kb = await knowledgeBase(five);
  const { code, out } = await run(kb, ['visualize']);
  expect(code).toBe(0);
  expect(out).toContain('5 pages, 4 links');
  const html = read(kb, 'output/graph.html');
  const data = dataOf(html);
  expect(data.kinds).toEqual([
    { name: 'Documents', pages: 1 },
    { name: 'Concepts', pages: 2 },
    { name: 'Entities', pages: 1 },
    { name: 'Explorations', pages: 1 },
    { name: 'Other pages', pages: 0 },
  ]);
  expect(data.pages.map(({ path, title, kind, type }) => [path, title, kind, type])).toEqual([
    ['concepts/lamp.md', 'Lamp', 1, 'Concept'],
    ['concepts/lens.md', 'Lens', 1, 'Concept'],
    ['entities/argand.md', 'Aimé Argand', 2, 'Person'],
    ['explorations/why.md', 'Why?', 3, 'Exploration'],
    ['summaries/lamps.md', 'On lamps', 0, 'Summary'],
  ]);
  expect(data.pages[1]?.links).toEqual({ lamp: 0 });
  expect(data.pages[1]?.text).toContain('A lens is before');
  expect(html).not.toMatch(/(?:src|href)="(?!data:,")/);
  expect(html).toContain("default-src 'none'");
});

const hash = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('the policy of the page allows its own script and style, and no other', async () => {
  const kb = await knowledgeBase(five);
  await run(kb, ['visualize']);
  const html = read(kb, 'output/graph.html');
  const script = /<script>(.*?)<\/script>/s.exec(html)?.[1];
  const style = /<style>(.*?)<\/style>/s.exec(html)?.[1];
  expect(html).toContain(`script-src ${hash(script)}; style-src ${hash(style)};`);
  // it is one program, in which no name is taken twice
  expect(() => new Script(script ?? '(')).not.toThrow();
});

test('a page cannot end the data that it is in, nor a name the title', async () => {
  const evil = '</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)>';
  const kb = await knowledgeBase({ 'concepts/evil.md': page('Concept', 'Evil', evil) });
  await run(kb, ['visualize']);
  const html = read(kb, 'output/graph.html');
  expect(html.match(/<script/g)).toHaveLength(2);
  expect(html).not.toContain('<img');
  expect(dataOf(html).pages[0]?.text).toContain(evil);
});

test('the same wiki gives the same bytes, and a second run changes nothing', async () => {
  const kb = await knowledgeBase(five);
  await run(kb, ['visualize']);
  const first = read(kb, 'output/graph.html');
  const { out } = await run(kb, ['visualize', '--json']);
  expect(JSON.parse(out)).toMatchObject({ type: 'visualized', written: false, pages: 5, links: 4 });
  expect(read(kb, 'output/graph.html')).toBe(first);
});

test('an empty wiki gives an empty graph', async () => {
  const kb = await knowledgeBase({});
  expect((await run(kb, ['visualize'])).out).toContain('0 pages, 0 links');
});

test('--open shows the file, and says so where nothing shows it', async () => {
  const kb = await knowledgeBase(five);
  const shown: string[] = [];
  const showFile = (path: string) => Promise.resolve(shown.push(path) > 1);
  const { err } = await run(kb, ['visualize', '--open'], { services: { showFile } });
  expect(shown).toEqual([join(kb, 'output/graph.html')]);
  expect(err).toContain('open "');
  expect((await run(kb, ['visualize', '--open'], { services: { showFile } })).err).toBe('');
});
