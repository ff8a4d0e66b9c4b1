import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';

import type { ErrorForm, Fault, Route } from '@openkb/test-kit/pageindex-server';
import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { PageIndexError, createClient } from '../src/index.ts';
import { TestClock, failureOf, pdf, setUp } from './setup.ts';

const one = { documents: [{ id: 'pi-1' }] };
const metadataFault = (fault: Record<string, unknown>): Fault =>
  ({ route: 'metadata', ...fault }) as Fault;

const submitFault = (fault: Record<string, unknown>): Fault =>
  ({ route: 'submit', ...fault }) as Fault;

const HOUR = 3_600_000;

/** A `fetch` whose answers are all of one second. */
const dated: typeof fetch = async (input, init) => {
  const { body, status, headers } = await fetch(input, init);
  const date = 'Fri, 02 Jan 2026 03:04:05 GMT';
  return new Response(body, { status, headers: { ...Object.fromEntries(headers), date } });
};

describe('a request that may be sent twice', () => {
  test.each<[string, Record<string, unknown>]>([
    ['429', { kind: 'status', status: 429 }],
    ['408', { kind: 'status', status: 408 }],
    ['500', { kind: 'status', status: 500, form: 'html' }],
    ['502', { kind: 'status', status: 502, form: 'empty' }],
    ['503', { kind: 'status', status: 503, form: 'text' }],
    ['504', { kind: 'status', status: 504 }],
    ['522 of a gateway', { kind: 'status', status: 522 }],
    ['a page of HTML with 200', { kind: 'body', body: '<html>sign in</html>', type: 'text/html' }],
    ['an empty body', { kind: 'body', body: '' }],
    ['JSON that is cut off', { kind: 'truncated' }],
    ['a connection that ends in the body', { kind: 'truncated', declared: true }],
    ['a reset before the body is read', { kind: 'reset', when: 'before-body' }],
    ['a reset after the body is read', { kind: 'reset', when: 'after-body' }],
  ])('is tried again after %s', async (_, fault) => {
    const { server, client, clock } = await setUp(one);
    server.fault(metadataFault({ ...fault, times: 3 }));
    expect(await client.metadata('pi-1')).toMatchObject({ status: 'completed' });
    expect(server.requests).toHaveLength(4);
    expect(clock.sleeps).toEqual([1000, 2000, 4000]);
  });

  test.each([
    [400, 'invalid-request'],
    [401, 'unauthorized'],
    [402, 'payment-required'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [413, 'too-large'],
    [418, 'http-error'],
    [422, 'invalid-request'],
  ])('is not tried again after %i', async (status, code) => {
    const { server, client } = await setUp(one);
    server.fault(metadataFault({ kind: 'status', status }));
    const error = await failureOf(client.metadata('pi-1'));
    expect(error).toBeInstanceOf(PageIndexError);
    expect(error).toMatchObject({ code, status, transient: false, requestId: 'request-1' });
    expect(server.requests).toHaveLength(1);
  });

  test('fails with the last error when all four attempts have failed', async () => {
    const { server, client } = await setUp(one);
    server.fault(
      metadataFault({ kind: 'status', status: 503, times: 9, message: 'down for maintenance' }),
    );
    const error = await failureOf(client.metadata('pi-1'));
    expect(error).toMatchObject({ code: 'unavailable', status: 503 });
    expect(error.message).toBe(
      'PageIndex Cloud refused the request for document "pi-1": down for maintenance (503, request request-4)',
    );
    expect(server.requests).toHaveLength(4);
  });

  test.each([
    ['7', 7000],
    ['0', 1000],
    ['soon', 1000],
  ])('waits as long as Retry-After "%s" asks', async (retryAfter, pause) => {
    const { server, client, clock } = await setUp(one);
    server.fault(metadataFault({ kind: 'status', status: 429, retryAfter }));
    await client.metadata('pi-1');
    expect(clock.sleeps).toEqual([pause]);
  });

  test('waits until the date that Retry-After gives', async () => {
    const { server, client, clock } = await setUp(one, { fetch: dated });
    const retryAfter = 'Fri, 02 Jan 2026 03:04:25 GMT';
    server.fault(metadataFault({ kind: 'status', status: 429, retryAfter }));
    await client.metadata('pi-1');
    expect(clock.sleeps).toEqual([20_000]);
  });

  test('is not held up for an hour', async () => {
    const { server, client, clock } = await setUp(one);
    server.fault(metadataFault({ kind: 'status', status: 429, retryAfter: '3600' }));
    expect(await failureOf(client.metadata('pi-1'))).toMatchObject({
      code: 'rate-limited',
      retryAfter: 3_600_000,
    });
    expect(clock.sleeps).toEqual([]);
  });
});

/** From here to the end of the test, time passes for the client only where the test says so. */
const stopTime = (): void => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
};

