import { createHash } from 'node:crypto';

import { samplePages } from '@openkb/test-kit/pageindex-server';
import { describe, expect, test } from 'vitest';

import { type CloudPages, createClient } from '../src/index.ts';
import { TestClock, failureOf, pdf, setUp } from './setup.ts';

const make = (apiKey: string) => () => createClient({ apiKey, fetch, clock: new TestClock() });

test('a PDF is submitted, waited for and read, with one request for its pages and none for folders', async () => {
  const { server, client } = await setUp();
  const submission = await client.submit(pdf(), 'handbook.pdf');
  const metadata = await client.wait(submission.id);
  const nodes = await client.tree(submission.id);
  const { pages, messages } = await client.pages(submission.id);
  expect(submission).toMatchObject({ name: 'handbook.pdf', adopted: false });
  expect(metadata).toMatchObject({ id: submission.id, status: 'completed', pageCount: 3 });
  expect(nodes).toMatchObject([
    { title: 'Plant Handbook', id: '0000', startPage: 1, summary: 'A guide to plants.' },
  ]);
  expect(pages.map((page) => page.page)).toEqual([1, 2, 3]);
  expect(messages).toEqual([]);
  const sent = createHash('sha256').update('%PDF-1.7\ntext').digest('hex');
  expect(server.requestsOf('submit')).toMatchObject([{ fileSha256: sent, fields: {} }]);
  expect(server.requestsOf('ocr')).toHaveLength(1);
  expect(server.requests.filter(({ path }) => path.startsWith('/folder'))).toEqual([]);
});

test('every request carries the key in its header, a final slash, and no other sign of the key', async () => {
  const { server, client } = await setUp({ documents: [{ id: 'pi-1' }] });
  await client.tree('pi-1');
  await client.list();
  expect(
    server.requests.every(
      ({ path, headers }) => path.endsWith('/') && headers['api_key'] === '***',
    ),
  ).toBe(true);
  expect(server.requests.some(({ headers }) => 'authorization' in headers)).toBe(false);
  expect(server.requestsOf('tree')[0]?.query).toEqual({
    type: 'tree',
    summary: 'true',
    include_text: 'false',
  });
});

test('an id is one path segment whatever it holds', async () => {
  const { server, client } = await setUp({ documents: [{ id: 'a/b ?#%' }] });
  expect(await client.metadata('a/b ?#%')).toMatchObject({ id: 'a/b ?#%' });
  await expect(client.metadata('..')).rejects.toThrow(TypeError);
  await expect(client.delete('')).rejects.toThrow('"" is no document id');
  expect(server.requests).toHaveLength(1);
});

test('a base address may have a path', async () => {
  const { server } = await setUp();
  const client = createClient({
    apiKey: 'test-key',
    baseUrl: `${server.url}/proxy/`,
    fetch,
    clock: new TestClock(),
  });
  expect(await failureOf(client.list())).toMatchObject({ code: 'not-found' });
  expect(server.requests[0]?.path).toBe('/proxy/docs/');
});

test('a key that cannot be one is refused without being shown', () => {
  expect(make('')).toThrow('the API key is empty');
  expect(make('secret\n')).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('secret') }),
  );
});

test.each([
  ['ftp://x', '"ftp://x" is not an http(s) address'],
  ['localhost:80', '"localhost:80" is not an http(s) address'],
  ['', '"" is not an http(s) address'],
  ['https://ana:secret@host', 'the address has a name or a password in it'],
])('the address "%s" is refused', (baseUrl, reason) => {
  const options = { apiKey: 'key', baseUrl, fetch, clock: new TestClock() };
  expect(() => createClient(options)).toThrow(new TypeError(reason));
});

test('all documents are listed, newest first, over pages of 100', async () => {
  const documents = Array.from({ length: 205 }, (_, i) => ({ id: `pi-${i}` }));
  const { server, client } = await setUp({ documents });
  const all = await client.list();
  expect(all.map(({ id }) => id)).toEqual(documents.map(({ id }) => id).toReversed());
  expect(server.requests.map(({ query }) => query['offset'])).toEqual(['0', '100', '200']);
  expect(await client.list({ most: 7 })).toHaveLength(7);
});

/** A client of a server that answers a list by its own rules. */
const listing = async (answer: (limit: number, offset: number) => unknown) => {
  const asked: number[] = [];
  const answering = (input: unknown): Promise<Response> => {
    const { searchParams } = new URL(String(input));
    const [limit, offset] = [Number(searchParams.get('limit')), Number(searchParams.get('offset'))];
    asked.push(offset);
    return Promise.resolve(Response.json(answer(limit, offset)));
  };
  const client = createClient({ apiKey: 'key', fetch: answering, clock: new TestClock() });
  return { ids: (await client.list()).map(({ id }) => id), asked };
};
const ids = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ id: `pi-${from + i}` }));

