import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { serve, serveRaw } from './servers.ts';
import { content, failed, get } from './setup.ts';

test('all bytes arrive in order, and what the server says of them is told', async () => {
  const body = content(300_000);
  const { origin, requests } = await serve((_, response) => {
    response.writeHead(200, {
      'content-type': 'Application/PDF; charset="UTF-8"',
      'content-length': body.length,
      'content-disposition': 'attachment; filename="the report.pdf"',
      etag: '"a1"',
      'last-modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
      link: '</canonical>; rel="canonical", </next>; rel="next"',
    });
    response.end(body);
  });
  const { sink, result, progress } = await get(`${origin}/a/b?c=d#e`);
  expect(sink.bytes.equals(body)).toBe(true);
  expect(result).toEqual({
    url: `${origin}/a/b?c=d`,
    finalUrl: `${origin}/a/b?c=d`,
    canonicalUrl: `${origin}/canonical`,
    fileName: 'the report.pdf',
    mediaType: 'application/pdf',
    charset: 'utf-8',
    bytes: body.length,
    etag: '"a1"',
    lastModified: 'Fri, 02 Jan 2026 03:04:05 GMT',
    messages: [],
  });
  expect(progress.at(-1)).toEqual({ received: body.length, total: body.length });
  expect(requests[0]?.headers).toMatchObject({ 'user-agent': 'openkb-test' });
});

test.each([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
])('a body packed by %s is unpacked, also when it comes byte by byte', async (coding, pack) => {
  const body = Buffer.from('The lamp stands at the door. '.repeat(500));
  const packed = pack(body);
  const { origin } = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': coding, 'content-length': packed.length });
    for (const byte of packed) response.write(Buffer.from([byte]));
    response.end();
  });
  const { sink, result } = await get(origin);
  expect(sink.bytes.toString()).toBe(body.toString());
  expect(result.bytes).toBe(body.length);
});

test('a body that is called gzip and is not is taken as it is', async () => {
  const { origin } = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    response.end('x');
  });
  expect((await get(origin)).sink.bytes.toString()).toBe('x');
});

test('a content coding that nobody knows is refused by its name', async () => {
  const { origin } = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': 'zstd' });
    response.end('x');
  });
  const { error } = await failed(origin);
  expect(error).toMatchObject({ code: 'bad-encoding', message: expect.stringContaining('"zstd"') });
});

test('packed data that are damaged are refused, and nothing after them is taken', async () => {
  const packed = gzipSync(content(100_000));
  packed.fill(0xff, 1000, 1100);
  const { origin } = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    response.end(packed);
  });
  expect((await failed(origin)).error.code).toBe('bad-encoding');
});

test('a gzip bomb ends at the limit, with no more than that written', async () => {
  const bomb = gzipSync(Buffer.alloc(200 * 2 ** 20));
  const { origin } = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': bomb.length });
    response.end(bomb);
  });
  const limits = { bytes: 2 ** 20 };
  const { error, sink } = await failed(origin, { limits });
  expect(error).toMatchObject({
    code: 'too-large',
    message: `"${origin}/" has more than 1 MiB, which is the limit`,
  });
  expect(sink.bytes.length).toBeLessThanOrEqual(limits.bytes);
});

test('a size over the limit is refused before a byte is taken', async () => {
  const { origin } = await serve((_, response) => {
    response.writeHead(200, { 'content-length': 10_000_000 });
    response.write('x');
  });
  const { error, sink, clock } = await failed(origin, { limits: { bytes: 1000 } });
  expect(error.code).toBe('too-large');
  expect(error.message).toContain('has 9.5 MiB, over the limit of 1000 bytes');
  expect([sink.bytes.length, clock.sleeps.length]).toEqual([0, 0]);
});

test('an endless body ends at the limit', async () => {
  const { origin } = await serve((_, response) => {
    const more = () => {
      while (response.write(Buffer.alloc(65_536)));
      response.once('drain', more);
    };
    more();
  });
  const { error, sink } = await failed(origin, { limits: { bytes: 3_000_000 } });
  expect(error.code).toBe('too-large');
  expect(sink.bytes.length).toBeLessThanOrEqual(3_000_000);
});

test.each([200, 204, 205])('an answer %i without content is an error', async (status) => {
  const { origin } = await serve((_, response) => {
    response.writeHead(status);
    response.end();
  });
  expect((await failed(origin)).error).toMatchObject({
    code: 'empty',
    message: `"${origin}/" has no content`,
  });
});

test('an IPv6 address in brackets is asked for', async ({ skip }) => {
  const serving = serve((_, response) => response.end('six'), '::1');
  await serving.catch(() => skip('no IPv6 here'));
  const { origin } = await serving;
  const { result, sink } = await get(`${origin}/a.txt`);
  expect([result.url, sink.bytes.toString()]).toEqual([`${origin}/a.txt`, 'six']);
});

test('the wrong type in the header changes nothing about the bytes', async () => {
  const { origin } = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'image/png' });
    response.end('%PDF-1.7');
  });
  const { sink, result } = await get(origin);
  expect([sink.bytes.toString(), result.mediaType]).toEqual(['%PDF-1.7', 'image/png']);
});

