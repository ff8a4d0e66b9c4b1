import { readFileSync, rmSync, writeFileSync } from 'node:fs';

import { expect, test, vi } from 'vitest';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, text]) => text ?? '',
  );

test.each([
  ['extractive', 0],
  ['model', 1],
])('the example of the %s compiler prints what the README says', async (name, at) => {
  const file = new URL(`readme-example-${name}.ts`, import.meta.url);
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  writeFileSync(file, (blocks('ts')[at] ?? '').replace('@openkb/wiki-compiler', '../src/index.ts'));
  try {
    await import(/* @vite-ignore */ `${file.pathname}?run`);
    expect(log.mock.calls.map(([line]) => `${String(line)}\n`).join('')).toBe(blocks('text')[at]);
  } finally {
    rmSync(file);
  }
});