/** Lets the time for an upload pass when the service has it. */
const passTime = ({ route }: { readonly route: Route }): void => {
  if (route === 'submit') setImmediate(() => vi.advanceTimersByTime(700));
};

/** A `fetch` whose answers come byte by byte: before each, so many milliseconds pass. */
const trickling =
  (milliseconds: number): typeof fetch =>
  async (input, init) => {
    const { body, status, headers } = await fetch(input, init);
    async function* bytes() {
      for await (const chunk of body ?? [])
        for (const byte of chunk) {
          vi.advanceTimersByTime(milliseconds);
          init?.signal?.throwIfAborted();
          yield Uint8Array.of(byte);
        }
    }
    return new Response(ReadableStream.from(bytes()), { status, headers });
  };

describe('time', () => {
  test.each<[string, Record<string, unknown>, Record<string, number>]>([
    ['whole answer', { kind: 'slow-headers', milliseconds: HOUR }, { short: 60 }],
    ['pause between pieces', { kind: 'slow-body', milliseconds: HOUR, pieces: 2 }, { idle: 60 }],
  ])('the %s is limited', async (_, fault, timeouts) => {
    const { server, client } = await setUp(one, { timeouts, retries: 0 });
    server.fault(metadataFault(fault));
    expect(await failureOf(client.metadata('pi-1'))).toMatchObject({
      code: 'timeout',
      transient: true,
    });
  });

  test('slow bytes are no fault while they come', async () => {
    stopTime();
    const timeouts = { idle: 100, short: HOUR };
    const { server, client } = await setUp(one, { timeouts, fetch: trickling(99) });
    expect(await client.metadata('pi-1')).toMatchObject({ id: 'pi-1' });
    expect(server.requests).toHaveLength(1);
  });

  test('an abort ends a request at once with its reason', async () => {
    const reason = new Error('enough');
    const abort = new AbortController();
    const onRequest = () => abort.abort(reason);
    const { server, client } = await setUp({ ...one, onRequest });
    server.fault(metadataFault({ kind: 'slow-headers', milliseconds: HOUR }));
    expect(await failureOf(client.metadata('pi-1', { signal: abort.signal }))).toBe(reason);
    expect(server.requests).toHaveLength(1);
  });
});

describe('errors', () => {
  test.each<[ErrorForm, string]>([
    ['detail', 'no such page'],
    ['detail-list', 'query.limit: no such page'],
    ['error', 'no such page'],
    ['error-object', 'no such page'],
    ['message', 'no such page'],
    ['error-code', 'INVALID_INPUT'],
    ['text', 'no such page'],
    ['html', 'Bad Request'],
    ['empty', 'Bad Request'],
  ])('of the form %s give their reason', async (form, reason) => {
    const { server, client } = await setUp(one);
    server.fault(metadataFault({ kind: 'status', status: 400, form, message: 'no such page' }));
    const error = await failureOf(client.metadata('pi-1'));
    expect(error.message).toBe(
      `PageIndex Cloud refused the request for document "pi-1": ${reason} (400, request request-1)`,
    );
  });

  test('never hold the key, even if the service or fetch repeats it', async () => {
    const apiKey = 'pi-very-secret';
    const { server, client } = await setUp({ apiKey, ...one });
    server.fault(metadataFault({ kind: 'status', status: 401, message: `bad key ${apiKey}` }));
    const refused = await failureOf(client.metadata('pi-1'));
    const clock = new TestClock();
    const leaking = () =>
      Promise.reject(new TypeError('failed', { cause: new Error(`header api_key: ${apiKey}`) }));
    const broken = await failureOf(createClient({ apiKey, fetch: leaking, clock }).list());
    expect(refused.excerpt).toContain('bad key ***');
    expect(broken).toMatchObject({ code: 'network' });
    expect(inspect([refused, broken], { depth: 9 })).not.toContain(apiKey);
  });

  test('a redirect to another host is refused before the key gets there', async () => {
    const other = await setUp();
    const server = createServer((_, response) =>
      response.writeHead(307, { location: `${other.server.url}/docs/` }).end(),
    );
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = createClient({ apiKey: 'test-key', baseUrl, fetch, clock: new TestClock() });
    expect(await failureOf(client.list())).toMatchObject({ code: 'redirect' });
    expect(other.server.requests).toEqual([]);
    server.close();
  });

  test('a service that is not there is a network error that names the cause', async () => {
    const { server, client } = await setUp();
    await server.close();
    const error = await failureOf(client.list());
    expect(error).toMatchObject({ code: 'network', arrived: false });
    expect(error.message).toContain('ECONNREFUSED');
  });
});

