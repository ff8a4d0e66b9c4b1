/** Requests through a proxy, which alone may know the hosts. */
import { createServer, request as httpRequest } from 'node:http';
import { createServer as createTls } from 'node:https';
import { type AddressInfo, connect } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import { proxyFor } from '../src/http/proxy.ts';
import { type Lookup, nodeHttp, type ProxySettings } from '../src/index.ts';
import { selfSigned } from './self-signed.ts';
import { serve } from './servers.ts';
import { failed, get } from './setup.ts';

const UNKNOWN: Lookup = (host) =>
  Promise.reject(Object.assign(new Error(host), { code: 'ENOTFOUND' }));

const oneInner: Lookup = (host) =>
  host === 'inner.test' ? Promise.resolve([{ address: '192.168.1.1', family: 4 }]) : UNKNOWN(host);

interface ProxyServer {
  readonly url: string;
  readonly asked: readonly (readonly [what: string, login: string | undefined])[];
}

/** A proxy that takes every host for this machine. */
async function proxyServer(refuse = 0): Promise<ProxyServer> {
  const asked: (readonly [string, string | undefined])[] = [];
  const server = createServer((request, response) => {
    asked.push([request.url ?? '', request.headers['proxy-authorization']]);
    const { port, pathname, search } = new URL(request.url ?? '');
    const path = pathname + search;
    const onward = httpRequest(
      { host: '127.0.0.1', port, path, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      },
    );
    onward.end();
  });
  server.on('connect', (request, socket) => {
    asked.push([request.url ?? '', request.headers['proxy-authorization']]);
    if (refuse > 0) return void socket.end(`HTTP/1.1 ${refuse} No\r\n\r\n`);
    const onward = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    socket.on('error', () => {});
    return onward.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return { url: `http://ana:pw@127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const LOGIN = `Basic ${Buffer.from('ana:pw').toString('base64')}`;

test('http goes through the proxy, also to a host that only the proxy knows', async () => {
  const { port, requests } = await serve((_, response) => response.end('text'));
  const proxy = await proxyServer();
  const http = nodeHttp({ lookup: UNKNOWN, proxy: { http: proxy.url } });
  const { sink } = await get(`http://inner.test:${port}/a?b=c`, { http });
  expect(sink.bytes.toString()).toBe('text');
  expect(proxy.asked).toEqual([[`http://inner.test:${port}/a?b=c`, LOGIN]]);
  expect(requests[0]?.headers.host).toBe(`inner.test:${port}`);
});

test('https goes through a tunnel, in which the certificate is checked', async () => {
  const { key, cert } = selfSigned();
  const server = createTls({ key, cert }, (_, response) => response.end('secret'));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const url = `https://nobody:${(server.address() as AddressInfo).port}/`;
  const proxy = await proxyServer();
  const settings = { lookup: UNKNOWN, proxy: { https: proxy.url } };
  const { sink } = await get(url, { http: nodeHttp({ ...settings, ca: cert }) });
  expect(sink.bytes.toString()).toBe('secret');
  expect(proxy.asked).toEqual([[new URL(url).host, LOGIN]]);
  expect((await failed(url, { http: nodeHttp(settings) })).error.code).toBe('certificate');
});

test('a proxy that refuses, is not there, or is none is told, without its login', async () => {
  const url = 'https://example.test/';
  const through = (https: string) =>
    failed(url, { http: nodeHttp({ lookup: UNKNOWN, proxy: { https } }) });
  const refusing = await proxyServer(407);
  const errors = await Promise.all(
    [refusing.url, 'http://ana:pw@127.0.0.1:1', 'socks5://ana:pw@127.0.0.1'].map(through),
  );
  expect(errors.map(({ error }) => error.code)).toEqual(['proxy', 'proxy', 'proxy']);
  expect(errors[0]?.error.message).toMatch(/^"https:\/\/example\.test\/" .* it answers 407 No$/);
  expect(errors[1]?.error.message).toMatch(/ECONNREFUSED$/);
  expect(errors.map(({ error }) => `${error.message}${error.hint}`).join()).not.toMatch(/ana|pw@/);
});

test('through a proxy a redirect into a known private network is refused as well', async () => {
  const outer = await serve((request, response) => {
    const location = request.url === '/name' ? 'http://inner.test/' : 'http://10.0.0.1/';
    response.writeHead(302, { location }).end();
  });
  const proxy = await proxyServer();
  const http = nodeHttp({ lookup: oneInner, proxy: { http: proxy.url } });
  const start = `http://outer.test:${outer.port}`;
  expect((await failed(`${start}/name`, { http })).error.code).toBe('private-address');
  expect((await failed(`${start}/number`, { http })).error.code).toBe('private-address');
  expect(proxy.asked).toHaveLength(2);
});

test.each<[string, ProxySettings, boolean]>([
  ['http://example.org/', { http: 'p:3128' }, true],
  ['https://example.org/', { http: 'p:3128' }, true],
  ['https://example.org/', { http: 'p:3128', https: '' }, true],
  ['http://example.org/', { https: 'p:3128' }, false],
  ['http://example.org/', { http: '  ' }, false],
  ['http://localhost:80/', { http: 'p' }, false],
  ['http://127.9.9.9/', { http: 'p' }, false],
  ['http://[::1]/', { http: 'p' }, false],
  ['http://a.example.org/', { http: 'p', none: 'x, Example.org' }, false],
  ['http://a.example.org/', { http: 'p', none: '.example.org' }, false],
  ['http://a.example.org/', { http: 'p', none: '*.example.org' }, false],
  ['http://example.org:81/', { http: 'p', none: 'example.org:80' }, true],
  ['http://example.org/', { http: 'p', none: 'example.org:80' }, false],
  ['http://myexample.org/', { http: 'p', none: 'example.org,,' }, true],
  ['http://example.org/', { http: 'p', none: '*' }, false],
])('%s with %j goes through the proxy: %s', (url, settings, through) => {
  expect(proxyFor(new URL(url), settings) !== undefined).toBe(through);
});
