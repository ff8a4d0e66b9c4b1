import { EventEmitter, once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { fakePageIndexCommand, fixtureNames } from '../src/pageindex-server/index.ts';
import { temporaryDirectory } from '../src/temporary/index.ts';

interface Running {
  readonly out: string[];
  readonly err: string[];
  /** Resolves with the address when the server listens. */
  readonly listening: Promise<string>;
  readonly stop: () => void;
  readonly code: Promise<number>;
}

function start(...args: string[]): Running {
  const [out, err]: [string[], string[]] = [[], []];
  const end = new AbortController();
  const told = new EventEmitter();
  const listening = once(told, 'address').then(([address]) => String(address));
  const write = (line: string): void => {
    out.push(line);
    const address = /listens at (\S+);/.exec(line)?.[1];
    if (address !== undefined) told.emit('address', address);
  };
  const code = fakePageIndexCommand(args, {
    out: write,
    err: (line) => err.push(line),
    signal: end.signal,
  });
  const stop = (): void => end.abort();
  onTestFinished(stop);
  return { out, err, listening, stop, code };
}

const get = async (address: string, path: string, key = 'test-key'): Promise<any> =>
  (await fetch(address + path, { headers: { api_key: key } })).json();

test('the command serves a handbook until it is ended, and logs what is asked', async () => {
  const { listening, stop, code, err } = start('--port', '0');
  const address = await listening;
  expect(await get(address, '/doc/pi-handbook/metadata/')).toMatchObject({ pageNum: 8 });
  expect((await get(address, '/doc/pi-handbook/?type=tree')).result).toHaveLength(1);
  expect(err).toEqual(['GET /doc/pi-handbook/metadata/', 'GET /doc/pi-handbook/?type=tree']);
  stop();
  expect(await code).toBe(0);
  await expect(fetch(address)).rejects.toThrow('fetch failed');
});

test('the exports are in a file while the server runs, and gone after it', async () => {
  const directory = temporaryDirectory();
  onTestFinished(() => directory.dispose());
  const file = join(directory.path, 'fake.env');
  const { listening, stop, code } = start('--exports', file, '--key', 'k', '--quiet');
  const address = await listening;
  // written after the address is told
  await get(address, '/docs/', 'k');
  expect(readFileSync(file, 'utf8')).toBe(
    `export PAGEINDEX_API_URL=${address}\nexport PAGEINDEX_API_KEY='k'\n`,
  );
  stop();
  await code;
  expect(existsSync(file)).toBe(false);
});

test('fixtures and faults are chosen by options', async () => {
  const fault = '{"route":"list","kind":"status","status":503}';
  const { listening } = start('--fixture', 'all', '--fault', fault, '--plan', 'max', '--quiet');
  const address = await listening;
  expect(await get(address, '/docs/')).toEqual({ detail: 'status 503' });
  expect(await get(address, '/docs/')).toMatchObject({ total: fixtureNames.length + 1 });
  expect(await get(address, '/folders/')).toMatchObject({ total: 0 });
});

test.each([
  [['--port', 'x'], '--port takes a whole number up to 65535, not "x"'],
  [['--port', '65536'], '--port takes a whole number up to 65535, not "65536"'],
  [['--fixture', 'nope'], 'there is no fixture "nope"'],
  [['--fault', '{'], '--fault takes an object with a route and a kind, not "{"'],
  [['--plan', 'gold'], '--plan is free or max'],
  [['--nope'], "Unknown option '--nope'"],
  [['word'], "Unexpected argument 'word'"],
])('%j is wrong usage, in one line', async (args, said) => {
  const { code, err } = start(...args);
  expect(await code).toBe(2);
  expect(err[0]).toContain(`openkb-fake-pageindex: ${said}`);
  expect(err).toHaveLength(2);
});

test('a port that is taken is told', async () => {
  const first = start();
  const port = new URL(await first.listening).port;
  const { code, err } = start('--port', port);
  expect(await code).toBe(2);
  expect(err[0]).toContain('EADDRINUSE');
});

test('the help names every fixture', async () => {
  const { code, out } = start('--help');
  expect(await code).toBe(0);
  for (const name of fixtureNames) expect(out.join('\n')).toContain(name);
});
