import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { download, type DownloadOptions, nodeHttp, scopeOf } from '@openkb/download';
import { expect, onTestFinished, test } from 'vitest';

import type { Services } from '../../src/services.ts';
import { spawnCli } from '../helpers/child.ts';
import { faults, read, sha256, tree, write } from '../helpers/knowledge-base.ts';
import { run, type RunOptions, temporaryDirectory } from '../helpers/run.ts';
import { type Route, webServer } from '../helpers/web-server.ts';

const TEXT = `The Argand lamp is an oil lamp with a hollow wick. The Argand lamp was made by Aimé Argand in 1780.
Aimé Argand gave the lamp a glass chimney. The Argand lamp burns brighter than ten candles, and lighthouses had it.`;
const MARKDOWN = `# The Argand lamp\n\n${TEXT}\n`;
const page = (title: string, more = '') =>
  `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head><body><nav><a href="/">Home</a></nav>
<article><h1>${title}</h1><p>${TEXT}</p><p>${TEXT}</p>${more}</article></body></html>`;

async function started(routes: Record<string, string | Route>) {
  const dir = temporaryDirectory(onTestFinished);
  expect((await run(dir, ['init', 'kb'])).code).toBe(0);
  const server = await webServer(onTestFinished, routes);
  const add = (args: string[], options: RunOptions = {}) =>
    run(dir, ['add', '--kb', 'kb', ...args], options);
  return { dir, kb: join(dir, 'kb'), server, add };
}

/** The tree but for the directory that the first staging makes. */
function state(kb: string): Record<string, string> {
  const { '.openkb/staging/': _, ...rest } = tree(kb);
  return rest;
}

/** The download service without pauses. */
const downloading =
  (more: Partial<DownloadOptions> = {}): Services['download'] =>
  (url, options) =>
    download(url, {
      http: nodeHttp(),
      clock: { now: Date.now, sleep: () => Promise.resolve() },
      random: Math.random,
      userAgent: 'test',
      ...more,
      ...options,
    });

const outside = (address: string) => (other: string) =>
  other === address ? 'public' : scopeOf(other);

const registry = (kb: string) =>
  Object.entries(
    JSON.parse(read(kb, '.openkb/hashes.json')) as Record<string, Record<string, unknown>>,
  );

test('a file of the web is added as it is, and registered by its address', async () => {
  const { kb, server, add } = await started({ '/docs/lamp.md?v=1': MARKDOWN });
  const url = `${server.origin}/docs/lamp.md?v=1`;
  const { code, out, err } = await add([`${url}#wick`]);
  expect([code, err]).toEqual([
    0,
    expect.stringMatching(/^\[1\/1\] fetching http:\/\/127\.0\.0\.1:\d+\S+\n\[1\/1\] conv/),
  ]);
  expect(out).toContain(`added    ${url}#wick -> wiki/summaries/lamp.md`);
  expect(registry(kb)).toEqual([
    [
      sha256(MARKDOWN),
      {
        name: 'lamp.md',
        doc_name: 'lamp',
        type: 'md',
        path: url,
        raw_path: 'raw/lamp.md',
        source_path: 'wiki/sources/lamp.md',
        text_sha256: sha256(read(kb, 'wiki/sources/lamp.md')),
      },
    ],
  ]);
  expect(read(kb, 'raw/lamp.md')).toBe(MARKDOWN);
  expect(read(kb, 'wiki/sources/lamp.md')).toContain(`resource: "${url}"`);
  expect(faults(kb)).toEqual([]);
});

test('a web page is named by its title, and says where it comes from', async () => {
  const { kb, server, add } = await started({ '/?id=7': page('The Argand: lamp / of 1780') });
  const url = `${server.origin}/?id=7`;
  const { code, out } = await add([url]);
  expect(code).toBe(0);
  expect(out).toContain('-> wiki/summaries/The-Argand-lamp-of-1780.md');
  expect(readdirSync(join(kb, 'raw'))).toEqual(['The-Argand-lamp-of-1780.html']);
  expect(registry(kb)[0]?.[1]).toMatchObject({ type: 'html', path: url });
  expect(read(kb, 'wiki/sources/The-Argand-lamp-of-1780.md')).toContain(`resource: "${url}"`);
  expect(faults(kb)).toEqual([]);
});

