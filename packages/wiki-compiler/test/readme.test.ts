import { readFileSync, rmSync, writeFileSync } from 'node:fs';

import { expect, test, vi } from 'vitest';

test('the example of the README prints what the README says', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const printed = /```text\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const file = new URL('readme-example.ts', import.meta.url);
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  writeFileSync(file, example.replace('@openkb/wiki-compiler', '../src/index.ts'));
  try {
    await import(/* @vite-ignore */ `${file.pathname}?run`);
    expect(log.mock.calls.map(([line]) => `${String(line)}\n`).join('')).toBe(printed);
  } finally {
    rmSync(file);
  }
});
