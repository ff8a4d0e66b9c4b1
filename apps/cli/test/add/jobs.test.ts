/** Documents that are converted ahead of each other are committed in their order, as if one by one. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { documentNumber } from '../helpers/documents.ts';
import { faults, read, sha256, tree, write } from '../helpers/knowledge-base.ts';
import { run, servicesIn, temporaryDirectory } from '../helpers/run.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** The first are the longest, so that those after them are converted before them. */
const lengthened = (number: number) =>
  documentNumber(number) + documentNumber(number).repeat(Math.max(0, 40 - number * 8));

const DOCUMENTS = Object.fromEntries(
  Array.from({ length: 9 }, (_, number) => [`docs/${number}.md`, lengthened(number)]),
);

const seenFrom = (place: string) =>
  `${documentNumber(1)}\nSeen from the ${place}.\n\n![a](fig.png)\n`;

async function started(files: Record<string, string | Uint8Array>): Promise<string> {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, files);
  return dir;
}

/** The knowledge base that an add with so many jobs makes, its times made equal, and what it said. */
async function addedWith(dir: string, jobs: number, ...sources: string[]) {
  const kb = `kb-${jobs}`;
  expect((await run(dir, ['init', kb])).code).toBe(0);
  const { code, out, err } = await run(dir, ['add', '--kb', kb, '--jobs', `${jobs}`, ...sources]);
  const root = join(dir, kb);
  const log = read(root, 'wiki/log.md').replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'then');
  return { root, code, out, err, tree: { ...tree(root), 'wiki/log.md': sha256(log) } };
}

test('S12 one job and eight make the same knowledge base, index and log in the same order', async () => {
  const dir = await started(DOCUMENTS);
  const one = await addedWith(dir, 1, 'docs');
  const eight = await addedWith(dir, 8, 'docs');
  expect(one.code).toBe(0);
  expect(eight.tree).toEqual(one.tree);
  expect(eight.out).toBe(one.out);
});

test('S11 what cannot be converted fails alone; the others are committed in their order', async () => {
  const dir = await started({ ...DOCUMENTS, 'docs/3.pdf': 'no PDF', 'docs/5.docx': 'no archive' });
  const { root, code, out, err } = await addedWith(dir, 4, 'docs');
  expect(code).toBe(3);
  const added = [...out.matchAll(/^added +docs\/(\d)\.md/gm)].map(([, number]) => Number(number));
  expect(added).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(out).toContain('added 9, skipped 0, failed 2');
  expect(err).toContain('docs/3.pdf');
  expect(err).toContain('docs/5.docx');
  expect(faults(root)).toEqual([]);
});

test('S06 two files of one stem that are prepared at once have their own names, texts and pictures', async () => {
  const dir = await started({
    'docs/a/report.md': seenFrom('north'),
    'docs/a/fig.png': PIXEL,
    'docs/b/report.md': seenFrom('south'),
    'docs/b/fig.png': Buffer.concat([PIXEL, PIXEL]),
  });
  const { root, code } = await addedWith(dir, 2, 'docs');
  expect(code).toBe(0);
  const names = readdirSync(join(root, 'wiki/summaries')).map((name) => name.replace('.md', ''));
  expect(names).toHaveLength(2);
  for (const name of names) {
    const source = read(root, `wiki/sources/${name}.md`);
    const [, picture = ''] = /!\[a\]\((images\/[^)]+)\)/.exec(source) ?? [];
    expect(picture).toContain(`images/${name}/`);
    expect(existsSync(join(root, 'wiki/sources', picture))).toBe(true);
    const bytes = Object.entries(tree(join(root, 'wiki/sources')))
      .filter(([path]) => path === picture)
      .map(([, hash]) => hash);
    const south = source.includes('Seen from the south');
    expect(bytes).toEqual([sha256(south ? Buffer.concat([PIXEL, PIXEL]) : PIXEL)]);
  }
  expect(faults(root)).toEqual([]);
});

test('Ctrl-C while others are converted ahead leaves what was committed, and no other trace', async () => {
  const dir = await started(DOCUMENTS);
  expect((await run(dir, ['init', 'kb'])).code).toBe(0);
  const interrupt = new AbortController();
  const services = servicesIn(dir);
  const convert: typeof services.convert = (source, options) => {
    if (source.name === '4.md') interrupt.abort('SIGINT');
    return services.convert(source, options);
  };
  const { code, out } = await run(dir, ['add', '--kb', 'kb', '--jobs', '4', 'docs'], {
    signal: interrupt.signal,
    services: { convert },
  });
  expect(code).toBe(130);
  const added = [...out.matchAll(/^added +docs\/(\d)\.md/gm)].map(([, number]) => `${number}.md`);
  expect(added.length).toBeLessThan(5);
  expect(readdirSync(join(dir, 'kb/wiki/summaries'))).toEqual(added);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});