test('of a web page the main content is stored, with its author, date and own address', async () => {
  const { kb, server, add } = await started({
    '/argand.html': `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The Argand lamp</title>
<meta name="author" content="Ana Lampe"><meta property="article:published_time" content="2024-05-06">
<link rel="canonical" href="https://lamps.example/argand"></head><body><nav><ul><li><a href="/">Our shop</a></li></ul></nav>
<article><h1>The Argand lamp</h1><p>${TEXT}</p><p>See <a href="wick">the wick</a>. ${TEXT}</p><p>${TEXT}</p></article>
<footer>All rights reserved.</footer></body></html>`,
  });
  expect((await add([`${server.origin}/argand.html`])).code).toBe(0);
  const stored = read(kb, 'wiki/sources/The-Argand-lamp.md');
  expect(stored).toContain(
    'resource: "https://lamps.example/argand"\nauthor: "Ana Lampe"\ndate: "2024-05-06"',
  );
  expect(stored).toContain(`See [the wick](${server.origin}/wick). The Argand lamp`);
  expect(stored).not.toMatch(/Our shop|All rights reserved/);
  expect(read(kb, 'raw/The-Argand-lamp.html')).toContain('Our shop');
});

test('the same address is skipped while it says the same, and updates its document when it does not', async () => {
  let number = 0;
  let title = 'The lamp';
  const { kb, server, add } = await started({
    '/page': (response) => response.end(page(title, `<!-- served ${(number += 1)} -->`)),
  });
  const url = `${server.origin}/page`;
  expect((await add([url])).out).toContain('added 1');
  const before = state(kb);
  const again = await add([url]);
  expect(again.out).toContain(`skipped  ${url}: the same content is there already as "The-lamp"`);
  expect(state(kb)).toEqual(before);
  title = 'The lamp and its wick';
  const changed = await add([url]);
  expect(changed.out).toContain(`updated  ${url} -> wiki/summaries/The-lamp.md`);
  expect(registry(kb)).toHaveLength(1);
  expect(read(kb, 'raw/The-lamp.html')).toContain('and its wick');
  expect(readdirSync(join(kb, 'raw'))).toEqual(['The-lamp.html']);
  expect(faults(kb)).toEqual([]);
});

const called =
  (mediaType: string, body: string | readonly Buffer[]): Route =>
  (response) => {
    response.writeHead(200, { 'content-type': mediaType });
    response.end(typeof body === 'string' ? body : Buffer.concat(body));
  };

test('the charset that the server names is the one that a text is read in', async () => {
  const { kb, server, add } = await started({
    '/page': called('text/html; charset=Shift_JIS', [
      Buffer.from('<!doctype html><title>Lamp</title><h1>Lamp</h1><p>'),
      Buffer.from('93fa967b8cea82cc83898393837682cc90e096be82c582b78142', 'hex'),
      Buffer.from('</p>'),
    ]),
    '/notes.txt': called('text/plain; charset=iso-8859-1', [
      Buffer.from('The caf\u00E9 of Aim\u00E9 \u0096 lit', 'latin1'),
    ]),
    '/said.txt': called('text/plain; charset=iso-8859-1', [Buffer.from('Lit by Aimé Argand')]),
    '/mail.txt': called('text/plain; charset=iso-2022-jp', [
      Buffer.from('1b2442467c4b5c386c1b2842', 'hex'),
    ]),
    '/lies.txt': called('text/plain; charset=iso-2022-jp', [Buffer.from('Naïve lamp of Aimé')]),
  });
  expect(
    (
      await add(
        ['page', 'notes.txt', 'said.txt', 'mail.txt', 'lies.txt'].map(
          (p) => `${server.origin}/${p}`,
        ),
      )
    ).code,
  ).toBe(0);
  expect(read(kb, 'wiki/sources/Lamp.md')).toContain('日本語のランプの説明です。');
  expect(read(kb, 'wiki/sources/notes.md')).toContain('The café of Aimé – lit');
  expect(read(kb, 'wiki/sources/said.md')).toContain('Lit by Aimé Argand');
  expect(read(kb, 'wiki/sources/mail.md')).toContain('日本語');
  expect(read(kb, 'wiki/sources/lies.md')).toContain('Naïve lamp of Aimé');
});

