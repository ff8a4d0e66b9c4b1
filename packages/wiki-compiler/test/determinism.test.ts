import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { build } from 'tsup';
import { expect, test } from 'vitest';

const fixtures = new URL('fixtures/', import.meta.url).pathname;

/** Prints a digest of all pages of three documents in three languages. */
const PROGRAM = `
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
const { extractiveCompiler } = await import(process.argv[2]);
const pages = new Map();
const view = { read: (path) => pages.get(path), list: (directory) => [...pages.keys()].filter((path) => path.startsWith(directory + '/')).sort() };
for (const name of ['clock-synchronisation', 'buchdruck', 'huancun']) {
  const markdown = readFileSync(process.argv[3] + name + '/document.md', 'utf8');
  const input = { name, title: name, format: 'markdown', markdown, fullText: 'sources/' + name + '.md', docType: 'short' };
  const result = await extractiveCompiler().compile(input, view, { language: 'en', entityTypes: ['person', 'place', 'organization', 'other'] });
  for (const page of result.pages) pages.set(page.path, page.text);
}
console.log(pages.size, createHash('sha256').update(JSON.stringify([...pages])).digest('hex'));
`;

test('the pages are the same in every locale and time zone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'openkb-compiler-'));
  try {
    await build({
      entry: [new URL('../src/index.ts', import.meta.url).pathname],
      outDir: folder,
      format: ['esm'],
      target: 'es2023',
      noExternal: [/.*/],
      silent: true,
      config: false,
      esbuildOptions: (options) => {
        options.conditions = ['@openkb/source'];
        options.banner = {
          js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
        };
      },
    });
    const module = join(folder, readdirSync(folder).find((file) => /\.m?js$/.test(file)) ?? '');
    const outputs = await Promise.all(
      [
        { LANG: 'C', TZ: 'UTC' },
        { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Apia' },
        { LANG: 'zh_CN.UTF-8', LC_ALL: 'zh_CN.UTF-8', TZ: 'America/New_York' },
      ].map((environment) => run(module, environment)),
    );
    expect(outputs[0]).toMatch(/^\d{2} [\da-f]{64}\n$/);
    expect(new Set(outputs).size).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

async function run(module: string, environment: Record<string, string>): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', PROGRAM, '-', module, fixtures],
    { env: { PATH: process.env['PATH'] ?? '', ...environment } },
  );
  return stdout;
}

test('no source asks for the clock, chance, the environment or the locale of the machine', () => {
  const sources = new URL('../src/', import.meta.url);
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  expect(files.length).toBeGreaterThan(40);
  const found = files.filter((file) =>
    /Date\.now|new Date\(|Math\.random|process\.|localeCompare|toLocale|performance\.now|from 'node:|fetch\(|new Intl\.\w+\(\)/.test(
      readFileSync(new URL(file, sources), 'utf8'),
    ),
  );
  expect(found).toEqual([]);
});
