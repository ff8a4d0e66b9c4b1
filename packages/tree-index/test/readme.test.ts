import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test, vi } from 'vitest';

test('the example in the README prints what its comments say', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const printed = vi.spyOn(console, 'log').mockReturnValue();
  const directory = mkdtempSync(join(import.meta.dirname, '.readme-'));
  try {
    const file = join(directory, 'example.ts');
    writeFileSync(file, example.replace('@openkb/tree-index', '../../src/index.ts'));
    await import(file);
  } finally {
    rmSync(directory, { recursive: true });
  }
  const stated = [...example.matchAll(/\/\/ (.*)$/gm)].map(([, text]) => text);
  expect(stated.length).toBeGreaterThan(3);
  expect(printed.mock.calls.flatMap(([text]) => String(text).split('\n'))).toEqual(stated);
});
