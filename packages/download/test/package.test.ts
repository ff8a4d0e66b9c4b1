import { readFileSync } from 'node:fs';

import { expect, test, vi } from 'vitest';

import { read } from './readme-example.ts';
import { serve } from './servers.ts';

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the public names are these', async () => {
  expect(Object.keys(await import('../src/index.ts')).toSorted()).toEqual([
    'DownloadError',
    'defaultLimits',
    'download',
    'isWebAddress',
    'nodeHttp',
    'parseAddress',
    'scopeOf',
    'withoutCredentials',
  ]);
});

test('the example in the README is the file that the next test runs', () => {
  expect(/```ts\n([\s\S]*?)```/.exec(text('../README.md'))?.[1]).toBe(text('readme-example.ts'));
});

test('the example reads a file and says why it cannot read another', async () => {
  const printed = vi.spyOn(console, 'log').mockReturnValue();
  const failed = vi.spyOn(console, 'error').mockReturnValue();
  const { origin } = await serve((request, response) => {
    response.writeHead(request.url === '/a.txt' ? 200 : 404);
    response.end('the text');
  });
  expect((await read(`${origin}/a.txt`)).toString()).toBe('the text');
  await read(`${origin}/b.txt`);
  expect(printed.mock.calls).toEqual([[`a.txt from ${origin}/a.txt`]]);
  expect(failed.mock.calls).toEqual([[`"${origin}/b.txt" was not found (404 Not Found)`]]);
});
