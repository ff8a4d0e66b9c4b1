import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

import { expect, onTestFinished, test } from 'vitest';

import { realServices } from '../../src/compose.ts';
import { type KnowledgeBase, knowledgeBaseAt } from '../../src/knowledge-base/open.ts';
import type { Reporter } from '../../src/report/reporter.ts';
import type { GraphData } from '../../src/visualize/graph-data.ts';
import { sealed } from '../../src/visualize/seal.ts';
import { writePage } from '../../src/visualize/write-page.ts';
import { read, write } from '../helpers/knowledge-base.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';
import { five, knowledgeBase, page } from './support/wiki.ts';

const PATH = 'output/graph.html';
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const quiet = {} as Reporter;

const dataOf = (html: string) =>
  JSON.parse(
    /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? '',
  ) as GraphData;

test('the file has every page with its type, text and links, and loads nothing', async () => {
  const kb = await knowledgeBase(five);
  const { code, out } = await run(kb, ['visualize']);
  expect(code).toBe(0);
  expect(out).toContain('5 pages, 4 links');
  const html = read(kb, PATH);
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
  const html = read(kb, PATH);
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
  const html = read(kb, PATH);
  expect(html.match(/<script/g)).toHaveLength(2);
  expect(html).not.toContain('<img');
  expect(dataOf(html).pages[0]?.text).toContain(evil);
});

test('the same wiki gives the same bytes, and a second run changes nothing', async () => {
  const kb = await knowledgeBase(five);
  await run(kb, ['visualize']);
  const first = read(kb, PATH);
  const { out } = await run(kb, ['visualize', '--json']);
  expect(JSON.parse(out)).toMatchObject({ type: 'visualized', written: false, pages: 5, links: 4 });
  expect(read(kb, PATH)).toBe(first);
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
  expect(shown).toEqual([join(kb, PATH)]);
  expect(err).toContain('open "');
  expect((await run(kb, ['visualize', '--open'], { services: { showFile } })).err).toBe('');
});

test.each([
  { what: 'somebody made', mine: () => '<p>mine</p>' },
  { what: 'somebody changed', mine: (kb: string) => `${read(kb, PATH)}<p>mine</p>\n` },
])('a file that $what gets another name, and undo gives it its own', async ({ mine }) => {
  const kb = await knowledgeBase(five);
  await run(kb, ['visualize']);
  const own = mine(kb);
  write(kb, { [PATH]: own, 'output/graph-2.html': 'another' });
  const { code, out, err } = await run(kb, ['visualize', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ written: true, kept: 'output/graph-3.html' });
  expect(err).toContain('"output/graph.html" was not as');
  expect(read(kb, PATH)).toContain('<canvas');
  expect(read(kb, 'output/graph-3.html')).toBe(own);
  expect(read(kb, 'output/graph-2.html')).toBe('another');
  await run(kb, ['undo', '--yes']);
  expect(read(kb, PATH)).toBe(own);
  expect(existsSync(join(kb, 'output/graph-3.html'))).toBe(false);
});

test('a page that was written is renewed under its name when the wiki changes', async () => {
  const kb = await knowledgeBase(five);
  await run(kb, ['visualize']);
  write(kb, { 'wiki/concepts/new.md': page('Concept', 'New', 'x') });
  const { code, out } = await run(kb, ['visualize']);
  expect([code, out]).toEqual([0, expect.stringContaining('6 pages')]);
  expect(dataOf(read(kb, PATH)).pages).toHaveLength(6);
});

test.each(['directory', 'symbolic link'])(
  'a %s where the page goes is named, and left',
  async (kind) => {
    const kb = await knowledgeBase(five);
    if (kind === 'directory') mkdirSync(join(kb, PATH));
    else symlinkSync('/etc/hostname', join(kb, PATH));
    const { code, err } = await run(kb, ['visualize']);
    expect(code).toBe(1);
    expect(err).toContain(`a ${kind} is there`);
    expect(lstatSync(join(kb, PATH)).isFile()).toBe(false);
  },
);

test('what somebody writes in the moment before the page is written stays', async () => {
  const kb = await knowledgeBase(five);
  await run(kb, ['visualize']);
  const base = knowledgeBaseAt(realServices(), kb, 'test');
  let looks = 0;
  const bytes = (path: string) => {
    const found = base.files.bytes(path);
    looks += 1;
    if (looks === 3) write(kb, { [PATH]: 'mine' });
    return found;
  };
  const files = { ...base.files, bytes };
  const watched = Object.create(base, { files: { value: files } }) as KnowledgeBase;
  const { signal } = new AbortController();
  const lock = { wait: 0, reporter: quiet, signal };
  const writing = writePage(watched, lock, sealed('new'));
  await expect(writing).rejects.toMatchObject({ code: 'conflict' });
  expect(looks).toBe(3);
  expect(read(kb, PATH)).toBe('mine');
});

test('a picture behind a link is not put into the page, nor into an export', async () => {
  const kb = await knowledgeBase({
    ...five,
    'concepts/seen.md': page('Concept', 'Seen', '![a](../elsewhere/a.png)'),
  });
  const outside = temporaryDirectory(onTestFinished);
  write(outside, { 'a.png': PNG, 'images/b.png': PNG });
  symlinkSync(outside, join(kb, 'wiki/elsewhere'));
  rmSync(join(kb, 'wiki/sources'), { recursive: true });
  symlinkSync(outside, join(kb, 'wiki/sources'));
  expect((await run(kb, ['visualize'])).code).toBe(0);
  expect(dataOf(read(kb, PATH)).pictures).toEqual([]);
  expect((await run(kb, ['export', 'okf', join(outside, 'okf')])).code).toBe(0);
  expect(existsSync(join(outside, 'okf/sources/images/b.png'))).toBe(false);
});

test('a directory that cannot be written is named', async () => {
  const kb = await knowledgeBase(five);
  rmSync(join(kb, 'output'), { recursive: true });
  write(kb, { output: 'a file' });
  const { code, err } = await run(kb, ['visualize']);
  expect(code).toBe(1);
  expect(err).toContain('output');
  expect(err).not.toContain('unexpected');
  expect(read(kb, 'output')).toBe('a file');
});

test('broken front matter, bytes that are no text, and a lost registry leave no page out', async () => {
  const kb = await knowledgeBase({
    ...five,
    'concepts/broken.md': '---\ntitle: [\n  "x\n---\n\n# Broken\n',
    'concepts/open.md': '---\ntitle: x\n',
    'concepts/bytes.md': Uint8Array.of(0xff, 0xfe, 0x00, 0x41),
    'concepts/empty.md': '',
  });
  write(kb, { '.openkb/hashes.json': '{' });
  expect(await run(kb, ['visualize'])).toMatchObject({ code: 0, err: '' });
  const titles = dataOf(read(kb, PATH)).pages.map(({ title }) => title);
  expect(titles).toEqual(expect.arrayContaining(['Broken', 'open', 'bytes', 'empty']));
  expect(titles).toHaveLength(9);
});
