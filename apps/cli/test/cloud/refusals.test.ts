/** What goes wrong on the way to PageIndex Cloud: one sentence each, an exit code, nothing written. */
import { join } from 'node:path';

import { handbook, type Misbehaviour, type ServerOptions } from '@openkb/test-kit/pageindex-server';
import { expect, onTestFinished, test } from 'vitest';

import { type Cloud, startCloud } from '../helpers/cloud.ts';
import { tree, write } from '../helpers/knowledge-base.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';

async function started(options: ServerOptions = { documents: [handbook()] }) {
  const dir = temporaryDirectory(onTestFinished);
  const { server, services } = await startCloud(onTestFinished, options);
  await run(dir, ['init', 'kb']);
  const kb = join(dir, 'kb');
  const before = tree(kb);
  const go = (args: readonly string[], changed: Partial<typeof services> = {}) =>
    run(dir, [...args, '--kb', 'kb'], { services: { ...services, ...changed } });
  const add = (...ids: string[]) => go(['add', '--from-pageindex-cloud', ...ids]);
  const untouched = () => {
    const { '.openkb/staging/': _, ...after } = tree(kb);
    expect(after).toEqual(before);
  };
  return { dir, kb, server, services, go, add, untouched };
}

const ID = 'pi-handbook';

test('no key: exit 4, and where to set it', async () => {
  const { go, server, untouched } = await started();
  for (const args of [
    ['add', '--from-pageindex-cloud', ID],
    ['cloud', 'list'],
    ['cloud', 'status', ID],
  ]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { code, err } = await go(args, { environment: { PAGEINDEX_API_KEY: ' ' } });
    expect(code).toBe(4);
    expect(err).toContain('cannot use PageIndex Cloud: PAGEINDEX_API_KEY is not set');
    expect(err).toContain('Set it in the environment, in ');
  }
  expect(server.requests).toEqual([]);
  untouched();
});