test('a list is read to its end where the service gives fewer at once than asked for', async () => {
  const found = await listing((_, offset) => ({
    documents: ids(offset, Math.min(offset + 30, 70)),
    total: 70,
    limit: 30,
  }));
  expect(found).toMatchObject({ ids: { length: 70 }, asked: [0, 30, 60] });
});

test('a list ends where the service gives the same documents again', async () => {
  const found = await listing((limit) => ({ documents: ids(0, limit), total: 100_000 }));
  expect(found).toMatchObject({ ids: { length: 100 }, asked: [0, 100] });
});

test('a deletion says whether there was a document', async () => {
  const { client, server } = await setUp({ documents: [{ id: 'pi-1' }, { id: 'pi-2' }] });
  expect([await client.delete('pi-1'), await client.delete('pi-1')]).toEqual([true, false]);
  server.fault({ route: 'delete', kind: 'body', body: '' });
  expect(await client.delete('pi-2')).toBe(true);
});

describe('metadata', () => {
  test('U22 with nulls and gaps has empty text, no count, and unknown members kept', async () => {
    const metadata = { description: null, pageNum: 0, createdAt: '2026-03-02T09:15:00', newer: 1 };
    const { client } = await setUp({ documents: [{ id: 'pi-1', name: 'a\\b', metadata }] });
    const read = await client.metadata('pi-1');
    expect(read).toMatchObject({
      name: 'a\\b',
      description: '',
      createdAt: '2026-03-02T09:15:00Z',
      raw: { newer: 1 },
    });
    expect(read).not.toHaveProperty('pageCount');
  });

  test('without an id is an error that names it', async () => {
    const { client } = await setUp({ documents: [{ id: 'pi-1', metadata: { id: undefined } }] });
    const error = await failureOf(client.metadata('pi-1'));
    expect(error).toMatchObject({ code: 'unreadable-answer' });
    expect(error.message).toContain('document "pi-1" has no usable "id"');
  });
});

describe('the tree', () => {
  const nodes = [
    { title: 'A', page_index: '2', nodes: null, new_member: {} },
    { title: 'B', start_index: 4, end_index: 9, child_nodes: [{ title: 'C' }] },
  ];
  const expected = [
    { title: 'A', startPage: 2, children: [] },
    { title: 'B', startPage: 4, children: [{ title: 'C' }] },
  ];

  test.each<[string, Record<string, unknown>]>([
    ['result', { result: nodes }],
    ['tree', { result: undefined, tree: nodes }],
    ['structure', { result: null, structure: nodes }],
    ['a result with a structure in it', { result: { structure: nodes } }],
  ])('is read from %s', async (_, envelope) => {
    const { client } = await setUp({ documents: [{ id: 'pi-1', envelope }] });
    expect(await client.tree('pi-1')).toMatchObject(expected);
  });

  test('of one root and the empty one are read', async () => {
    const { client } = await setUp({
      documents: [
        { id: 'one', tree: nodes[0] },
        { id: 'none', tree: [] },
      ],
    });
    expect(await client.tree('one')).toMatchObject([expected[0]]);
    expect(await client.tree('none')).toEqual([]);
  });

  test('without a result is an error that names it', async () => {
    const { client } = await setUp({ documents: [{ id: 'pi-1', envelope: { result: null } }] });
    expect((await failureOf(client.tree('pi-1'))).message).toContain('no usable "result"');
  });
});

const pagesOf = async (pages: unknown): Promise<CloudPages> => {
  const { client } = await setUp({ documents: [{ id: 'pi-1', pages }] });
  return client.pages('pi-1');
};

