/** Long PDFs by way of a fake of PageIndex Cloud, on the real disk. */
import {
  appendFileSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { handbook, samplePages, type ServerOptions } from '@openkb/test-kit/pageindex-server';
import { expect, onTestFinished, test } from 'vitest';

import { fastCloud, startCloud } from '../helpers/cloud.ts';
import { faults, read, sha256, write } from '../helpers/knowledge-base.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';

/** Three pages, which is long where the threshold is two. */
const LENS = fileURLToPath(
  new URL('../../../../examples/lighthouses/fresnel-lens.pdf', import.meta.url),
);
const HASH = sha256(readFileSync(LENS));

async function started(options: ServerOptions = {}) {
  const dir = temporaryDirectory(onTestFinished);
  const { server, services } = await startCloud(onTestFinished, options);
  await run(dir, ['init', 'kb']);
  copyFileSync(LENS, join(dir, 'lens.pdf'));
  const kb = join(dir, 'kb');
  const config = join(kb, '.openkb/config.yaml');
  const set = (name: string, value: string) => {
    const others = readFileSync(config, 'utf8').replace(new RegExp(`^${name}:.*\n`, 'm'), '');
    writeFileSync(config, `${others}${name}: ${value}\n`);
  };
  set('pageindex_threshold', '2');
  const add = (...args: string[]) =>
    run(dir, ['add', '--kb', 'kb', ...args, 'lens.pdf'], { services });
  const entry = () =>
    (JSON.parse(read(kb, '.openkb/hashes.json')) as Record<string, Record<string, unknown>>)[HASH];
  return { dir, kb, server, services, add, set, entry };
}

test('a long PDF is uploaded once, waited for, and has the sections and the text of the cloud', async () => {
  const { tree, pages } = handbook();
  const { kb, server, add, entry } = await started({ reads: () => ({ tree, pages }) });
  const { code, out, err } = await add();
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(out).toContain('added    lens.pdf -> wiki/summaries/lens.md');
  const [{ id, name, sha256: sent } = { id: '', name: '' }] = server.documents.values();
  expect(sent).toBe(HASH);
  expect(name).toBe(`lens-${HASH.slice(0, 16)}.pdf`);
  expect(entry()).toMatchObject({
    name: 'lens.pdf',
    type: 'long_pdf',
    raw_path: 'raw/lens.pdf',
    doc_id: id,
    pages: 8,
  });
  expect(server.requestsOf('submit')).toHaveLength(1);
  expect(server.requestsOf('ocr')).toHaveLength(1);
  expect(server.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
  expect(JSON.parse(read(kb, 'wiki/sources/lens.json'))).toMatchObject([
    ...[1, 2, 3].map((page) => ({ page })),
    { page: 4, images: [{ path: 'images/lens/p4_cloud1.png' }] },
    ...[5, 6, 7, 8].map((page) => ({ page })),
  ]);
  expect(readdirSync(join(kb, 'wiki/sources/images/lens'))).toEqual(['p4_cloud1.png']);
  expect(read(kb, 'wiki/summaries/lens.md')).toContain('- The Tea Handbook (pages 1–8)');
  expect(faults(kb)).toEqual([]);
  expect((await add('--force')).out).toMatch(/^updated/);
  expect(server.requestsOf('submit')).toHaveLength(1);
});

test('that a document leaves the machine is said before it does, also with --quiet and --json', async () => {
  for (const flag of ['--quiet', '--json', '--verbose']) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { server, add } = await started();
    // oxlint-disable-next-line no-await-in-loop
    const { err } = await add(flag);
    expect(err).toContain(
      `warning: long documents are sent to PageIndex Cloud (${server.url}), because PAGEINDEX_API_KEY is set in the environment; --no-cloud`,
    );
  }
});

test.each([
  ['--no-cloud', ['--no-cloud'], 'auto'],
  ['the setting', [], 'false'],
])('%s keeps documents here: no request at all', async (_, args, setting) => {
  const { server, add, set, kb, entry } = await started();
  set('pageindex_cloud', setting);
  const { code, err } = await add(...args);
  expect({ code, err: err.includes('PageIndex') }).toEqual({ code: 0, err: false });
  expect(server.requests).toEqual([]);
  expect(entry()).not.toHaveProperty('doc_id');
  expect(read(kb, 'wiki/summaries/lens.md')).not.toContain('Plant Handbook');
});

test('who has chosen the cloud is not warned', async () => {
  const { add, set, server } = await started();
  set('pageindex_cloud', 'true');
  expect((await add()).err).not.toContain('warning');
  expect(server.requestsOf('submit')).toHaveLength(1);
});

test('who takes a knowledge base with a key and a setting of its own is warned', async () => {
  const { dir, kb, server, services, set } = await started();
  set('pageindex_cloud', 'true');
  write(kb, { '.env': `PAGEINDEX_API_KEY=${server.apiKey}\n` });
  const environment = { PAGEINDEX_API_URL: server.url };
  const { err } = await run(dir, ['add', '--kb', 'kb', 'lens.pdf'], {
    services: { ...services, environment },
  });
  expect(err).toContain('because PAGEINDEX_API_KEY is set in the .env of the knowledge base');
});

test('a dry run and an estimate send nothing', async () => {
  const { add, server } = await started();
  expect((await add('--dry-run')).out).toContain('note: It would go to PageIndex Cloud.');
  expect((await add('--estimate')).code).toBe(0);
  expect(server.requests).toEqual([]);
});

test('a short PDF stays here', async () => {
  const { add, set, server } = await started();
  set('pageindex_threshold', '4');
  expect((await add()).code).toBe(0);
  expect(server.requests).toEqual([]);
});

test('U19: a document that is never done falls back to the sections found here and says how to get it later', async () => {
  const { add, kb, server, entry } = await started({ outcome: 'processing' });
  const { code, out } = await add();
  const [id = ''] = server.documents.keys();
  expect(code).toBe(0);
  expect(out).toContain(
    `note: PageIndex Cloud did not index it, its sections were found here: Document "${id}" is still not completed after 30 minutes`,
  );
  expect(out).toContain(`'openkb add --from-pageindex-cloud ${id}'`);
  expect(entry()).toMatchObject({ type: 'long_pdf', pages: 3 });
  expect(entry()).not.toHaveProperty('doc_id');
  expect(read(kb, 'wiki/sources/lens.json')).toContain('Fresnel');
  const document = server.documents.get(id);
  if (document) document.status = 'completed';
  expect((await add('--force')).out).toMatch(/^updated/);
  expect(entry()).toMatchObject({ doc_id: id });
  expect(server.requestsOf('submit')).toHaveLength(1);
});

test('U20: an upload whose answer is lost is found again, and paid once', async () => {
  const { add, server, entry } = await started();
  server.fault({ route: 'submit', kind: 'reset', when: 'after-body', takesEffect: true });
  expect((await add()).code).toBe(0);
  expect(entry()).toHaveProperty('doc_id');
  expect(server.requestsOf('submit')).toHaveLength(1);
  expect(server.documents.size).toBe(1);
});

test('U20: an upload of which nobody knows whether it arrived is not repeated; the next run looks for it', async () => {
  const { add, server, entry } = await started();
  server.fault({ route: 'submit', kind: 'reset', when: 'after-body', takesEffect: true });
  server.fault({ route: 'list', kind: 'status', status: 404, nth: 2 });
  const { out } = await add();
  expect(out).toContain('its sections were found here: ');
  expect(entry()).not.toHaveProperty('doc_id');
  expect(server.requestsOf('submit')).toHaveLength(1);
  expect((await add('--force')).code).toBe(0);
  expect(entry()).toHaveProperty('doc_id');
  expect(server.requestsOf('submit')).toHaveLength(1);
});

test('an upload is found again by its hash when the cache is lost', async () => {
  const { add, server, kb } = await started();
  await add();
  rmSync(join(kb, '.openkb/cache'), { recursive: true });
  expect((await add('--force')).code).toBe(0);
  expect(server.requestsOf('submit')).toHaveLength(1);
});

test('two processes that add the same document upload it once', async () => {
  const { dir, server, services } = await started();
  const other = temporaryDirectory(onTestFinished);
  copyFileSync(LENS, join(other, 'copy.pdf'));
  const ends = await Promise.all([
    run(dir, ['add', '--kb', 'kb', 'lens.pdf'], { services }),
    run(dir, ['add', '--kb', 'kb', join(other, 'copy.pdf')], { services }),
  ]);
  expect(ends.map(({ code }) => code)).toEqual([0, 0]);
  expect(server.requestsOf('submit')).toHaveLength(1);
});

test('Ctrl-C while it waits leaves nothing but the id, and the next add goes on without an upload', async () => {
  const { dir, kb, server, services, add, entry } = await started({ polls: 50 });
  const before = readdirSync(join(kb, 'raw'));
  const interrupt = new AbortController();
  const slow = {
    ...services,
    clock: () => {
      if (server.requestsOf('metadata').length > 3) interrupt.abort('SIGINT');
      return new Date();
    },
  };
  const { code } = await run(dir, ['add', '--kb', 'kb', 'lens.pdf'], {
    services: slow,
    signal: interrupt.signal,
  });
  expect(code).toBe(130);
  expect(readdirSync(join(kb, 'raw'))).toEqual(before);
  expect(readdirSync(join(kb, '.openkb/staging'))).toEqual([]);
  expect(entry()).toBeUndefined();
  expect((await add()).code).toBe(0);
  expect(entry()).toHaveProperty('doc_id');
  expect(server.requestsOf('submit')).toHaveLength(1);
});

test.each([
  ['a failed document', { outcome: 'failed' }, 'could not process'],
  ['an empty tree', { reads: () => ({ tree: [] }) }, 'the section tree of document'],
])('%s falls back with a message, and the document is there', async (_, options, said) => {
  const { add, kb, entry } = await started(options);
  const { code, out } = await add();
  expect(code).toBe(0);
  expect(out).toContain(said);
  expect(entry()).not.toHaveProperty('doc_id');
  expect(faults(kb)).toEqual([]);
});

test('a refused key falls back with a message, sends nothing, and is not tried for the next document', async () => {
  const { dir, server, services } = await started();
  copyFileSync(LENS, join(dir, 'other.pdf'));
  appendFileSync(join(dir, 'other.pdf'), '\n% another\n');
  const environment = { ...services.environment, PAGEINDEX_API_KEY: 'wrong' };
  const args = ['add', '--kb', 'kb', 'lens.pdf', 'other.pdf'];
  const { code, out } = await run(dir, args, { services: { ...services, environment } });
  expect(code).toBe(0);
  expect(out.match(/Invalid API key/g)).toHaveLength(1);
  expect(server.requests.map(({ route }) => route)).toEqual(['list']);
});

test('pages that the cloud lacks come from here', async () => {
  const { add, kb } = await started({ reads: () => ({ pages: samplePages(2) }) });
  expect((await add()).code).toBe(0);
  const pages = JSON.parse(read(kb, 'wiki/sources/lens.json')) as { content: string }[];
  expect(pages).toHaveLength(3);
  expect(pages[1]?.content).toContain('Text of page 2.');
  expect(pages[2]?.content).not.toContain('Text of page');
});

test('an address that the knowledge base names gets no document unasked', async () => {
  const { dir, kb, server } = await started();
  write(kb, { '.env': `PAGEINDEX_API_KEY=${server.apiKey}\nPAGEINDEX_API_URL=${server.url}\n` });
  const services = { ...fastCloud, environment: {} };
  const unasked = await run(dir, ['add', '--kb', 'kb', 'lens.pdf'], { services });
  expect(unasked.code).toBe(0);
  expect(unasked.err).toContain(`long documents are not sent to "${server.url}"`);
  expect(server.requests).toEqual([]);
  const asked = ['add', '--kb', 'kb', '--force', '--cloud', 'lens.pdf'];
  expect((await run(dir, asked, { services })).code).toBe(0);
  expect(server.requestsOf('submit')).toHaveLength(1);
});

test('--cloud without a key is refused (exit 4), and nothing is written', async () => {
  const { dir, kb } = await started();
  const { code, err } = await run(dir, ['add', '--kb', 'kb', '--cloud', 'lens.pdf']);
  expect(code).toBe(4);
  expect(err).toContain('cannot use PageIndex Cloud: PAGEINDEX_API_KEY is not set');
  expect(readdirSync(join(kb, 'raw'))).toEqual([]);
});
