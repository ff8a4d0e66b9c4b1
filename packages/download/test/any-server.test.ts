/** Servers that do anything, in any order. */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { download, DownloadError, nodeHttp } from '../src/index.ts';
import { serve } from './servers.ts';
import { content, MemorySink, TestClock } from './setup.ts';

const PLACES = [0, 1, 9, 500, 4095, 9999, 10_000];

/** What a server does with one request. */
const action = fc.record({
  kind: fc.constantFrom('whole', 'break', 'break', 'break', 'down', 'reset', 'move', 'end'),
  /** Where it breaks, or ends as if that were all. */
  at: fc.constantFrom(...PLACES),
  /** The content that it has now. */
  version: fc.constantFrom(1, 1, 1, 2),
  ranges: fc.constantFrom('right', 'right', 'ignored', 'refused', 'wrong'),
  tag: fc.constantFrom('strong', 'strong', 'weak', 'none'),
  length: fc.boolean(),
  packed: fc.constantFrom(false, false, true),
});
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const BODIES = [1, 2].map((version) => content(10_000).map((byte) => byte ^ version));
const PACKED = BODIES.map((body) => gzipSync(body));

function answer(
  { kind, at, version, ranges, tag, length, packed }: Action,
  range: string | undefined,
  response: ServerResponse,
): void {
  if (kind === 'down') return void response.writeHead(503).end();
  if (kind === 'reset') return void response.destroy();
  if (kind === 'move') return void response.writeHead(302, { location: '?moved' }).end();
  const body = (packed ? PACKED : BODIES)[version - 1] ?? Buffer.alloc(0);
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  const asked = Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
  const isSame = response.req.headers['if-range'] === etag;
  const first = asked > 0 && isSame && ranges !== 'ignored' ? asked : 0;
  if (first > 0 && ranges === 'refused') return void response.writeHead(416).end();
  const start = ranges === 'wrong' ? Math.max(0, first - 1) : first;
  const rest = body.subarray(start);
  response.writeHead(first > 0 ? 206 : 200, {
    ...(tag === 'none' ? {} : { etag: tag === 'weak' ? `W/${etag}` : etag }),
    ...(length && kind !== 'end' ? { 'content-length': rest.length } : {}),
    ...(first > 0 ? { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` } : {}),
    ...(packed ? { 'content-encoding': 'gzip' } : {}),
  });
  if (kind === 'whole') return void response.end(rest);
  const cut = Math.max(1, at);
  response.write(rest.subarray(0, cut), () => {
    setImmediate(() =>
      kind === 'end' && length ? response.end(rest.subarray(cut)) : response.destroy(),
    );
  });
}

test('whatever servers do, the sink holds one whole content, or the download fails', async () => {
  const seen = { whole: 0, failed: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 8 }), async (actions) => {
      const { origin } = await serve((request, response, number) => {
        const next = actions[number - 1];
        if (next === undefined) response.writeHead(404).end();
        else answer(next, request.headers.range, response);
      });
      const sink = new MemorySink();
      const options = {
        sink,
        clock: new TestClock(),
        http: nodeHttp(),
        random: () => 0,
        userAgent: 'x',
      };
      const result = await download(origin, options).catch((error: unknown) => error);
      const isWhole = BODIES.some((body) => sink.bytes.equals(body));
      const isFailure = result instanceof DownloadError;
      expect({ isWhole, isFailure }).not.toEqual({ isWhole: false, isFailure: false });
      expect(isFailure || !(result instanceof Error)).toBe(true);
      seen[isFailure ? 'failed' : 'whole'] += 1;
    }),
    { numRuns: Number(process.env['OPENKB_PROPERTY_RUNS'] ?? 150) },
  );
  expect(seen.whole).toBeGreaterThan(20);
  expect(seen.failed).toBeGreaterThan(20);
});

test('an abort at any moment is what is thrown, and leaves no connection', async () => {
  const body = content(200_000);
  const packed = gzipSync(body);
  const { origin, connections } = await serve((_, response, number) => {
    if (number % 3 === 0) response.writeHead(302, { location: '/next' }).end();
    else if (number % 5 === 0) response.destroy();
    else {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.write(packed.subarray(0, 1000));
      setTimeout(() => response.end(packed.subarray(1000)), 3);
    }
  });
  const reasons = await Promise.all(
    Array.from({ length: 60 }, async (_, i) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(`stop ${i}`), i / 4);
      const options = {
        sink: new MemorySink(),
        clock: new TestClock(),
        http: nodeHttp(),
        random: () => 0,
      };
      const { signal } = controller;
      return download(origin, { ...options, signal, userAgent: 'x' }).then(
        ({ bytes }) => bytes === body.length,
        (error: unknown) => error === `stop ${i}` || String(error),
      );
    }),
  );
  expect(reasons.filter((reason) => reason !== true)).toEqual([]);
  await expect.poll(connections).toBe(0);
});