test.each<[string, Misbehaviour & { times?: number }, number, RegExp]>([
  [
    'a refused key',
    { kind: 'status', status: 401, message: 'No.' },
    4,
    /: No\. \(401, .*\)\n.*Check the API key\./,
  ],
  ['no credit', { kind: 'status', status: 402 }, 12, /\(402, .*\)\n.*Check the credit/],
  ['no quota', { kind: 'status', status: 403 }, 12, /\(403, .*\)\n.*Check the plan and the quota/],
  [
    'too many requests',
    { kind: 'status', status: 429, times: 9 },
    12,
    /\(429, .*\)\n.*Try again later/,
  ],
  [
    'a server that is down',
    { kind: 'status', status: 503, form: 'html', times: 9 },
    1,
    /: Service Unavailable \(503/,
  ],
  [
    'a page of HTML',
    { kind: 'body', body: '<html>Sign in</html>', type: 'text/html', times: 9 },
    1,
    /is not JSON or is cut off/,
  ],
  ['half an answer', { kind: 'truncated', times: 9 }, 1, /is not JSON or is cut off/],
  [
    'a connection that breaks',
    { kind: 'reset', when: 'before-body', times: 9 },
    1,
    /failed: ECONNRESET/,
  ],
])('%s', async (_, fault, exitCode, said) => {
  for (const route of ['metadata', 'tree', 'ocr'] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { server, add, untouched } = await started();
    server.fault({ ...fault, route });
    // oxlint-disable-next-line no-await-in-loop
    const { code, err } = await add(ID);
    expect({ code, err }).toMatchObject({ code: exitCode });
    expect(err).toMatch(new RegExp(`^failed   cannot add "${ID}": .*${said.source}`, 'm'));
    expect(err.match(/^failed/gm)).toHaveLength(1);
    expect(err).not.toContain('unexpected');
    expect(err).not.toContain('<');
    untouched();
  }
});

test('an unknown id names the way to the right one (exit 1)', async () => {
  const { add, go, untouched } = await started();
  const { code, err } = await add('pi-nobody');
  expect(code).toBe(1);
  expect(err).toContain(
    'cannot add "pi-nobody": PageIndex Cloud refused the request for document "pi-nobody": Document not found. (404',
  );
  expect(err).toContain("See the ids of your documents with 'openkb cloud list'.");
  expect((await go(['cloud', 'status', 'pi-nobody'])).code).toBe(1);
  untouched();
});

test.each(['', ' ', '.', '..', 'a b', 'x'.repeat(201), 'pi-\n1'])(
  '%j is no id (exit 2)',
  async (id) => {
    const { add, server, untouched } = await started();
    const { code, err } = await add(id);
    expect(code).toBe(2);
    expect(err).toContain('is no id of a document in PageIndex Cloud');
    expect(server.requests).toEqual([]);
    untouched();
  },
);

test('an id that looks like a path is asked for as it is', async () => {
  const { add, server } = await started();
  expect((await add('../docs')).code).toBe(1);
  expect(server.requests.map(({ path }) => path)).toEqual(['/doc/..%2Fdocs/metadata/']);
});

test('no id and no source is wrong usage', async () => {
  const { go } = await started();
  const ends = [await go(['add']), await go(['add', '--from-pageindex-cloud'])];
  expect(ends.map(({ code }) => code)).toEqual([2, 2]);
  expect(ends[1]?.err).toContain("'openkb cloud list' shows the ids");
});

test('one id that fails does not stop the others (exit 3); a refused key does', async () => {
  const { add, server } = await started({ documents: [handbook(), { id: 'pi-2' }] });
  const { code, out } = await add('pi-nobody', ID);
  expect(code).toBe(3);
  expect(out).toContain('added 1, skipped 0, failed 1');
  server.fault({ route: 'metadata', kind: 'status', status: 401 });
  const stopped = await add('pi-2', 'pi-3', 'pi-4');
  expect(stopped.code).toBe(4);
  expect(stopped.out).toContain('failed 1, not tried 2');
});

test.each([
  [
    'a key that no header takes',
    { PAGEINDEX_API_KEY: 'secret\u00E9' },
    'the API key is empty or has characters that no key has',
  ],
  [
    'an address that is none',
    { PAGEINDEX_API_URL: 'ftp://x' },
    '"ftp://x" is not an http(s) address',
  ],
  ['an address without a scheme', { PAGEINDEX_API_URL: 'localhost' }, 'not an http(s) address'],
])('%s is told without the key (exit 4)', async (_, variables, said) => {
  const { go, services, untouched } = await started();
  const environment = { ...services.environment, ...variables };
  const { code, err } = await go(['add', '--from-pageindex-cloud', ID], { environment });
  expect({ code, err }).toMatchObject({ code: 4 });
  expect(err).toContain(said);
  expect(err).not.toContain('secret');
  untouched();
});

test('Ctrl-C while a document is fetched leaves no trace (exit 130)', async () => {
  const { dir, server, services, untouched } = await started();
  server.fault({ route: 'ocr', kind: 'slow-body', milliseconds: 100, pieces: 50 });
  const interrupt = new AbortController();
  const running = run(dir, ['add', '--kb', 'kb', '--from-pageindex-cloud', ID], {
    services,
    signal: interrupt.signal,
  });
  while (server.requestsOf('ocr').length === 0)
    // oxlint-disable-next-line no-await-in-loop -- until it is under way
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  interrupt.abort('SIGINT');
  expect((await running).code).toBe(130);
  untouched();
});

test('a key of the knowledge base goes to its address, and a key of the user never does', async () => {
  const { kb, server, go } = await started();
  const own = `PAGEINDEX_API_KEY=${server.apiKey}\nexport PAGEINDEX_API_URL="${server.url}" # ours\n`;
  write(kb, { '.env': own });
  expect((await go(['cloud', 'list'], { environment: {} })).code).toBe(0);
  const seen = server.requests.length;
  const elsewhere = await startCloud(onTestFinished);
  const environment = { PAGEINDEX_API_KEY: 'mine', PAGEINDEX_API_URL: elsewhere.server.url };
  expect((await go(['cloud', 'list'], { environment })).code).toBe(4);
  expect(elsewhere.server.requests).toHaveLength(1);
  expect(server.requests).toHaveLength(seen);
  let address = '';
  const cloud: Cloud['services']['cloud'] = (options) => {
    address = options.baseUrl;
    return elsewhere.services.cloud({ apiKey: options.apiKey, baseUrl: elsewhere.server.url });
  };
  const { err } = await go(['cloud', 'list'], {
    environment: { PAGEINDEX_API_KEY: 'mine' },
    cloud,
  });
  expect(address).toBe('https://api.pageindex.ai');
  expect(err).toContain(
    `the address "${server.url}" in the .env of the knowledge base is not used`,
  );
});

test('a key that would go over the network unencrypted is warned of', async () => {
  const { go, services } = await started();
  const environment = { PAGEINDEX_API_KEY: 'key', PAGEINDEX_API_URL: 'http://example.org' };
  const cloud: Cloud['services']['cloud'] = () =>
    services.cloud({
      apiKey: services.environment['PAGEINDEX_API_KEY'] ?? '',
      baseUrl: services.environment['PAGEINDEX_API_URL'] ?? '',
    });
  expect((await go(['cloud', 'list'], { environment, cloud })).err).toContain(
    'warning: your key goes to "http://example.org" without encryption',
  );
  expect((await go(['cloud', 'list'])).err).toBe('');
});

test('the key may be in a file of the user, which comes last', async () => {
  const { dir, server, go } = await started();
  write(dir, {
    'home/.config/openkb/.env': `PAGEINDEX_API_KEY='${server.apiKey}'\nPAGEINDEX_API_URL=${server.url}\n`,
  });
  const environment = { HOME: join(dir, 'home') };
  expect((await go(['cloud', 'list'], { environment })).code).toBe(0);
  const wrong = { ...environment, PAGEINDEX_API_KEY: 'wrong' };
  expect((await go(['cloud', 'list'], { environment: wrong })).code).toBe(4);
});