describe('an upload', () => {
  test.each([[429], [503]])(
    'that is refused with %i is sent again with the same bytes',
    async (status) => {
      const { server, client } = await setUp();
      server.fault(submitFault({ kind: 'status', status }));
      expect(await client.submit(pdf('long text'), 'a.pdf')).toMatchObject({ adopted: false });
      const [first, second] = server.requestsOf('submit');
      expect(second?.fileSha256).toBe(first?.fileSha256);
      expect(server.documents.size).toBe(1);
    },
  );

  test.each<[string, Record<string, unknown>]>([
    ['a 500', { kind: 'status', status: 500 }],
    ['a reset', { kind: 'reset', when: 'after-body' }],
    ['an answer that is cut off', { kind: 'truncated' }],
    ['an answer without an id', { kind: 'body', body: '{}' }],
    ['a 524 of a gateway', { kind: 'status', status: 524 }],
  ])(
    'whose answer is lost by %s but which arrived is found again and not sent twice',
    async (_, fault) => {
      const { server, client } = await setUp({
        documents: [{ id: 'old', name: 'My Report.pdf' }],
      });
      server.fault(submitFault({ ...fault, takesEffect: true }));
      const submission = await client.submit(pdf(), 'My  Report.pdf');
      expect(submission).toMatchObject({ adopted: true, name: 'My Report_1.pdf' });
      expect(submission.id).not.toBe('old');
      expect(server.requestsOf('submit')).toHaveLength(1);
      expect(server.documents.size).toBe(2);
    },
  );

  test('whose answer is too late is found again', async () => {
    stopTime();
    const { server, client } = await setUp({ onRequest: passTime }, { timeouts: { submit: 700 } });
    server.fault(submitFault({ kind: 'slow-headers', milliseconds: HOUR }));
    expect(await client.submit(pdf(), 'a.pdf')).toMatchObject({ adopted: true });
    expect(server.requestsOf('submit')).toHaveLength(1);
  });

  test('that cannot be told to have arrived stops and says so', async () => {
    const { server, client } = await setUp();
    server.fault(submitFault({ kind: 'status', status: 500 }));
    const error = await failureOf(client.submit(pdf(), 'a.pdf'));
    expect(error).toMatchObject({ code: 'upload-uncertain', cause: { status: 500 } });
    expect(error.message).toContain('The answer to the upload of "a.pdf" was lost');
    expect(server.requestsOf('submit')).toHaveLength(1);
  });

  test('stops where two new documents could be ours', async () => {
    const { server, client } = await setUp();
    server.fault(submitFault({ kind: 'reset', when: 'after-body', takesEffect: true }));
    const twice: typeof fetch = async (input, init) => {
      if (init?.method === 'POST') server.addDocument({ name: 'a.pdf' });
      return fetch(input, init);
    };
    const racing = createClient({
      apiKey: 'test-key',
      baseUrl: server.url,
      fetch: twice,
      clock: new TestClock(),
    });
    expect(await failureOf(racing.submit(pdf(), 'a.pdf'))).toMatchObject({
      code: 'upload-uncertain',
    });
    expect(client).toBeDefined();
  });

  test('that the service refuses for good is not looked for', async () => {
    const { server, client } = await setUp();
    const error = await failureOf(client.submit(new Blob(['PK zip']), 'a.pdf'));
    expect(error).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('Only PDF files'),
    });
    expect(server.requests.map(({ route }) => route)).toEqual<Route[]>(['list', 'submit']);
  });

  test('with a wrong key sends no file', async () => {
    const { server } = await setUp();
    const client = createClient({
      apiKey: 'wrong',
      baseUrl: server.url,
      fetch,
      clock: new TestClock(),
    });
    const error = await failureOf(client.submit(pdf(), 'a.pdf'));
    expect(error).toMatchObject({
      code: 'unauthorized',
      hint: 'Check the API key.',
    });
    expect(server.requestsOf('submit')).toEqual([]);
  });

  test('goes into a folder where one is given', async () => {
    const { server, client } = await setUp();
    await client.submit(pdf(), 'a.pdf', { folderId: 'folder-7' });
    expect(server.requestsOf('submit')[0]?.fields).toEqual({ folder_id: 'folder-7' });
  });
});

