/** Every odd shape of a document that the fake of PageIndex Cloud can send is imported, or refused in one sentence. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { fixture, fixtureNames } from '@openkb/test-kit/pageindex-server';
import { expect, onTestFinished, test } from 'vitest';

import { spawnCli } from '../helpers/child.ts';
import { startCloud } from '../helpers/cloud.ts';
import { faults, read, tree } from '../helpers/knowledge-base.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';

async function started(name: string) {
  const dir = temporaryDirectory(onTestFinished);
  const { server, services } = await startCloud(onTestFinished, { documents: [fixture(name)] });
  await run(dir, ['init', 'kb']);
  const args = ['add', '--kb', 'kb', '--from-pageindex-cloud', `pi-${name}`];
  return { dir, kb: join(dir, 'kb'), server, add: () => run(dir, args, { services }) };
}

/** Why a document cannot be imported. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  'status-unknown-word': /Document "[^"]+" is still being processed \(status "dreaming"\)$/m,
  'status-processing': /is still being processed \(status "processing"\)$/m,
  'status-processing-null-result': /is still being processed \(status "queued"\)$/m,
  'status-failed': /could not process document "[^"]+": All pages are blank\.?$/m,
  'pages-without-text': /has no page with text or an image$/m,
  'pages-none': /has no page with text or an image$/m,
  'tree-empty': /its section tree is empty$/m,
  'tree-null': /has no usable "result"$/m,
};

/** The name that a document gets, where it is not that of the fixture. */
const NAMED: Readonly<Record<string, string>> = {
  'name-backslash': 'tax-2025',
  'name-slash': 'tax-2025',
  'name-drive': 'C-x',
  'name-dots': 'document',
  'name-climbs': 'passwd',
  'name-empty': 'pi-name-empty',
  'name-controls': 'a-31m-fdp',
  'name-200-cjk': `${'字'.repeat(77)}-`,
};

const imported = fixtureNames.filter((name) => !(name in REFUSED) && name !== 'large');

test.each(imported)('U18b %s is imported', async (name) => {
  const { kb, add } = await started(name);
  const { code, err } = await add();
  expect({ code, err }).toMatchObject({ code: 0 });
  const [page = '', ...others] = readdirSync(join(kb, 'wiki/summaries'));
  expect(others).toEqual([]);
  expect(page.startsWith(NAMED[name] ?? name)).toBe(true);
  expect(Buffer.byteLength(page)).toBeLessThan(255);
  expect(faults(kb).filter((fault) => !fault.startsWith('orphan-page'))).toEqual([]);
  const stored = read(kb, `wiki/sources/${page.replace('.md', '.json')}`);
  expect(stored).not.toContain(';base64,');
  expect(stored).not.toContain('iVBORw0KGgo');
});

test.each(Object.entries(REFUSED))('%s is refused: %s', async (name, reason) => {
  const { kb, add } = await started(name);
  const before = tree(kb);
  const { code, err } = await add();
  expect(code).toBe(1);
  expect(err).toMatch(new RegExp(`^failed   cannot add "pi-${name}":.*${reason.source}`, 'm'));
  const { '.openkb/staging/': _, ...after } = tree(kb);
  expect(after).toEqual(before);
});

test.each([
  ['images-base64', ['p1_img1.png', 'p1_img2.jpg']],
  ['images-data-uri', ['p1_img1.png']],
  ['images-object', ['p1_img1.png']],
  ['images-in-the-text', ['p1_img1.png']],
])('%s: pictures are files, and the text shows each once', async (name, files) => {
  const { kb, add } = await started(name);
  await add();
  expect(readdirSync(join(kb, `wiki/sources/images/${name}`))).toEqual(files);
  const [{ content, images }] = JSON.parse(read(kb, `wiki/sources/${name}.json`)) as [
    { content: string; images: { path: string }[] },
  ];
  const paths = files.map((file) => `images/${name}/${file}`);
  expect(images).toEqual(paths.map((path) => ({ path })));
  expect([...content.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path]) => path)).toEqual(paths);
});

test('a picture that did not come is named, and its link leads nowhere', async () => {
  const { kb, add } = await started('images-not-sent');
  expect((await add()).out).toContain('was not sent by the service: ../../secret.png');
  const stored = read(kb, 'wiki/sources/images-not-sent.json');
  expect(stored).toContain('the map');
  expect(stored).not.toContain('secret');
  expect(existsSync(join(kb, 'wiki/sources/images/images-not-sent'))).toBe(false);
});

test('U18: 1200 pages, one of them blank, are all there after one download', async () => {
  const { kb, server, add } = await started('pages-1200-one-blank');
  expect((await add()).code).toBe(0);
  expect(server.requestsOf('ocr')).toHaveLength(1);
  const stored = JSON.parse(read(kb, 'wiki/sources/pages-1200-one-blank.json')) as {
    page: number;
  }[];
  expect(stored.map(({ page }) => page)).toEqual(Array.from({ length: 1200 }, (_, i) => i + 1));
});

test('U18: a page count that is too small cuts nothing off', async () => {
  const { kb, add } = await started('page-count-too-small');
  expect((await add()).code).toBe(0);
  expect(JSON.parse(read(kb, 'wiki/sources/page-count-too-small.json'))).toHaveLength(3);
  expect(read(kb, 'wiki/summaries/page-count-too-small.md')).toContain('(pages 1–3)');
  expect(read(kb, '.openkb/hashes.json')).toContain('"pages": 3');
});

test.each([
  ['page-count-too-large', 'note: The service counts 12 pages, the last that came is 3.'],
  ['pages-with-a-gap', 'note: Pages are missing: 3–4.'],
  ['images-junk', 'note: An image of page 1 is in a form that cannot be read.'],
])('%s is told', async (name, said) => {
  const { add } = await started(name);
  expect((await add()).out).toContain(said);
});

test('an answer of 30 MB is imported by a process with a heap of 128 MB', async () => {
  const { dir, kb, server } = await started('large');
  const child = spawnCli(
    dir,
    ['add', '--kb', 'kb', '--from-pageindex-cloud', 'pi-large'],
    undefined,
    {
      PAGEINDEX_API_KEY: server.apiKey,
      PAGEINDEX_API_URL: server.url,
      NODE_OPTIONS: '--max-old-space-size=128',
    },
  );
  const { code, err } = await child.ended;
  expect({ code, err }).toMatchObject({ code: 0 });
  const images = readdirSync(join(kb, 'wiki/sources/images/large'));
  expect(images).toHaveLength(15);
});
