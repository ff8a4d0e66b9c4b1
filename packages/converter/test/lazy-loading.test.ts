import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

const source = join(dirname(fileURLToPath(import.meta.url)), '../src');

test('no library is imported before a format needs it, also when everything is bundled into one file', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const eager = files.flatMap((file) =>
    [
      ...readFileSync(join(source, file), 'utf8').matchAll(
        /^import (?!type )[^;]*from '([^.'][^']*)'/gm,
      ),
    ]
      .map(([, name]) => name)
      .filter((name) => !name?.startsWith('node:'))
      .map((name) => `${file}: ${name}`),
  );
  expect(files.length).toBeGreaterThan(30);
  expect(eager).toEqual([]);
});
