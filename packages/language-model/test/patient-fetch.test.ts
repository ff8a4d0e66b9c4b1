import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startModelServer } from '@openkb/test-kit/model-server';
import { describe, expect, test } from 'vitest';

import { patientFetch } from '../src/index.ts';
import { errorOf, modelAt, QUESTION } from './helpers.ts';

describe('patientFetch', () => {
  test('carries answers and streams, and ends its connections', async () => {
    await using server = await startModelServer({ reply: () => 'A sum.' });
    const client = patientFetch();
    const model = modelAt(server, { fetch: client.fetch });
    expect((await model.generate({ messages: QUESTION })).text).toBe('A sum.');
    for (let count = 0; count < 5; count += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that a connection can be reused
      expect((await model.stream({ messages: QUESTION })).text).toBe('A sum.');
    }
    // a request may start while the connection of the one before is being freed
    expect(server.connections).toBeLessThanOrEqual(2);
    await client.close();
    await client.close();
  });

  test('waits for silence as long as it is told, and the error says so', async () => {
    await using server = await startModelServer({
      reply: () => ({ fault: 'silent' }),
    });
    const impatient = patientFetch({ silenceMs: 1000 });
    const error = await errorOf(
      modelAt(server, { fetch: impatient.fetch }).generate({ messages: QUESTION }),
    );
    expect(error).toMatchObject({ code: 'timeout' });
    expect(error.message).toContain('UND_ERR_HEADERS_TIMEOUT');
    await impatient.close();
  });

  test('is given up with the signal, and reports resets as Node does', async () => {
    await using server = await startModelServer({
      reply: (_request, index) => {
        if (index > 0) return { fault: 'reset' };
        setImmediate(() => controller.abort());
        return { fault: 'silent' };
      },
    });
    const client = patientFetch();
    const model = modelAt(server, { fetch: client.fetch, retries: 1 });
    const controller = new AbortController();
    const { signal } = controller;
    expect((await errorOf(model.generate({ messages: QUESTION, signal }))).code).toBe('aborted');
    expect((await errorOf(model.generate({ messages: QUESTION }))).code).toBe('unreachable');
    expect(server.requests).toHaveLength(3);
    await client.close();
  });

  test('goes through a proxy to hosts that are not on the own machine', async () => {
    const seen: string[] = [];
    const proxy = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.writeHead(502).end();
    });
    proxy.on('connect', (request, socket) => {
      seen.push(`CONNECT ${request.url}`);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const http = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    await using server = await startModelServer({ reply: () => 'A sum.' });
    const client = patientFetch({ proxy: { http: http.replace('http://', '') } });
    const model = modelAt(server, { fetch: client.fetch });
    expect((await model.generate({ messages: QUESTION })).text).toBe('A sum.');
    expect(seen).toEqual([]);
    await client.fetch('https://model.invalid/v1').catch(() => undefined);
    expect(seen).toEqual(['CONNECT model.invalid:443']);
    await client.close();
    proxy.close();
  });

  test.each(['socks5://me:secret-word@proxy:1080', 'http://[nonsense'])(
    'a proxy at %s is named as the setting to correct',
    async (https) => {
      await using server = await startModelServer();
      const { fetch } = patientFetch({ proxy: { https } });
      const error = await errorOf(modelAt(server, { fetch }).generate({ messages: QUESTION }));
      expect(error).toMatchObject({ code: 'bad-setting' });
      expect(error.hint).toContain('HTTPS_PROXY');
      expect(error.message).not.toContain('secret-word');
    },
  );
});
