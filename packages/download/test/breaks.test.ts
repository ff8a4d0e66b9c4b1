/** Connections that break, stall, or trickle. */
import { gzipSync } from 'node:zlib';

import { expect, onTestFinished, test, vi } from 'vitest';

import { type Handler, serve, serveRaw } from './servers.ts';
import { content, failed, get } from './setup.ts';

const BODY = content(1_000_000);

/** Serves `body` with ranges; breaks off at 60 % of what it was asked for, `breaks` times. */
function breaking(body: Buffer, breaks: number, headers: Record<string, string> = {}): Handler {
  return (request, response, number) => {
    const first = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const rest = body.subarray(first);
    const range =
      first > 0 ? { 'content-range': `bytes ${first}-${body.length - 1}/${body.length}` } : {};
    response.writeHead(first > 0 ? 206 : 200, {
      etag: '"v1"',
      'content-length': rest.length,
      ...range,
      ...headers,
    });
    if (number > breaks) return response.end(rest);
    return response.write(rest.subarray(0, Math.floor(rest.length * 0.6)), () => {
      setTimeout(() => response.destroy(), 20);
    });
  };
}

test('a break at 60 % goes on where it broke, and no byte is sent twice', async () => {
  const { origin, requests } = await serve(breaking(BODY, 2));
  const { sink, result, retries } = await get(origin);
  expect(sink.bytes.equals(BODY)).toBe(true);
  expect([sink.restarts, result.bytes, retries.length]).toEqual([0, BODY.length, 2]);
  expect(requests.map(({ headers }) => [headers.range, headers['if-range']])).toEqual([
    [undefined, undefined],
    ['bytes=600000-', '"v1"'],
    ['bytes=840000-', '"v1"'],
  ]);
});

test('a packed body that breaks goes on within its packed form', async () => {
  const packed = gzipSync(BODY);
  const { origin } = await serve(breaking(packed, 3, { 'content-encoding': 'gzip' }));
  const { sink } = await get(origin);
  expect(sink.bytes.equals(BODY)).toBe(true);
  expect(sink.restarts).toBe(0);
});

test('a server without ranges is asked for all again, and nothing is there twice', async () => {
  const { origin } = await serve((_, response, number) => {
    response.writeHead(200, { 'content-length': BODY.length });
    if (number > 2) return response.end(BODY);
    return response.write(BODY.subarray(0, 600_000), () =>
      setTimeout(() => response.destroy(), 20),
    );
  });
  const { sink } = await get(origin);
  expect(sink.bytes.equals(BODY)).toBe(true);
  expect(sink.restarts).toBe(2);
});

test('content that changes between two attempts is taken anew, never mixed', async () => {
  const other = Buffer.from(content(500_000).toReversed());
  const { origin, requests } = await serve((request, response, number) => {
    if (number === 1) return breaking(BODY, 1)(request, response, 1);
    response.writeHead(200, { etag: '"v2"', 'content-length': other.length });
    return response.end(other);
  });
  const { sink } = await get(origin);
  expect(sink.bytes.equals(other)).toBe(true);
  expect(requests[1]?.headers['if-range']).toBe('"v1"');
});

test.each([
  ['another place', 206, { 'content-range': 'bytes 5-999999/1000000' }],
  ['no range', 206, {}],
  ['range not satisfiable', 416, {}],
])('a wrong answer to a range (%s) is followed by a whole one', async (_name, status, headers) => {
  const { origin } = await serve((request, response, number) => {
    if (number === 1) return breaking(BODY, 1)(request, response, 1);
    if (request.headers.range === undefined) return response.end(BODY);
    response.writeHead(status, headers);
    return response.end(BODY.subarray(5));
  });
  const { sink } = await get(origin);
  expect(sink.bytes.equals(BODY)).toBe(true);
});

/** What the second attempt at a body with these headers asks for. */
async function ifRange(headers: Record<string, string>): Promise<unknown> {
  const { origin, requests } = await serve((_, response, number) => {
    response.writeHead(200, { 'content-length': BODY.length, ...headers });
    if (number > 1) return response.end(BODY);
    return response.write(BODY.subarray(0, 1000), () => setTimeout(() => response.destroy(), 20));
  });
  await get(origin);
  return requests[1]?.headers['if-range'];
}

