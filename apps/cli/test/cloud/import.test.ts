/** `openkb add --from-pageindex-cloud` against a fake of the service, on the real disk. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { handbook, type NewDocument, samplePages } from '@openkb/test-kit/pageindex-server';
import { expect, onTestFinished, test } from 'vitest';

import { startCloud } from '../helpers/cloud.ts';
import { faults, read, sha256, tree, write } from '../helpers/knowledge-base.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';

async function started(documents: readonly NewDocument[], options = {}) {
  const dir = temporaryDirectory(onTestFinished);
  const { server, services } = await startCloud(onTestFinished, { documents, ...options });
  expect((await run(dir, ['init', 'kb'])).code).toBe(0);
  const cloud = (...args: string[]) => run(dir, [...args, '--kb', 'kb'], { services });
  const add = (...ids: string[]) => cloud('add', '--from-pageindex-cloud', ...ids);
  return { dir, server, services, cloud, add, kb: join(dir, 'kb') };
}

const registry = (dir: string) =>
  JSON.parse(read(dir, 'kb/.openkb/hashes.json')) as Record<string, Record<string, unknown>>;

const keyOf = (id: string) => createHash('sha256').update(`pageindex-cloud:${id}`).digest('hex');

test('a document of the cloud becomes pages with its section tree, after three requests that only read', async () => {
  const { dir, server, add, kb } = await started([handbook()]);
  const { code, out } = await add('pi-handbook');
  expect(out).toContain('added    pi-handbook -> wiki/summaries/tea-handbook.md');
  expect(code).toBe(0);
  expect(server.requests.map(({ method, route }) => `${method} ${route}`)).toEqual([
    'GET metadata',
    'GET tree',
    'GET ocr',
  ]);
  expect(registry(dir)).toEqual({
    [keyOf('pi-handbook')]: {
      name: 'tea-handbook.pdf',
      doc_name: 'tea-handbook',
      type: 'pageindex_cloud',
      origin: 'cloud',
      path: 'pageindex-cloud:pi-handbook',
      source_path: 'wiki/sources/tea-handbook.json',
      text_sha256: sha256(read(dir, 'kb/wiki/sources/tea-handbook.json')),
      pages: 8,
      doc_id: 'pi-handbook',
    },
  });
  const stored = JSON.parse(read(dir, 'kb/wiki/sources/tea-handbook.json')) as unknown[];
  expect(stored).toHaveLength(8);
  expect(stored[3]).toEqual({
    page: 4,
    content:
      '### 1.2 Climate\n\nA humid climate with mist keeps the leaves tender.\n\n![Rain by month](images/tea-handbook/p4_img1.png)',
    images: [{ path: 'images/tea-handbook/p4_img1.png' }],
  });
  expect(stored[4]).toEqual({ page: 5, content: '', images: [] });
  const image = readFileSync(join(kb, 'wiki/sources/images/tea-handbook/p4_img1.png'));
  expect(image.subarray(1, 4).toString()).toBe('PNG');
  const summary = read(dir, 'kb/wiki/summaries/tea-handbook.md');
  expect(summary).toContain(
    '- The Tea Handbook (pages 1–8)\n  - 1\\. The plant (pages 2–6)\n    - 1.1 Soil (pages 3–4)\n',
  );
  expect(summary).toContain('doc_type: "pageindex"');
  expect(read(dir, 'kb/wiki/index.md')).toContain('- [[summaries/tea-handbook]] (pageindex) — ');
  expect(readdirSync(join(kb, 'raw'))).toEqual([]);
  expect(faults(kb)).toEqual([]);
});

test('what is imported already is skipped without a request, and --force imports it again', async () => {
  const { server, add, cloud, kb } = await started([{ id: 'pi-1' }]);
  await add('pi-1');
  const before = tree(kb);
  const seen = server.requests.length;
  const { code, out } = await add('pi-1', 'pageindex-cloud:pi-1');
  expect(code).toBe(0);
  expect(out).toContain('skipped  pi-1: it is there already as "handbook"');
  expect(server.requests).toHaveLength(seen);
  expect(tree(kb)).toEqual(before);
  expect((await cloud('add', '--force', '--from-pageindex-cloud', 'pi-1')).out).toMatch(/^updated/);
});

test('what a person wrote into the text of an imported document is told of where it is overwritten', async () => {
  const { add, cloud, kb } = await started([{ id: 'pi-1' }]);
  await add('pi-1');
  const path = 'wiki/sources/handbook.json';
  const edited = read(kb, path).replace('"content": "', '"content": "A person wrote this. ');
  write(kb, { [path]: edited });
  const again = (...args: string[]) =>
    cloud('add', '--force', ...args, '--from-pageindex-cloud', 'pi-1');
  const told = `note: "${path}" was edited since it was written, and is overwritten; 'openkb undo' brings it back`;
  expect((await again('--dry-run')).out).toContain(told);
  expect((await again()).out).toContain(told);
  expect((await cloud('undo', '--yes')).code).toBe(0);
  expect(read(kb, path)).toBe(edited);
});

test('U18: an imported document is compiled again as a long one, from what is stored', async () => {
  const { dir, server, cloud, add, kb } = await started([handbook()]);
  await add('pi-handbook');
  const seen = server.requests.length;
  const before = registry(dir);
  const { code, err } = await cloud('recompile', '--yes', 'tea-handbook');
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(server.requests).toHaveLength(seen);
  expect(registry(dir)).toEqual(before);
  expect(read(dir, 'kb/wiki/summaries/tea-handbook.md')).toContain('doc_type: "pageindex"');
  expect(read(dir, 'kb/wiki/index.md')).toContain('- [[summaries/tea-handbook]] (pageindex) — ');
  expect(faults(kb)).toEqual([]);
});

test('text and titles that look like links, front matter and pictures stay text', async () => {
  const markdown = [
    '---\ntype: "Concept"\n---\n\n# [[concepts/none]] and [[../../secret|click]]',
    'The tea plant is [[entities/nobody]]. The tea plant ![[embed.png]] is green.',
    '![x](openkb-image:../../../.env) ![y](file:///etc/passwd) <img src=/etc/passwd>',
    '![z](https://example.org/z.png)',
  ].join('\n\n');
  const title = '[[concepts/none]]\n# Heading `code` <b>';
  const nodes = [{ title, page_index: 1, nodes: [{ title: '', page_index: 1 }] }];
  const pages = [{ page_index: 1, markdown, images: [] }];
  const { dir, add, kb } = await started([{ id: 'pi-1', name: '[[x]].pdf', tree: nodes, pages }]);
  const { code, out } = await add('pi-1');
  expect(code).toBe(0);
  expect(out).toContain('were not sent by the service: openkb-image:../../../.env, file:///etc');
  expect(faults(kb).filter((fault) => !fault.startsWith('orphan-page'))).toEqual([]);
  const stored = read(dir, 'kb/wiki/sources/x.json');
  expect(stored).toContain('https://example.org/z.png');
  expect(stored).not.toContain('/etc/passwd');
  expect(stored).not.toContain('.env');
});

test('1200 pages with a blank one are all there', async () => {
  const pages = samplePages(1200).map((page, i) =>
    i === 500 ? { page_index: 501, markdown: '' } : page,
  );
  const { dir, add } = await started([{ id: 'pi-1', pages }]);
  expect((await add('pi-1')).code).toBe(0);
  const stored = JSON.parse(read(dir, 'kb/wiki/sources/handbook.json')) as {
    page: number;
    content: string;
  }[];
  expect(stored).toHaveLength(1200);
  expect(stored[1199]?.content).toContain('Text of page 1200.');
});
