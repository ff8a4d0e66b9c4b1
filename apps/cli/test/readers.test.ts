/* oxlint-disable no-await-in-loop -- one command after the other */
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { tree, write } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

const LAMP = `# The Argand lamp

The Argand lamp is an oil lamp with a hollow wick. The Argand lamp was made by Aimé Argand in 1780.
Aimé Argand gave the lamp a glass chimney. The Argand lamp burns brighter than ten candles.
`;

async function filled(): Promise<string> {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'lamp.md': LAMP });
  await run(dir, ['init', 'kb']);
  await run(dir, ['add', '--kb', 'kb', 'lamp.md']);
  return join(dir, 'kb');
}

interface Passages {
  readonly passages: { readonly page: string; readonly sentence: string; readonly text: string }[];
}

const passages = (out: string) => (JSON.parse(out) as Passages).passages;

test('search finds the passages that have the words, best first, with their pages', async () => {
  const kb = await filled();
  const { code, out, err } = await run(kb, ['search', 'glass', 'chimney', '--json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const found = passages(out);
  expect(found.length).toBeGreaterThan(0);
  expect(found[0]?.sentence).toContain('glass chimney');
  expect(found.every(({ page }) => /^wiki\/\w+\/[\w-]+\.md$/.test(page))).toBe(true);
});

test('search keeps to the types and the number that are asked for', async () => {
  const kb = await filled();
  const only = await run(kb, ['search', 'lamp', '--type', 'concept', '--type', 'entity', '--json']);
  expect(passages(only.out).length).toBeGreaterThan(0);
  expect(passages(only.out).every(({ page }) => /^wiki\/(?:concepts|entities)\//.test(page))).toBe(
    true,
  );
  expect(passages((await run(kb, ['search', 'lamp', '--top', '1', '--json'])).out)).toHaveLength(1);
});

test('a question for a definition is answered by it first, and no passage is shown twice', async () => {
  const kb = await filled();
  const { out } = await run(kb, ['query', 'What is the Argand lamp?', '--json']);
  const found = passages(out);
  expect(found[0]).toMatchObject({
    page: 'wiki/concepts/argand-lamp.md',
    text: expect.stringContaining('The Argand lamp is an oil lamp with a hollow wick.'),
  });
  expect(new Set(found.map(({ text }) => text)).size).toBe(found.length);
  const human = await run(kb, ['query', 'What is the Argand lamp?']);
  expect(human.out).toMatch(
    /^1\. Argand lamp {2}wiki\/concepts\/argand-lamp\.md:\d+\n {3}The Argand lamp is an oil lamp/i,
  );
});

test('a long document is found with the page of the source', async () => {
  const kb = await filled();
  const pages = [
    { page: 1, content: 'About bells.', images: [] },
    { page: 2, content: 'The zanthoxylum grows on the quay.', images: [] },
  ];
  write(kb, { 'wiki/sources/long.json': JSON.stringify(pages) });
  const { out } = await run(kb, ['search', 'zanthoxylum', '--json']);
  expect(passages(out)[0]).toMatchObject({ page: 'wiki/sources/long.json', sourcePage: 2 });
  expect((await run(kb, ['search', 'zanthoxylum'])).out).toContain(
    'wiki/sources/long.json, page 2',
  );
});

test('a page that is no text, and a source that is no JSON, do not stop a search', async () => {
  const kb = await filled();
  write(kb, {
    'wiki/concepts/odd.md': Buffer.from([0xff, 0xfe, 0x00, 0x41]),
    'wiki/sources/odd.json': '{',
  });
  expect((await run(kb, ['search', 'chimney'])).code).toBe(0);
});

test('nothing found is said, and is no failure', async () => {
  const kb = await filled();
  expect(await run(kb, ['search', 'zanthoxylum'])).toEqual({
    code: 0,
    out: '',
    err: 'Nothing found for "zanthoxylum".',
  });
  expect(passages((await run(kb, ['query', 'zanthoxylum', '--json'])).out)).toEqual([]);
});

test('an empty knowledge base says what to do', async () => {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init']);
  expect((await run(dir, ['search', 'x'])).err).toContain("add documents with 'openkb add'");
  expect((await run(dir, ['list'])).err).toContain("add some with 'openkb add'");
  expect(await run(dir, ['search', ''])).toMatchObject({ code: 2 });
});

test('list shows documents with their sources, and counts pages; -v names them', async () => {
  const kb = await filled();
  const { out } = await run(kb, ['list']);
  expect(out).toMatch(
    /^DOCUMENT +TYPE +PAGES +FROM\nlamp +md +\/.*\/lamp\.md\n\n1 document, \d+ concepts?, \d+ entit/,
  );
  expect((await run(kb, ['list', '-v'])).out).toMatch(/\nconcepts\n {2}argand-lamp/);
  expect(JSON.parse((await run(kb, ['list', '--json'])).out)).toMatchObject({
    type: 'list',
    documents: [{ name: 'lamp', type: 'md', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    concepts: expect.arrayContaining(['argand-lamp']),
  });
});

test('status counts pages, sizes and what is unfinished', async () => {
  const kb = await filled();
  const status: unknown = JSON.parse((await run(kb, ['status', '--json'])).out);
  expect(status).toMatchObject({
    type: 'status',
    root: kb,
    documents: 1,
    pages: { summaries: 1 },
    unfinished: [],
    setAside: [],
    disk: { raw: Buffer.byteLength(LAMP) },
  });
  expect((await run(kb, ['status'])).out).toMatch(/documents +1\n/);
});

test('reading changes nothing', async () => {
  const kb = await filled();
  const before = tree(kb);
  for (const args of [
    ['list'],
    ['status'],
    ['search', 'lamp'],
    ['query', 'lamp'],
    ['recover', '--list'],
  ])
    expect((await run(kb, args)).code).toBe(0);
  expect(tree(kb)).toEqual(before);
});
