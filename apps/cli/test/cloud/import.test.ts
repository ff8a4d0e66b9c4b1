/** `openkb add --from-pageindex-cloud` against a fake of the service, on the real disk. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { type NewDocument, samplePages } from '@openkb/test-kit/pageindex-server';
import { expect, onTestFinished, test } from 'vitest';

import { startCloud } from '../helpers/cloud.ts';
import { faults, read, tree } from '../helpers/knowledge-base.ts';
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
  const { dir, server, add, kb } = await started([{ id: 'pi-1', name: 'handbook.pdf' }]);
  const { code, out } = await add('pi-1');
  expect(out).toContain('added    pi-1 -> wiki/summaries/handbook.md');
  expect(code).toBe(0);
  expect(server.requests.map(({ method, route }) => `${method} ${route}`)).toEqual([
    'GET metadata',
    'GET tree',
    'GET ocr',
  ]);
  expect(registry(dir)).toEqual({
    [keyOf('pi-1')]: {
      name: 'handbook.pdf',
      doc_name: 'handbook',
      type: 'pageindex_cloud',
      origin: 'cloud',
      path: 'pageindex-cloud:pi-1',
      source_path: 'wiki/sources/handbook.json',
      pages: 3,
      doc_id: 'pi-1',
    },
  });
  expect(JSON.parse(read(dir, 'kb/wiki/sources/handbook.json'))).toMatchObject([
    { page: 1, content: '# Page 1\n\nText of page 1.', images: [] },
    { page: 2 },
    { page: 3 },
  ]);
  const summary = read(dir, 'kb/wiki/summaries/handbook.md');
  expect(summary).toContain(
    '- Plant Handbook (pages 1–3)\n  - 1\\. Soil (pages 2–3)\n  - 2\\. Light (page 3)',
  );
  expect(summary).toContain('doc_type: "pageindex"');
  expect(read(dir, 'kb/wiki/index.md')).toContain('- [[summaries/handbook]] (pageindex) — ');
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