test.each([404, 403])(
  'an account that cannot be listed (%i) takes uploads, and one whose answer is lost is not looked for',
  async (status) => {
    const { server, client } = await setUp();
    server.fault({ route: 'list', kind: 'status', status, times: 9 });
    expect(await client.submit(pdf(), 'a.pdf')).toMatchObject({ adopted: false });
    server.fault(submitFault({ kind: 'reset', when: 'after-body', takesEffect: true }));
    expect(await failureOf(client.submit(pdf(), 'b.pdf'))).toMatchObject({
      code: 'upload-uncertain',
    });
    expect(server.requestsOf('submit')).toHaveLength(2);
  },
);

test('a document of the same name that is older than the upload is not taken for it', async () => {
  const { server } = await setUp({ documents: [{ name: 'newest.pdf' }] });
  const racing: typeof fetch = (input, init) => {
    if (init?.method === 'POST')
      server.addDocument({ name: 'a.pdf', createdAt: '2020-01-01T00:00:00.000Z' });
    return fetch(input, init);
  };
  const client = createClient({
    apiKey: 'test-key',
    baseUrl: server.url,
    fetch: racing,
    clock: new TestClock(),
  });
  server.fault(submitFault({ kind: 'status', status: 500 }));
  expect(await failureOf(client.submit(pdf(), 'a.pdf'))).toMatchObject({
    code: 'upload-uncertain',
  });
});

test('an answer that is larger than the limit ends the request', async () => {
  const { server, client } = await setUp(one, { mostBytes: 100 });
  expect(await failureOf(client.metadata('pi-1'))).toMatchObject({
    code: 'answer-too-large',
    message: 'The answer to the request for document "pi-1" has more than 100 bytes.',
  });
  expect(server.requests).toHaveLength(1);
});

test('a key that the service repeats in its data does not come through', async () => {
  const apiKey = 'pi-very-secret';
  const { client } = await setUp({
    apiKey,
    documents: [{ id: 'pi-1', metadata: { description: `made with ${apiKey}` } }],
  });
  const { description, raw } = await client.metadata('pi-1');
  expect(description).toBe('made with ***');
  expect(JSON.stringify(raw)).not.toContain(apiKey);
});

test('a request that fetch itself refuses is a network error that says why', async () => {
  const options = { apiKey: 'key', baseUrl: 'http://127.0.0.1:1', fetch, clock: new TestClock() };
  const error = await failureOf(createClient(options).list());
  expect(error).toMatchObject({ code: 'network' });
  expect(error.message).toBe('The request for the list of documents failed: bad port');
});

test('paths with a final slash need no redirect', async () => {
  const { server, client } = await setUp({ redirectsToSlash: true, ...one });
  await client.metadata('pi-1');
  await client.submit(pdf(), 'a.pdf');
  expect(server.requests).toHaveLength(3);
});

test('two failed polls in a row do not end a wait, three do', async () => {
  const { server, client } = await setUp(
    { documents: [{ id: 'pi-1', pollsLeft: 3 }] },
    { retries: 0 },
  );
  server.fault(metadataFault({ kind: 'status', status: 500, times: 2 }));
  expect(await client.wait('pi-1')).toMatchObject({ status: 'completed' });
  server.fault(metadataFault({ kind: 'status', status: 500, times: 3 }));
  expect(await failureOf(client.wait('pi-1'))).toMatchObject({ code: 'unavailable' });
});
