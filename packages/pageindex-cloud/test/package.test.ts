import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test, vi } from 'vitest';

import { connect, index } from './readme-example.ts';
import { setUp } from './setup.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the public names are these', async () => {
  expect(Object.keys(await import('../src/index.ts')).toSorted()).toEqual([
    'PAGEINDEX_CLOUD_URL',
    'PageIndexError',
    'createClient',
    'readDocument',
    'readImage',
    'rebuildRanges',
  ]);
});

test('the example in the README is the file that the next test runs', () => {
  expect(/```ts\n([\s\S]*?)```/.exec(read('../README.md'))?.[1]).toBe(read('readme-example.ts'));
});

test('the example indexes a file', async () => {
  const { server } = await setUp({ polls: 0 });
  const directory = mkdtempSync(join(tmpdir(), 'openkb-cloud-'));
  const printed = vi.spyOn(console, 'log').mockReturnValue();
  try {
    const file = join(directory, 'book.pdf');
    writeFileSync(file, '%PDF-1.7');
    const summary = await index(connect(server.apiKey, server.url), file);
    expect(summary).toBe('Plant Handbook: pages 1 to 3, 3 pages of text');
    expect(printed.mock.calls).toEqual([['completed']]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