test('the bytes decide what a file is, and the name gets the ending that fits', async () => {
  const { kb, server, add } = await started({
    '/pdf/2509.11420': called('application/octet-stream', page('A page')),
    '/readme.md': called('text/plain', page('Not Markdown')),
    '/notes': called('text/markdown; charset=utf-8', MARKDOWN),
    '/plain': called('application/pdf', `${TEXT} Plain.`),
  });
  const urls = ['pdf/2509.11420', 'readme.md', 'notes', 'plain'].map(
    (path) => `${server.origin}/${path}`,
  );
  expect((await add(urls)).code).toBe(0);
  expect(readdirSync(join(kb, 'raw'))).toEqual([
    'A-page.html',
    'Not-Markdown.html',
    'notes.md',
    'plain.txt',
  ]);
});

test.each([
  [
    'a page in place of a PDF',
    '/paper.pdf',
    'web-page-instead',
    /a web page \("Sign in"\) in place of a PDF/,
  ],
  ['nothing there', '/gone.pdf', 'not-found', /it was not found \(404 Not Found\)/],
  ['an empty body', '/empty.md', 'empty', /it has no content/],
  ['a broken PDF', '/broken.pdf', 'damaged', /"broken\.pdf"/],
  ['a page without text', '/blank', 'no-text', /it has no text/],
])('%s fails with the reason, and leaves no trace', async (_name, path, code, reason) => {
  const { kb, server, add } = await started({
    '/paper.pdf': page('Sign in'),
    '/empty.md': '',
    '/broken.pdf': '%PDF-1.7 broken',
    '/blank': '<!doctype html><html><body></body></html>',
  });
  const before = state(kb);
  const { code: exit, out } = await add(['--json', server.origin + path]);
  const events = out.split('\n').map((line) => JSON.parse(line) as Record<string, string>);
  expect(exit).toBe(1);
  expect(events.find(({ status }) => status === 'failed')).toMatchObject({
    source: server.origin + path,
    code,
    reason: expect.stringMatching(reason),
  });
  expect(state(kb)).toEqual(before);
});

test('one failure among several is told, and the rest is added (exit 3)', async () => {
  const { kb, server, add } = await started({ '/a.md': MARKDOWN });
  const { code, out, err } = await add([
    `${server.origin}/gone`,
    `${server.origin}/a.md`,
    'ftp://x.org/a.pdf',
  ]);
  expect(code).toBe(3);
  expect(out).toContain('added 1, skipped 0, failed 2');
  expect(err).toContain(
    'failed   cannot add "ftp://x.org/a.pdf": it cannot be downloaded: only http and https can, not "ftp:"',
  );
  expect(faults(kb)).toEqual([]);
});

test('U16 a download that breaks for good leaves no part of a file', async () => {
  const { kb, server, add } = await started({
    '/book.pdf': (response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('%PDF-1.7 a part', () => setTimeout(() => response.destroy(), 10));
    },
  });
  const before = state(kb);
  const { code, err } = await add([`${server.origin}/book.pdf`], {
    services: { download: downloading() },
  });
  expect(code).toBe(1);
  expect(err).toContain('it broke off after 15 of 1000 bytes, in 5 attempts');
  expect(err).toContain('trying again in');
  expect(server.asked).toHaveLength(5);
  expect(state(kb)).toEqual(before);
});

