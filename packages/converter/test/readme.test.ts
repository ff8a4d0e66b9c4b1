import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { run } from './readme-example.ts';

const here = dirname(fileURLToPath(import.meta.url));
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'converter-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

test('the example of the README is the file that runs here', () => {
  const readme = readFileSync(join(here, '../README.md'), 'utf8');
  const example = readFileSync(join(here, 'readme-example.ts'), 'utf8').replace(
    '../src/index.ts',
    '@openkb/converter',
  );
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\`\n`);
});

test('the example writes the Markdown of a document', async () => {
  const file = join(directory, 'notes.html');
  writeFileSync(file, '<title>Bees</title><h1>Bees</h1><p>A hive is <b>warm</b>.');
  expect(await run(file)).toBe('# Bees\n\nA hive is **warm**.\n');
  await expect(run(join(directory, 'empty.pdf'))).resolves.toBe('');
});
