/**
 * Where redirects may lead. All servers are on loopback; that some of them are in the public network
 * is simulated by names and by the judgement of addresses.
 */
import { createServer as createTls } from 'node:https';

import { expect, test } from 'vitest';

import { type DownloadOptions, type Lookup, nodeHttp, type Scope, scopeOf } from '../src/index.ts';
import { selfSigned } from './self-signed.ts';
import { type Handler, serve } from './servers.ts';
import { failed, get } from './setup.ts';

const to =
  (location: string, status = 302): Handler =>
  (_, response) => {
    response.writeHead(status, { location });
    response.end('moved');
  };

const here: Handler = (_, response) => response.end('here');

test.each([301, 302, 303, 307, 308])(
  'a redirect %i is followed, and its end is told',
  async (status) => {
    const { origin } = await serve((request, response, number) =>
      request.url === '/new/b.pdf'
        ? here(request, response, number)
        : to('/new/b.pdf', status)(request, response, number),
    );
    const { sink, result } = await get(`${origin}/old`);
    expect(sink.bytes.toString()).toBe('here');
    expect(result).toMatchObject({
      url: `${origin}/old`,
      finalUrl: `${origin}/new/b.pdf`,
      fileName: 'b.pdf',
    });
  },
);

test('a redirect without an address is no redirect', async () => {
  const { origin } = await serve((_, response) => {
    response.writeHead(302);
    response.end('moved');
  });
  expect((await failed(origin)).error).toMatchObject({ code: 'http-error', status: 302 });
});

test('redirects in a circle end when a place comes again, endless ones at the limit', async () => {
  const circle = await serve((request, response, number) =>
    to(request.url === '/a' ? '/b' : '/a')(request, response, number),
  );
  const { error } = await failed(`${circle.origin}/a`);
  expect(error).toMatchObject({
    code: 'redirect-loop',
    message: `"${circle.origin}/a" leads in a circle`,
  });
  expect(circle.requests).toHaveLength(2);
  const endless = await serve((request, response, number) =>
    to(`/${number}`)(request, response, number),
  );
  expect((await failed(endless.origin)).error.code).toBe('too-many-redirects');
  expect(endless.requests).toHaveLength(11);
});

test.each([
  'file:///etc/passwd',
  'data:text/plain,x',
  'ftp://example.org/x',
  'javascript:alert(1)',
])('a redirect to %s is refused', async (location) => {
  const { origin } = await serve(to(location));
  const { error } = await failed(origin);
  expect(error).toMatchObject({ code: 'bad-redirect' });
  expect(error.message).toContain(`"${location}"`);
});

test('a redirect to what is no URL is refused', async () => {
  const { origin } = await serve(to('http://[::1/'));
  expect((await failed(origin)).error.code).toBe('bad-redirect');
});

/** Loopback addresses stand for others: the second byte says for which. */
const pretended = (address: string): Scope =>
  ({ '127.0.0.1': 'public', '127.0.0.2': 'private', '127.0.0.3': 'link' } as const)[address] ??
  scopeOf(address);

const lookupOf =
  (names: Readonly<Record<string, string>>): Lookup =>
  (host) => {
    const address = names[host];
    if (address === undefined)
      return Promise.reject(Object.assign(new Error(host), { code: 'ENOTFOUND' }));
    return Promise.resolve([{ address, family: address.includes(':') ? 6 : 4 }]);
  };

const pretending = (names: Record<string, string> = {}): Partial<DownloadOptions> => ({
  scopeOf: pretended,
  http: nodeHttp({ lookup: lookupOf(names) }),
});

test.each(['127.0.0.2', '127.0.0.3', '127.0.0.4'])(
  'a redirect from the public network to %s is refused, and nothing is sent there',
  async (host) => {
    const inner = await serve(here, host);
    const outer = await serve(to(`${inner.origin}/secret`));
    const { error } = await failed(outer.origin, pretending());
    expect(error).toMatchObject({ code: 'private-address', transient: false });
    expect(error.message).toBe(
      `"${outer.origin}/" leads to "${inner.origin}" (${host}), which is not in the public network`,
    );
    expect(error.hint).toContain('--allow-private-network');
    expect(inner.requests).toHaveLength(0);
    const { sink } = await get(outer.origin, { ...pretending(), allowPrivateNetwork: true });
    expect(sink.bytes.toString()).toBe('here');
  },
);

test('what the user typed is trusted: loopback may lead to loopback, and a private place to its neighbour', async () => {
  const inner = await serve(here, '127.0.0.4');
  const typed = await serve(to(inner.origin), '127.0.0.5');
  expect((await get(typed.origin)).sink.bytes.toString()).toBe('here');
  const office = await serve(here, '127.0.0.2');
  const intranet = await serve(to(office.origin), '127.0.0.2');
  expect((await get(intranet.origin, pretending())).sink.bytes.toString()).toBe('here');
});

test('a private place does not lead to this machine, nor back from the public network', async () => {
  const machine = await serve(here, '127.0.0.4');
  const intranet = await serve(to(machine.origin), '127.0.0.2');
  expect((await failed(intranet.origin, pretending())).error.code).toBe('private-address');
  const outer = await serve(to(machine.origin));
  const typed = await serve(to(outer.origin), '127.0.0.5');
  expect((await failed(typed.origin, pretending())).error.code).toBe('private-address');
});

