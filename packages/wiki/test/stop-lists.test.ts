import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

test('the stop lists are what the script makes of stopwords-iso', () => {
  const script = fileURLToPath(new URL('../scripts/stop-lists.mjs', import.meta.url));
  const file = new URL('../src/search/stop-lists.ts', import.meta.url);
  const made = execFileSync(process.execPath, [script], { encoding: 'utf8' });
  expect(readFileSync(file, 'utf8')).toBe(made);
});