describe('pages', () => {
  test('1200 with a blank one are all there, from one request', async () => {
    const { pages } = await pagesOf(
      samplePages(1200).map((page, i) => (i === 500 ? { page_index: 501, markdown: null } : page)),
    );
    expect(pages).toHaveLength(1200);
    expect(pages[500]).toEqual({ page: 501, markdown: '', images: [] });
  });

  test('out of order, as text, twice and with gaps come in order, and the gaps are named', async () => {
    const { pages, messages } = await pagesOf([
      { page_index: '9', markdown: 'nine' },
      { page_index: 2, markdown: 'old' },
      { page_index: 2, content: ['new', 'er'] },
      { page_index: 0, markdown: 'x' },
      { page_index: 4, text: 'four' },
    ]);
    expect(pages.map(({ page, markdown }) => [page, markdown])).toEqual([
      [2, 'new\n\ner'],
      [4, 'four'],
      [9, 'nine'],
    ]);
    expect(messages).toEqual([
      { code: 'page-skipped', text: 'Entry 4 of the pages has no page number.' },
      { code: 'pages-missing', text: 'Pages are missing: 1, 3, 5–8.' },
    ]);
  });

  test('without numbers go by their position', async () => {
    expect((await pagesOf(['one', { markdown: 'two' }])).pages).toMatchObject([
      { page: 1, markdown: 'one' },
      { page: 2, markdown: 'two' },
    ]);
  });

  test('have their images in whatever form they come', async () => {
    const png = Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1').toString('base64');
    const jpeg = Buffer.from('\xff\xd8\xff\xe0', 'latin1').toString('base64');
    const { pages, messages } = await pagesOf([
      {
        page_index: 1,
        markdown: '',
        images: [
          png,
          `data:image/jpeg;base64,${jpeg}`,
          { id: 'img-0.png', image_base64: png },
          { name: 'b.jpg', url: `data:image/jpeg;base64,${jpeg}` },
          { src: 'https://example.org/a.png' },
          'junk',
          7,
        ],
      },
    ]);
    expect(pages[0]?.images.map(({ mediaType, name }) => [mediaType, name])).toEqual([
      ['image/png', undefined],
      ['image/jpeg', undefined],
      ['image/png', 'img-0.png'],
      ['image/jpeg', 'b.jpg'],
    ]);
    expect(messages.map(({ code }) => code)).toEqual(Array(3).fill('image-skipped'));
  });
});

describe('a document that is not completed', () => {
  test('has no tree and no pages yet, and the error says so', async () => {
    const { client } = await setUp({ documents: [{ id: 'pi-1', pollsLeft: 9 }] });
    const errors = [await failureOf(client.tree('pi-1')), await failureOf(client.pages('pi-1'))];
    expect(errors).toMatchObject([
      { code: 'not-ready', documentId: 'pi-1' },
      { code: 'not-ready' },
    ]);
    expect(errors[0].message).toContain('still being processed (status "queued")');
  });

  test('and has failed says why where the service does', async () => {
    const { client } = await setUp({
      documents: [
        { id: 'pi-1', status: 'failed', metadata: { error: 'All pages are blank.' } },
        { id: 'pi-2', status: 'failed' },
      ],
    });
    const error = await failureOf(client.wait('pi-1'));
    expect(error).toMatchObject({
      code: 'processing-failed',
      message: expect.stringContaining('All pages are blank.'),
    });
    expect(await failureOf(client.tree('pi-2'))).toMatchObject({ code: 'processing-failed' });
  });
});

describe('waiting', () => {
  test('polls the metadata after 2 s, then ever later up to 15 s', async () => {
    const { server, client, clock } = await setUp({
      documents: [{ id: 'pi-1', pollsLeft: 8, envelope: { retrieval_ready: false } }],
    });
    const states: string[] = [];
    await client.wait('pi-1', { onStatus: ({ status }) => states.push(status) });
    expect(clock.sleeps).toEqual([2000, 3000, 4500, 6750, 10_125, 15_000, 15_000, 15_000]);
    expect(states.at(-1)).toBe('completed');
    expect(server.requests.every(({ route }) => route === 'metadata')).toBe(true);
  });

  test('takes an unknown word as a reason to go on, and ends after half an hour without a new upload', async () => {
    const { server, client, clock } = await setUp({
      documents: [{ id: 'pi-1', status: 'dreaming' }],
    });
    const error = await failureOf(client.wait('pi-1'));
    expect(error).toMatchObject({ code: 'wait-timeout', documentId: 'pi-1' });
    expect(error.message).toContain(
      '"pi-1" is still not completed after 30 minutes (status "dreaming")',
    );
    expect(clock.now()).toBeGreaterThan(30 * 60_000);
    expect(server.requestsOf('submit')).toEqual([]);
  });

  test('gives a long document 5 s a page', async () => {
    const { client, clock } = await setUp({ documents: [{ id: 'pi-1', pollsLeft: 500 }] });
    await failureOf(client.wait('pi-1', { pages: 400 }));
    expect(clock.now()).toBeGreaterThan(400 * 5000);
    expect(clock.now()).toBeLessThan(400 * 5000 + 20_000);
  });

  test('ends with the reason when it is aborted', async () => {
    const { client } = await setUp({ documents: [{ id: 'pi-1', pollsLeft: 500 }] });
    const abort = new AbortController();
    const reason = new Error('enough');
    const waiting = client.wait('pi-1', {
      signal: abort.signal,
      onStatus: () => abort.abort(reason),
    });
    expect(await failureOf(waiting)).toBe(reason);
  });
});
