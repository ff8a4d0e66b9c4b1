/** U17: what was downloaded for a document that could not be added is there for the next try. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { nodeFileSystem } from '@openkb/atomic-fs';
import { extractiveCompiler } from '@openkb/wiki-compiler';
import { expect, onTestFinished, test } from 'vitest';

import type { Services } from '../../src/services.ts';
import {
  forgetDownload,
  keepDownload,
  keptDownload,
  removeOldDownloads,
  takeDownload,
} from '../../src/web/kept-downloads.ts';
import { faults, read, sha256, write } from '../helpers/knowledge-base.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';
import { type Route, webServer } from '../helpers/web-server.ts';

const MARKDOWN = `# The Argand lamp

The Argand lamp is an oil lamp with a hollow wick. The Argand lamp was made by Aimé Argand in 1780.
Aimé Argand gave the lamp a glass chimney. The Argand lamp burns bright, and lighthouses had it.
`;
const DAY = 24 * 3600 * 1000;

const refusing: Partial<Services> = {
  compiler: () =>
    Promise.resolve({
      ...extractiveCompiler(),
      compile: () => Promise.reject(new Error('the model refuses')),
    }),
};

async function started(routes: Record<string, string | Route>) {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', 'kb']);
  const server = await webServer(onTestFinished, routes);
  const add = (args: string[], services: Partial<Services> = {}) =>
    run(dir, ['add', '--kb', 'kb', ...args], { services });
  const kept = () => names(join(dir, 'kb/.openkb/cache/downloads'));
  return { dir, kb: join(dir, 'kb'), server, add, kept };
}

const names = (directory: string) => (existsSync(directory) ? readdirSync(directory) : []);

test('U17 a compile that fails keeps the download for the retry, and publishes nothing', async () => {
  const { kb, server, add, kept } = await started({ '/lamp.md': MARKDOWN });
  const url = `${server.origin}/lamp.md`;
  const failed = await add([url], refusing);
  expect(failed.code).toBe(1);
  expect(readdirSync(join(kb, 'raw'))).toEqual([]);
  expect(read(kb, '.openkb/hashes.json')).toBe('{}');
  expect(kept()).toHaveLength(2);
  for (const name of kept())
    expect(statSync(join(kb, '.openkb/cache/downloads', name)).mode & 0o777).toBe(0o600);
  const again = await add([url]);
  expect(again.code).toBe(0);
  expect(again.err).toMatch(
    /lamp\.md: what was downloaded at \d{4}-.* is used; --force does it again/,
  );
  expect(server.asked).toEqual(['/lamp.md']);
  expect(read(kb, 'raw/lamp.md')).toBe(MARKDOWN);
  expect(kept()).toEqual([]);
  expect(faults(kb)).toEqual([]);
});

test('U17 what is planned or estimated is downloaded once for all', async () => {
  const { server, add, kept } = await started({ '/lamp.md': MARKDOWN });
  const url = `${server.origin}/lamp.md`;
  expect((await add(['--dry-run', url])).code).toBe(0);
  expect((await add(['--estimate', url])).code).toBe(0);
  expect((await add([url])).code).toBe(0);
  expect(server.asked).toHaveLength(1);
  expect(kept()).toEqual([]);
});

test('U17 a download of what is there already is removed', async () => {
  const { server, add, kept } = await started({ '/lamp.md': MARKDOWN, '/same.md': MARKDOWN });
  await add([`${server.origin}/same.md`], refusing);
  expect(kept()).toHaveLength(2);
  await add([`${server.origin}/lamp.md`]);
  const { out } = await add([`${server.origin}/same.md`]);
  expect(out).toContain('the same content is there already as "lamp"');
  expect(kept()).toEqual([]);
});

test('a kept download is used while the server says that it is the same, and not when it is another', async () => {
  let text = MARKDOWN;
  const answers: number[] = [];
  const { kb, server, add } = await started({
    '/lamp.md': (response, { headers }) => {
      const etag = `"${sha256(text)}"`;
      answers.push(headers['if-none-match'] === etag ? 304 : 200);
      response.writeHead(answers.at(-1) ?? 0, { etag });
      response.end(answers.at(-1) === 304 ? undefined : text);
    },
  });
  const url = `${server.origin}/lamp.md`;
  await add([url], refusing);
  await add([url], refusing);
  text = MARKDOWN.replace('bright', 'brighter');
  await add([url], refusing);
  expect((await add([url])).code).toBe(0);
  expect(answers).toEqual([200, 304, 200, 304]);
  expect(read(kb, 'raw/lamp.md')).toBe(text);
});

test('--force downloads again', async () => {
  const { server, add } = await started({ '/lamp.md': MARKDOWN });
  await add([`${server.origin}/lamp.md`], refusing);
  expect((await add(['--force', `${server.origin}/lamp.md`])).code).toBe(0);
  expect(server.asked).toHaveLength(2);
});

test('what cannot be read is not kept: the next try may be given something else', async () => {
  const { server, add, kept } = await started({
    '/paper.pdf': '<!doctype html><title>Sign in</title>',
    '/blank': '<!doctype html><html><body></body></html>',
  });
  await add([`${server.origin}/paper.pdf`, `${server.origin}/blank`]);
  expect(kept()).toEqual([]);
});

test('a kept download that was damaged, or cut short, is downloaded again', async () => {
  const { kb, server, add, kept } = await started({ '/lamp.md': MARKDOWN });
  const url = `${server.origin}/lamp.md`;
  for (const spoil of [
    (name: string) => !name.endsWith('.json') && 'something else',
    (name: string) => name.endsWith('.json') && '{"download": {"url": 3}}',
    (name: string) => name.endsWith('.json') && '{"downl',
  ]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await add([url], refusing);
    for (const name of kept()) {
      const text = spoil(name);
      if (text !== false) write(kb, { [`.openkb/cache/downloads/${name}`]: text });
    }
  }
  expect((await add([url])).code).toBe(0);
  expect(server.asked).toHaveLength(4);
  expect(read(kb, 'raw/lamp.md')).toBe(MARKDOWN);
});

test('what is kept with a validator that no header can hold is downloaded again', async () => {
  const { kb, server, add, kept } = await started({ '/lamp.md': MARKDOWN });
  const url = `${server.origin}/lamp.md`;
  await add([url], refusing);
  const name = `.openkb/cache/downloads/${kept().find((one) => one.endsWith('.json'))}`;
  const value = JSON.parse(read(kb, name)) as { download: object };
  const download = { ...value.download, etag: '"a"\r\nX-Other: b' };
  write(kb, { [name]: JSON.stringify({ ...value, download }) });
  expect((await add([url])).code).toBe(0);
  expect(server.asked).toHaveLength(2);
});

test('nothing is kept through a link, and the credentials of an address are kept nowhere', async () => {
  const { dir, kb, server, add, kept } = await started({ '/lamp.md': MARKDOWN });
  const secret = server.origin.replace('//', '//ana:s3cret@');
  await add([`${secret}/lamp.md`], refusing);
  expect(kept()).toHaveLength(2);
  for (const name of kept())
    expect(readFileSync(join(kb, '.openkb/cache/downloads', name), 'utf8')).not.toContain('s3cret');
  expect((await add([`${secret}/lamp.md`])).code).toBe(0);
  const elsewhere = join(dir, 'elsewhere');
  mkdirSync(elsewhere);
  const other = await started({ '/lamp.md': MARKDOWN });
  mkdirSync(join(other.kb, '.openkb/cache'), { recursive: true });
  symlinkSync(elsewhere, join(other.kb, '.openkb/cache/downloads'));
  expect((await other.add([`${other.server.origin}/lamp.md`], refusing)).code).toBe(1);
  expect(readdirSync(elsewhere)).toEqual([]);
});

test('what nobody comes back for goes after a week, the oldest where all are too large, and nothing is kept on a disk that is nearly full', () => {
  const root = temporaryDirectory(onTestFinished);
  write(root, { staged: MARKDOWN });
  const fileSystem = nodeFileSystem();
  const kb = { root, fileSystem };
  const found = (url: string, bytes = MARKDOWN.length) => ({
    download: { url, finalUrl: url, fileName: 'lamp.md', bytes, messages: [] },
    sha256: sha256(MARKDOWN),
    staged: join(root, 'staged'),
  });
  let id = 0;
  let free: number | undefined;
  const services = {
    clock: () => new Date(),
    randomId: () => `${(id += 1)}`,
    freeSpace: () => free,
  };
  const [one, two] = ['https://a.example/1', 'https://a.example/2'];
  free = 256 * 2 ** 20;
  keepDownload(kb, services, found(one));
  expect(names(join(root, '.openkb/cache/downloads'))).toEqual([]);
  free = undefined;
  keepDownload(kb, services, found(one));
  keepDownload(kb, services, found('https://a.example/huge', 300 * 2 ** 20));
  const now = Date.now();
  const kept = keptDownload(kb, one, new Date(now + 1000));
  expect(kept?.download).toMatchObject({ url: one, fileName: 'lamp.md' });
  expect(keptDownload(kb, 'https://a.example/huge', new Date(now + 1000))).toBeUndefined();
  expect(takeDownload(kb, kept!, join(root, 'taken'))).toBe(true);
  expect(read(root, 'taken')).toBe(MARKDOWN);
  expect(keptDownload(kb, one, new Date(now + 8 * DAY))).toBeUndefined();
  // as large as all may be: the others make room
  keepDownload(kb, services, found(two, 256 * 2 ** 20));
  expect(keptDownload(kb, one, new Date(now + 1000))).toBeUndefined();
  removeOldDownloads(kb, new Date(now + 6 * DAY));
  expect(names(join(root, '.openkb/cache/downloads'))).toHaveLength(2);
  removeOldDownloads(kb, new Date(now + 8 * DAY));
  expect(names(join(root, '.openkb/cache/downloads'))).toEqual([]);
  forgetDownload(kb, two);
});