test('a weak tag is no ground to go on from, an old modification time is', async () => {
  const date = 'Fri, 02 Jan 2026 03:04:05 GMT';
  const old = 'Thu, 01 Jan 2026 03:04:05 GMT';
  expect(await ifRange({ etag: 'W/"1"' })).toBeUndefined();
  expect(await ifRange({ etag: '"1"', 'accept-ranges': 'none' })).toBeUndefined();
  expect(await ifRange({ date, 'last-modified': date })).toBeUndefined();
  expect(await ifRange({ date, 'last-modified': old })).toBe(old);
});

test('a body that never gets whole is an error that says how far it came', async () => {
  const origin = await serveRaw((socket) => {
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort');
  });
  const { error, retries } = await failed(origin);
  expect(error).toMatchObject({
    code: 'broken-off',
    message: `"${origin}/" broke off after 5 of 1000 bytes, in 5 attempts`,
  });
  expect(retries).toHaveLength(4);
});

test('a body that is longer than its length is cut at the length, or refused', async () => {
  const origin = await serveRaw((socket) => {
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nshort and more');
  });
  const { sink } = await get(origin);
  expect(sink.bytes.toString()).toBe('short');
});

test('packed data that end too early are no success', async () => {
  const packed = gzipSync(BODY);
  const { origin } = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    response.end(packed.subarray(0, packed.length / 2));
  });
  const { error } = await failed(origin);
  expect(error).toMatchObject({ code: 'broken-off', transient: true });
});

test('a connection that is reset before it answers is tried again', async () => {
  const origin = await serveRaw((socket, number) => {
    if (number < 3) socket.resetAndDestroy();
    else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  });
  expect((await get(origin)).sink.bytes.toString()).toBe('ok');
});

test('a server that is silent before its answer, or within it, is given up', async () => {
  // time passes for the download only when the server has the request, and when a piece has come
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const limits = { answer: 80, idle: 80, retries: 2 };
  const mute = await serve(() => void vi.advanceTimersByTime(80));
  const silent = await failed(mute.origin, { limits });
  expect(silent.error).toMatchObject({ code: 'no-answer' });
  expect(mute.requests).toHaveLength(2);
  const stalled = await serve((_, response) => {
    response.write('x');
  });
  const broken = await failed(stalled.origin, {
    limits,
    onProgress: () => setImmediate(() => vi.advanceTimersByTime(80)),
  });
  expect(broken.error).toMatchObject({ code: 'stalled' });
});

test('a slow trickle ends at the lowest rate, though no gap is long', async () => {
  const { origin, requests } = await serve((_, response) => {
    const timer = setInterval(() => response.write('x'), 10);
    response.on('close', () => clearInterval(timer));
  });
  const { error } = await failed(origin, { limits: { rate: 10_000, rateWindow: 150 } });
  expect(error).toMatchObject({ code: 'too-slow', transient: false });
  expect(requests).toHaveLength(1);
});

test('all attempts together have a time limit', async () => {
  const { origin } = await serve((_, response) => {
    const timer = setInterval(() => response.write('x'), 10);
    response.on('close', () => clearInterval(timer));
  });
  expect((await failed(origin, { limits: { total: 150 } })).error.code).toBe('too-slow');
});

test('an abort ends the download at once with its reason: in the body, in a pause, and before', async () => {
  const { origin } = await serve((_, response) => {
    response.write('x');
  });
  const controller = new AbortController();
  const reason = new Error('Ctrl-C');
  const onProgress = () => controller.abort(reason);
  expect((await failed(origin, { signal: controller.signal, onProgress })).error).toBe(reason);
  expect((await failed(origin, { signal: controller.signal })).error).toBe(reason);
  const down = await serve((_, response) => {
    response.writeHead(503);
    response.end();
  });
  const second = new AbortController();
  const onRetry = () => second.abort('SIGINT');
  expect((await failed(down.origin, { signal: second.signal, onRetry })).error).toBe('SIGINT');
});

test('what the sink throws ends the download as it is', async () => {
  const { origin, requests } = await serve((_, response) => response.end('some text'));
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
  const sink = {
    write: () => {
      throw full;
    },
    restart: () => {},
  };
  expect((await failed(origin, { sink })).error).toBe(full);
  expect(requests).toHaveLength(1);
});