test('credentials in an address reach the server, and are written and shown nowhere', async () => {
  let authorization: string | undefined;
  const { kb, server, add } = await started({
    '/lamp.md': (response, request) => {
      ({ authorization } = request.headers);
      response.end(MARKDOWN);
    },
  });
  const secret = server.origin.replace('//', '//ana:s3cret@');
  const { code, out, err } = await add([`${secret}/lamp.md`, `${secret}/gone.md`, '-v', '--json']);
  expect(code).toBe(3);
  expect(authorization).toBe(`Basic ${Buffer.from('ana:s3cret').toString('base64')}`);
  expect(out + err).not.toContain('s3cret');
  const files = Object.entries(tree(kb)).filter(([, kind]) => kind !== 'directory');
  const telling = files.filter(([path]) => read(kb, path).includes('s3cret'));
  expect([files.length > 5, telling]).toEqual([true, []]);
  expect(registry(kb)[0]?.[1]?.['path']).toBe(`${server.origin}/lamp.md`);
});

test('a redirect into a private network needs the option that allows it', async () => {
  const { kb, add } = await started({});
  const inner = await webServer(onTestFinished, { '/secret.md': MARKDOWN }, '127.0.0.2');
  const outer = await webServer(onTestFinished, {
    '/go': (response) => {
      response.writeHead(302, { location: `${inner.origin}/secret.md` }).end();
    },
  });
  // one of the two addresses of this machine stands for the public network
  const services = { download: downloading({ scopeOf: outside('127.0.0.1') }) };
  const before = state(kb);
  const refused = await add([`${outer.origin}/go`], { services });
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('which is not in the public network');
  expect(refused.err).toContain('--allow-private-network');
  expect(state(kb)).toEqual(before);
  expect(inner.asked).toEqual([]);
  const allowed = await add([`${outer.origin}/go`, '--allow-private-network'], { services });
  expect(allowed.code).toBe(0);
  expect(registry(kb)[0]?.[1]).toMatchObject({ name: 'secret.md', path: `${outer.origin}/go` });
});

test('addresses and paths are told apart, and a forgotten scheme is noticed', async () => {
  const { dir, add } = await started({});
  write(dir, { 'lamp.md': MARKDOWN });
  const { err } = await add([
    'www.example.org/page',
    'localhost:80/x',
    'file:///tmp/x.md',
    'https://',
    'lamp.md',
  ]);
  expect(err).toContain('A web page is written with its scheme: https://www.example.org/page');
  expect(err).toContain('https://localhost:80/x');
  expect(err).toContain('Name the file by its path: /tmp/x.md');
  expect(err).toContain('cannot add "https://": it is no URL');
});

test('Ctrl-C while a page arrives leaves nothing', async () => {
  const { dir, kb, server } = await started({
    '/slow.md': (response) => {
      response.writeHead(200, { 'content-length': 1_000_000 });
      response.write(MARKDOWN);
    },
  });
  const before = state(kb);
  const child = spawnCli(
    dir,
    ['add', '--kb', 'kb', '--json', `${server.origin}/slow.md`],
    (text) => {
      if (text.includes('"state"')) child.process.kill('SIGINT');
    },
  );
  const { code, out } = await child.ended;
  expect(code).toBe(130);
  expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({
    stopped: 'interrupted',
    notTried: 1,
  });
  expect(readdirSync(join(kb, '.openkb/staging'))).toEqual([]);
  expect(state(kb)).toEqual(before);
});

test('a process that is killed while a page arrives leaves what the next command clears up', async () => {
  const { dir, kb, server, add } = await started({
    '/slow.md': (response) => {
      response.writeHead(200, { 'content-length': 1_000_000 });
      response.write(MARKDOWN);
    },
    '/lamp.md': MARKDOWN,
  });
  const child = spawnCli(
    dir,
    ['add', '--kb', 'kb', '--json', `${server.origin}/slow.md`],
    (text) => {
      if (text.includes('"state"')) child.process.kill('SIGKILL');
    },
  );
  expect((await child.ended).signal).toBe('SIGKILL');
  expect(readdirSync(join(kb, 'raw'))).toEqual([]);
  expect((await add([`${server.origin}/lamp.md`])).code).toBe(0);
  expect(readdirSync(join(kb, '.openkb/staging'))).toEqual([]);
  expect(faults(kb)).toEqual([]);
});
