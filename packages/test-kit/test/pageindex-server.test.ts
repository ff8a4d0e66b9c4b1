import { createHash } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import {
  type PageIndexServer,
  type ServerOptions,
  startPageIndexServer,
} from '../src/pageindex-server/index.ts';

let server: PageIndexServer;
const start = async (options: ServerOptions = {}): Promise<void> => {
  await server.close();
  server = await startPageIndexServer(options);
};
const get = (path: string, init: Omit<RequestInit, 'headers'> = {}): Promise<Response> =>
  fetch(`${server.url}${path}`, { ...init, headers: { api_key: 'test-key' } });
const body = async (path: string, init?: RequestInit): Promise<any> =>
  (await get(path, init)).json();
const form = (bytes: string, name = 'handbook.pdf'): FormData => {
  const data = new FormData();
  data.append('file', new Blob([bytes]), name);
  return data;
};
const upload = (bytes = '%PDF-1.7 text', name?: string): Promise<Response> =>
  get('/doc/', { method: 'POST', body: form(bytes, name) });

const keysOf = async (query: string): Promise<readonly string[]> =>
  Object.keys((await body(`/doc/pi-1/?type=tree${query}`)).result[0]);
const ocrAs = async (format: string): Promise<any> =>
  (await body(`/doc/pi-1/?type=ocr&format=${format}`)).result;
const remove = async (): Promise<number> => (await get('/doc/pi-1/', { method: 'DELETE' })).status;
const makeFolder = (): Promise<Response> =>
  get('/folder/', { method: 'POST', body: '{"name":"default"}' });

beforeEach(async () => {
  server = await startPageIndexServer();
});
afterEach(() => server.close());

test('a missing, a wrong and a bearer key are refused, and no key is in the log', async () => {
  const statuses = await Promise.all(
    [{}, { api_key: 'wrong' }, { authorization: 'Bearer test-key' }].map(
      async (headers: Record<string, string>) =>
        (await fetch(`${server.url}/docs/`, { headers })).status,
    ),
  );
  expect(statuses).toEqual([401, 401, 401]);
  expect((await get('/docs/')).status).toBe(200);
  expect(JSON.stringify(server.requests)).not.toContain('test-key');
  expect(server.requests).toHaveLength(4);
});

describe('an upload', () => {
  test('is kept with its size and hash, and takes its states by being asked', async () => {
    const { doc_id: id, name } = (await (await upload()).json()) as {
      doc_id: string;
      name: string;
    };
    const sha256 = createHash('sha256').update('%PDF-1.7 text').digest('hex');
    expect(name).toBe('handbook.pdf');
    expect(server.documents.get(id)).toMatchObject({ bytes: 13, sha256 });
    expect(server.requestsOf('submit')[0]).toMatchObject({ fileSha256: sha256 });
    const states = [
      await body(`/doc/${id}/metadata/`),
      await body(`/doc/${id}/?type=tree`),
      await body(`/doc/${id}/?type=tree`),
    ];
    expect(states.map((state) => [state.status, 'result' in state])).toEqual([
      ['queued', false],
      ['processing', false],
      ['completed', true],
    ]);
  });

  test('with a name that is taken gets a number before the ending', async () => {
    await upload();
    expect(await (await upload()).json()).toMatchObject({ name: 'handbook_1.pdf' });
  });

  test('is stored under a name of the service: plain, without reserved characters, not too long', async () => {
    const names = ['a  \u201Cb\u201D.pdf', 'a:b?.pdf', `${'字'.repeat(90)}.pdf`];
    const stored = [];
    for (const name of names)
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      stored.push(((await (await upload(undefined, name)).json()) as { name: string }).name);
    expect(stored.slice(0, 2)).toEqual(['a _b_.pdf', 'a_b_.pdf']);
    expect(stored[2]).toMatch(/^字+_[0-9a-f]{8}\.pdf$/);
    expect(Buffer.byteLength(stored[2] ?? '')).toBeLessThanOrEqual(180);
  });

  test('without a file, without bytes, and without a PDF is refused', async () => {
    const empty = await get('/doc/', { method: 'POST', body: new FormData() });
    expect([empty.status, (await upload('')).status, (await upload('PK zip')).status]).toEqual([
      422, 400, 400,
    ]);
    expect(server.documents.size).toBe(0);
  });
});