test.each([
  [401, 'login-needed'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [410, 'not-found'],
  [418, 'http-error'],
  [304, 'http-error'],
  [501, 'unavailable'],
])('status %i is "%s" at once', async (status, code) => {
  const { origin, requests } = await serve((_, response) => {
    response.writeHead(status);
    response.end('<html>an error page</html>');
  });
  const { error, sink } = await failed(`${origin}/paper.pdf`);
  expect(error).toMatchObject({ code, status });
  expect(error.message).toContain(`"${origin}/paper.pdf" `);
  expect([requests.length, sink.bytes.length]).toEqual([1, 0]);
});

test('a server that is down for a moment is asked again, with growing pauses', async () => {
  const { origin } = await serve((_, response, number) => {
    response.writeHead(number < 4 ? 503 : 200);
    response.end('here');
  });
  const { sink, clock, retries } = await get(origin);
  expect(sink.bytes.toString()).toBe('here');
  expect(clock.sleeps).toEqual([1000, 2000, 4000]);
  expect(retries[0]?.reason).toContain('503 Service Unavailable');
});

test('a server that stays down fails after five attempts, and says how many', async () => {
  const { origin, requests } = await serve((_, response) => {
    response.writeHead(500);
    response.end();
  });
  const { error } = await failed(origin);
  expect(error).toMatchObject({ code: 'unavailable', transient: true, status: 500 });
  expect(error.message).toMatch(/\(500 Internal Server Error\), in 5 attempts$/);
  expect(requests).toHaveLength(5);
});

test('Retry-After is heeded, in seconds and as a date', async () => {
  const { origin } = await serve((_, response, number) => {
    if (number === 1) response.writeHead(429, { 'retry-after': '7' });
    if (number === 2)
      response.writeHead(503, {
        date: 'Fri, 02 Jan 2026 03:00:00 GMT',
        'retry-after': 'Fri, 02 Jan 2026 03:01:00 GMT',
      });
    response.end('here');
  });
  expect((await get(origin)).clock.sleeps).toEqual([7000, 60_000]);
});

test('a Retry-After beyond the limit is not waited for, and told', async () => {
  const { origin, requests } = await serve((_, response) => {
    response.writeHead(429, { 'retry-after': '3600' });
    response.end();
  });
  const { error, clock } = await failed(origin);
  expect(error).toMatchObject({ code: 'rate-limited', retryAfter: 3_600_000 });
  expect(error.message).toContain('it asks to wait 60 minutes');
  expect([requests.length, clock.sleeps]).toEqual([1, []]);
});

test('a head that is too long, and an answer that is no HTTP, are bad answers', async () => {
  const long = await serveRaw((socket) => {
    socket.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\nbody`);
  });
  const other = await serveRaw((socket) => socket.end('220 smtp.example.org ESMTP\r\n'));
  expect((await failed(long)).error).toMatchObject({ code: 'bad-answer', transient: false });
  expect((await failed(other)).error).toMatchObject({ code: 'bad-answer', transient: false });
});

test('an answer without a length, of a server that closes when it is done, is whole', async () => {
  const old = await serveRaw((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nall of it'));
  expect((await get(old)).sink.bytes.toString()).toBe('all of it');
});

test('chunks that end without the last one are not taken for whole', async () => {
  const origin = await serveRaw((socket) => {
    socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n');
  });
  expect((await failed(origin)).error).toMatchObject({
    code: 'broken-off',
    message: `"${origin}/" broke off after 5 bytes, in 5 attempts`,
  });
});

test('no connection outlives its download', async () => {
  const { origin, connections } = await serve((request, response) => {
    response.writeHead(request.url === '/a' ? 302 : 200, { location: '/b' });
    response.end('text');
  });
  await Promise.all(Array.from({ length: 40 }, () => get(`${origin}/a`)));
  await expect.poll(connections).toBe(0);
});

test('nobody listening, and a host that is not there, fail at once', async () => {
  const closed = await serve(() => {});
  const { port } = closed;
  const gone = await failed(`http://127.0.0.1:${port === 1 ? 2 : 1}/`);
  expect(gone.error).toMatchObject({ code: 'refused' });
  expect(gone.clock.sleeps).toEqual([]);
  const { error } = await failed('http://no-such-host.invalid/');
  expect(['host-not-found', 'network']).toContain(error.code);
});

const TAG = '"a1"';

test.each([
  ['an entity tag', { etag: TAG }],
  ['a time', { lastModified: 'Fri, 02 Jan 2026 03:04:05 GMT' }],
])('content that is known by %s and still the same is not sent again', async (_name, known) => {
  const body = content(3000);
  const { origin, requests } = await serve(({ headers }, response) => {
    const same = headers['if-none-match'] === TAG || headers['if-modified-since'] !== undefined;
    response.writeHead(same ? 304 : 200, { etag: TAG });
    response.end(same ? undefined : body);
  });
  const { sink, result } = await get(origin, { known });
  expect(result).toMatchObject({ unchanged: true, bytes: 0, url: `${origin}/` });
  expect(sink.bytes.length).toBe(0);
  expect(requests).toHaveLength(1);
});

test('content that is another than the known one is downloaded', async () => {
  const body = content(3000);
  const { origin } = await serve((_, response) => response.end(body));
  const { sink, result } = await get(origin, { known: { etag: TAG } });
  expect(result.unchanged).toBeUndefined();
  expect(sink.bytes.equals(body)).toBe(true);
});

test('a server that says "unchanged" unasked has failed', async () => {
  const { origin } = await serve((_, response) => response.writeHead(304).end());
  expect((await failed(origin)).error.code).toBe('http-error');
  expect((await failed(origin, { known: {} })).error.code).toBe('http-error');
});