test('a name is judged by its address, and the connection goes to the address that was judged', async () => {
  const inner = await serve(here, '127.0.0.4');
  const outer = await serve(to(`http://rebind.test:${inner.port}/`));
  const bound = pretending({ 'outer.test': '127.0.0.1', 'rebind.test': '127.0.0.4' });
  const { error } = await failed(`http://outer.test:${outer.port}/`, bound);
  expect(error.message).toContain(`"http://rebind.test:${inner.port}" (127.0.0.4)`);
  // a resolver that answers otherwise the second time
  let asked = 0;
  const rebinding: Lookup = (host) => {
    asked += host === 'rebind.test' ? 1 : 0;
    const address = host === 'rebind.test' && asked > 1 ? '127.0.0.4' : '127.0.0.1';
    return Promise.resolve([{ address, family: 4 }]);
  };
  const options = {
    scopeOf: pretended,
    http: nodeHttp({ lookup: rebinding }),
    limits: { retries: 0 },
  };
  expect((await failed(`http://outer.test:${outer.port}/`, options)).error.code).toBe('refused');
  expect([asked, inner.requests.length]).toEqual([1, 0]);
});

const both: Lookup = () =>
  Promise.resolve([
    { address: '127.0.0.4', family: 4 },
    { address: '127.0.0.1', family: 4 },
  ]);

test('a name that leads nearer in a later attempt is not followed there', async () => {
  let asked = 0;
  const lookup: Lookup = () => {
    asked += 1;
    return Promise.resolve([{ address: asked === 1 ? '127.0.0.1' : '127.0.0.4', family: 4 }]);
  };
  const outer = await serve((_, response) => {
    response.writeHead(503);
    response.end();
  });
  const { error } = await failed(`http://rebind.test:${outer.port}/`, {
    scopeOf: pretended,
    http: nodeHttp({ lookup }),
  });
  expect(error.code).toBe('private-address');
  expect([asked, outer.requests.length]).toEqual([2, 1]);
});

test('of the addresses of a name only those that are permitted are tried', async () => {
  const inner = await serve(here, '127.0.0.4');
  const outer = await serve((request, response, number) =>
    request.url === '/end'
      ? here(request, response, number)
      : to(`http://both.test:${outer.port}/end`)(request, response, number),
  );
  const { result } = await get(outer.origin, {
    scopeOf: pretended,
    http: nodeHttp({ lookup: both }),
  });
  expect(result.finalUrl).toBe(`http://both.test:${outer.port}/end`);
  expect(inner.requests).toHaveLength(0);
});

test.each(['0x7f000004', '2130706436', '127.4', '[::ffff:127.0.0.4]', '017700000004'])(
  'the address %s is seen for what it is',
  async (host) => {
    const { port, requests } = await serve(here, '127.0.0.4');
    const outer = await serve(to(`http://${host}:${port}/`));
    expect((await failed(outer.origin, pretending())).error.code).toBe('private-address');
    expect(requests).toHaveLength(0);
  },
);

test('credentials go to their own origin only, and are shown nowhere', async () => {
  const other = await serve(here, '127.0.0.4');
  const typed = await serve((request, response, number) =>
    to(request.url === '/b' ? `${other.origin}/c` : '/b')(request, response, number),
  );
  const url = `${typed.origin.replace('//', '//ana:p%40ss@')}/a`;
  const { result } = await get(url);
  const basic = `Basic ${Buffer.from('ana:p@ss').toString('base64')}`;
  expect(typed.requests.map(({ headers }) => headers.authorization)).toEqual([basic, basic]);
  expect(other.requests[0]?.headers.authorization).toBeUndefined();
  expect(JSON.stringify(result)).not.toMatch(/ana|p%40ss|p@ss/);
  const back = await serve(to('http://bob:secret@127.0.0.4:1/'));
  const { error } = await failed(back.origin);
  expect(`${error.message}${error.stack}`).not.toMatch(/bob|secret/);
});

test('a step from https to http is followed, and told', async () => {
  const { origin } = await serve(here);
  const answers = (url: URL) =>
    url.protocol === 'https:'
      ? Promise.resolve({
          status: 301,
          header: (name: string) => (name === 'location' ? `${origin}/end` : undefined),
          body: (async function* () {})(),
          address: '127.0.0.1',
          close: () => {},
        })
      : undefined;
  const real = nodeHttp();
  const { result } = await get('https://secure.test/', {
    http: (request) => answers(request.url) ?? real(request),
  });
  expect(result.messages).toEqual([
    { code: 'unencrypted', text: `it came over an unencrypted connection: ${origin}` },
  ]);
});

test('an https server without a trusted certificate, and an http server asked for https, are told apart', async () => {
  const { origin } = await serve(here);
  const plain = await failed(origin.replace('http:', 'https:'));
  expect(plain.error).toMatchObject({
    code: 'bad-answer',
    hint: expect.stringContaining('http://'),
  });
  const self = createTls(selfSigned(), (_, response) => response.end('x'));
  await new Promise<void>((resolve) => self.listen(0, '127.0.0.1', resolve));
  const { port } = self.address() as { port: number };
  const untrusted = await failed(`https://127.0.0.1:${port}/`);
  expect(untrusted.error).toMatchObject({ code: 'certificate', transient: false });
  self.close();
});