describe('answers', () => {
  test('a tree leaves out text and summaries as asked, in any case of the word', async () => {
    server.addDocument({ id: 'pi-1' });
    expect(await keysOf('')).toEqual(['title', 'node_id', 'page_index', 'text', 'nodes']);
    expect(await keysOf('&summary=True&include_text=FALSE')).toEqual([
      'title',
      'node_id',
      'page_index',
      'prefix_summary',
      'nodes',
    ]);
  });

  test('OCR comes by page, as nodes and raw', async () => {
    server.addDocument({ id: 'pi-1' });
    expect((await ocrAs('page')).map((page: { page_index: number }) => page.page_index)).toEqual([
      1, 2, 3,
    ]);
    expect(await ocrAs('raw')).toContain('Text of page 3.');
    expect((await get('/doc/pi-1/?type=ocr&format=word')).status).toBe(422);
  });

  test('a list is newest first, and its limit is 1 to 100', async () => {
    for (const id of ['a', 'b', 'c']) server.addDocument({ id });
    const page = await body('/docs?limit=2&offset=1');
    expect([page.total, page.documents.map((entry: { id: string }) => entry.id)]).toEqual([
      3,
      ['b', 'a'],
    ]);
    expect((await get('/docs?limit=101')).status).toBe(422);
  });

  test('a deleted document is gone, and a second delete is a 404', async () => {
    server.addDocument({ id: 'pi-1' });
    expect([await remove(), await remove()]).toEqual([200, 404]);
    expect((await body('/docs/')).total).toBe(0);
  });

  test('members of any shape can be sent', async () => {
    server.addDocument({
      id: 'pi-1',
      metadata: { pageNum: undefined, description: null },
      tree: [],
      envelope: { retrieval_ready: false },
    });
    expect(await body('/doc/pi-1/metadata/')).not.toHaveProperty('pageNum');
    expect(await body('/doc/pi-1/?type=tree')).toMatchObject({
      status: 'completed',
      retrieval_ready: false,
      result: [],
    });
  });

  test('OCR by node is a flat list with levels', async () => {
    server.addDocument({ id: 'pi-1' });
    expect(await ocrAs('node')).toMatchObject([
      { title: 'Plant Handbook', level: 1, page_index: 1 },
      { title: '1. Soil', level: 2, page_index: 2 },
      { title: '2. Light', level: 2 },
    ]);
  });

  test('endpoints that openkb does not use answer in their documented shape', async () => {
    server.addDocument({ id: 'pi-1' });
    const post = (path: string, value: unknown) =>
      body(path, { method: 'POST', body: JSON.stringify(value) });
    expect(await post('/chat/completions', { messages: [] })).toMatchObject({
      choices: [{ message: { role: 'assistant' }, finish_reason: 'end_turn' }],
    });
    const stream = JSON.stringify({ messages: [], stream: true });
    const streamed = await get('/chat/completions/', { method: 'POST', body: stream });
    expect(await streamed.text()).toMatch(/^data: \{.*\}\n\ndata: \[DONE\]\n\n$/);
    expect(await post('/retrieval/', { query: 'soil' })).toHaveProperty('retrieval_id');
    expect(await body('/retrieval/retrieval-1/')).toMatchObject({ status: 'completed' });
    expect(await body('/doc/pi-1/block/p3_text_5/')).toMatchObject({ page: 3 });
    expect((await get('/doc/pi-1/block/x/')).status).toBe(404);
    const file = form('# A\n\ntext\n\n## B', 'notes.md');
    expect(await body('/markdown/', { method: 'POST', body: file })).toMatchObject({
      success: true,
      doc_name: 'notes',
      structure: [
        { title: 'A', line_num: 1 },
        { title: 'B', line_num: 5 },
      ],
    });
    expect((await get('/mcp', { method: 'POST' })).status).toBe(501);
  });

  test('a deletion may be answered by nothing', async () => {
    await start({ emptyDeletes: true });
    server.addDocument({ id: 'pi-1' });
    const answered = await get('/doc/pi-1/', { method: 'DELETE' });
    expect([answered.status, await answered.text()]).toEqual([200, '']);
  });

  test('folders need the Max plan', async () => {
    expect((await makeFolder()).status).toBe(403);
    await start({ plan: 'max' });
    expect([(await makeFolder()).status, (await makeFolder()).status]).toEqual([200, 400]);
    expect(await body('/folders/')).toMatchObject({ total: 1 });
  });

  test('a path without its final slash is served, or redirected where that is set', async () => {
    expect((await get('/docs', { redirect: 'manual' })).status).toBe(200);
    await start({ redirectsToSlash: true });
    expect((await get('/docs', { redirect: 'manual' })).status).toBe(307);
    expect((await get('/docs')).status).toBe(200);
  });
});

describe('faults', () => {
  test('hit the calls that they name and no others', async () => {
    server.fault({ route: 'list', kind: 'status', status: 429, retryAfter: '7', nth: 2, times: 2 });
    const answers = [
      await get('/docs/'),
      await get('/docs/'),
      await get('/docs/'),
      await get('/docs/'),
    ];
    expect(answers.map((response) => response.status)).toEqual([200, 429, 429, 200]);
    expect(answers[1]?.headers.get('retry-after')).toBe('7');
  });

  test('an upload can take effect though its answer is lost', async () => {
    server.fault({ route: 'submit', kind: 'reset', when: 'after-body', takesEffect: true });
    await expect(upload()).rejects.toThrow('fetch failed');
    expect(server.documents.size).toBe(1);
    server.fault({ route: 'submit', kind: 'reset', when: 'before-body', takesEffect: true });
    await expect(upload()).rejects.toThrow('fetch failed');
    expect(server.documents.size).toBe(1);
    expect(server.requestsOf('submit')).toHaveLength(2);
  });

  test('a body is cut off, in its text or on the wire', async () => {
    server.fault({ route: 'list', kind: 'truncated' });
    await expect(body('/docs/')).rejects.toThrow(SyntaxError);
    server.fault({ route: 'list', kind: 'truncated', declared: true });
    await expect(body('/docs/')).rejects.toThrow('terminated');
  });

  test('bytes come slowly, and come whole', async () => {
    server.fault({ route: 'list', kind: 'slow-body', milliseconds: 1 });
    const text = await (await get('/docs/')).text();
    expect(JSON.parse(text)).toMatchObject({ total: 0 });
    server.fault({ route: 'list', kind: 'slow-body', milliseconds: 3_600_000 });
    const reader = (await get('/docs/')).body?.getReader();
    expect((await reader?.read())?.value).toHaveLength(Math.ceil(text.length / 4));
  });

  test.each([
    ['detail', { detail: 'no' }],
    ['detail-list', { detail: [{ loc: ['query', 'limit'], msg: 'no', type: 'value_error' }] }],
    ['error', { error: 'no', errorCode: 'INVALID_INPUT' }],
    ['error-object', { error: { message: 'no', code: 'INVALID_INPUT' } }],
    ['message', { message: 'no' }],
    ['error-code', { errorCode: 'INVALID_INPUT' }],
  ] as const)('an error comes in the form %s', async (kind, expected) => {
    server.fault({ route: 'list', kind: 'status', status: 400, form: kind, message: 'no' });
    expect(await body('/docs/')).toEqual(expected);
  });
});
