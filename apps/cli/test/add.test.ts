import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { documentNumber } from './helpers/documents.ts';
import { changedPaths, faults, read, sha256, tree, write } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

const LAMP = `# The Argand lamp

The Argand lamp is an oil lamp with a hollow wick. The Argand lamp was made by Aimé Argand in 1780.
Aimé Argand gave the lamp a glass chimney. The Argand lamp burns brighter than ten candles.
`;
const LENS = `# The Fresnel lens

The Fresnel lens is a lens of many rings. Before the Fresnel lens, lighthouses had the Argand lamp.
Augustin Fresnel made the Fresnel lens for lighthouses. The Argand lamp stood inside the Fresnel lens.
`;

async function started(files: Record<string, string | Uint8Array> = {}): Promise<string> {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, files);
  expect((await run(dir, ['init', 'kb'])).code).toBe(0);
  return dir;
}

const add = (dir: string, ...args: string[]) => run(dir, ['add', '--kb', 'kb', ...args]);

interface Event {
  readonly type: string;
  readonly status?: string;
  readonly [key: string]: unknown;
}

const events = (out: string): Event[] => out.split('\n').map((line) => JSON.parse(line) as Event);
const registry = (dir: string) =>
  JSON.parse(read(dir, 'kb/.openkb/hashes.json')) as Record<string, Record<string, unknown>>;

test('a document becomes pages, is registered by the hash of its bytes, listed and logged', async () => {
  const dir = await started({ 'lamp.md': LAMP });
  const { code, out } = await add(dir, 'lamp.md');
  expect(code).toBe(0);
  expect(out).toMatch(
    /^added {4}lamp\.md -> wiki\/summaries\/lamp\.md.*\nadded 1, skipped 0, failed 0$/,
  );
  expect(registry(dir)).toEqual({
    [sha256(LAMP)]: {
      name: 'lamp.md',
      doc_name: 'lamp',
      type: 'md',
      path: join(dir, 'lamp.md'),
      raw_path: 'raw/lamp.md',
      source_path: 'wiki/sources/lamp.md',
      text_sha256: sha256(read(dir, 'kb/wiki/sources/lamp.md')),
    },
  });
  expect(read(dir, 'kb/raw/lamp.md')).toBe(LAMP);
  expect(read(dir, 'kb/wiki/sources/lamp.md')).toMatch(
    /^---\ntype: "Source"\ntitle: "The Argand lamp"\n---\n\n# The/,
  );
  expect(read(dir, 'kb/wiki/index.md')).toContain('- [[summaries/lamp]] (short) — ');
  expect(read(dir, 'kb/wiki/log.md')).toMatch(
    /\n## \[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] ingest \| lamp\.md\n$/,
  );
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('documents that share a concept share its page', async () => {
  const dir = await started({ 'lamp.md': LAMP, 'lens.md': LENS });
  expect((await add(dir, 'lamp.md', 'lens.md')).code).toBe(0);
  const page = read(dir, 'kb/wiki/concepts/argand-lamp.md');
  expect(page).toContain('summaries/lamp');
  expect(page).toContain('summaries/lens');
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('the same content is skipped, also under another name, and nothing at all is written', async () => {
  const dir = await started({ 'lamp.md': LAMP, 'copy.txt': LAMP });
  await add(dir, 'lamp.md');
  const index = join(dir, 'kb/wiki/index.md');
  const before = { tree: tree(join(dir, 'kb')), modified: statSync(index).mtimeMs };
  const { code, out } = await add(dir, 'lamp.md', 'copy.txt');
  expect(code).toBe(0);
  expect(out).toContain('skipped  copy.txt: the same content is there already as "lamp"');
  expect(out).toContain('added 0, skipped 2, failed 0');
  expect({ tree: tree(join(dir, 'kb')), modified: statSync(index).mtimeMs }).toEqual(before);
});

test('S07 the same content twice in one batch is added once', async () => {
  const dir = await started({ 'a/lamp.md': LAMP, 'b/lamp.md': LAMP });
  expect((await add(dir, 'a', 'b')).out).toContain('added 1, skipped 1, failed 0');
  expect(readdirSync(join(dir, 'kb/raw'))).toEqual(['lamp.md']);
});

test('U10 the same name from two directories makes two documents, and nothing is overwritten', async () => {
  const dir = await started({
    'a/report.md': LAMP,
    'b/report.html': `<h1>Lens</h1><p>${LENS}</p>`,
  });
  expect((await add(dir, 'a', 'b')).code).toBe(0);
  const [first, second] = Object.values(registry(dir));
  expect(first).toMatchObject({ doc_name: 'report', raw_path: 'raw/report.md' });
  expect(second?.['doc_name']).toMatch(/^report-[0-9a-f]{8}$/);
  expect(read(dir, 'kb/raw/report.md')).toBe(LAMP);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('U15 U26 one failure in a batch leaves no trace, stops nobody, and is told at the end (exit 3)', async () => {
  const dir = await started({ 'a.md': LAMP, 'b.pdf': '%PDF-1.7 broken', 'c.md': LENS });
  const { code, out, err } = await add(dir, 'a.md', 'b.pdf', 'c.md', 'gone.md');
  expect(code).toBe(3);
  expect(err).toMatch(/failed {3}cannot add "b\.pdf": it /);
  expect(out).toMatch(
    /added 2, skipped 0, failed 2\n {2}cannot add "gone\.md": no such file or directory\n {2}cannot add "b\.pdf": it /,
  );
  expect(read(dir, 'kb/wiki/index.md')).toContain('[[summaries/a]]');
  expect(read(dir, 'kb/wiki/index.md')).toContain('[[summaries/c]]');
  expect(Object.keys(tree(join(dir, 'kb'))).filter((path) => /\bb\./.test(path))).toEqual([]);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('a batch in which everything fails exits 1', async () => {
  const dir = await started({ 'empty.md': '', 'blank.txt': '  \n\n', 'b.pdf': '%PDF-1.7 broken' });
  const before = tree(join(dir, 'kb'));
  const { code, err } = await add(dir, 'empty.md', 'blank.txt', 'b.pdf', 'gone.md');
  expect(code).toBe(1);
  expect(err).toContain('cannot add "empty.md": it ');
  expect(err).toContain('cannot add "blank.txt": it ');
  expect(changedPaths(before, tree(join(dir, 'kb')))).toEqual(['.openkb/staging/']);
});

test('--fail-fast stops at the first failure and counts what was not tried', async () => {
  const dir = await started({ 'a.md': LAMP, 'b.pdf': '%PDF-1.7 broken', 'c.md': LENS });
  const { code, out } = await add(dir, '--fail-fast', 'a.md', 'b.pdf', 'c.md');
  expect(code).toBe(3);
  expect(out).toContain('added 1, skipped 0, failed 1, not tried 1');
  expect(existsSync(join(dir, 'kb/raw/c.md'))).toBe(false);
});

test('a failed first try leaves the clean name to the next one', async () => {
  const dir = await started({ 'report.md': '' });
  expect((await add(dir, 'report.md')).code).toBe(1);
  write(dir, { 'report.md': LAMP });
  expect((await add(dir, 'report.md')).code).toBe(0);
  expect(Object.values(registry(dir))).toMatchObject([{ doc_name: 'report' }]);
});

test('with --json there is one line per event, and a summary at the end', async () => {
  const dir = await started({ 'a.md': LAMP, 'x/skip.bin': '', 'x/b.md': LENS });
  const { code, out } = await add(dir, '--json', 'a.md', 'x', 'gone.md');
  expect(code).toBe(3);
  const all = events(out);
  expect(all.every(({ schema }) => schema === 'openkb/1')).toBe(true);
  const documents = all.filter(({ type }) => type === 'document');
  expect(documents.map(({ status, source }) => [status, source])).toEqual([
    ['skipped', 'x/skip.bin'],
    ['failed', 'gone.md'],
    ['added', 'a.md'],
    ['added', 'x/b.md'],
  ]);
  expect(all.filter(({ source }) => source === 'a.md').map(({ step }) => step)).toEqual([
    'read',
    'convert',
    'compile',
    'commit',
    undefined,
  ]);
  expect(all.at(-1)).toMatchObject({
    type: 'summary',
    added: 2,
    skipped: 1,
    failed: 1,
    exitCode: 3,
  });
});

test('what stands after -- is a source, whatever it begins with', async () => {
  const dir = await started({ '-lamp.md': LAMP, 'lens.md': LENS });
  expect((await add(dir, '--', 'lens.md', '-lamp.md')).out).toContain(
    'added 2, skipped 0, failed 0',
  );
});

test('-q prints the summary alone', async () => {
  const dir = await started({ 'a.md': LAMP });
  expect(await add(dir, '-q', 'a.md')).toEqual({
    code: 0,
    out: 'added 1, skipped 0, failed 0',
    err: '',
  });
});

test('--dry-run shows the change set that the add then carries out, and changes nothing', async () => {
  const dir = await started({ 'lamp.md': LAMP, 'lens.md': LENS });
  await add(dir, 'lamp.md');
  const before = tree(join(dir, 'kb'));
  const { code, out } = await add(dir, '--dry-run', '--json', 'lens.md');
  expect(code).toBe(0);
  expect(tree(join(dir, 'kb'))).toEqual(before);
  const planned = events(out).find(({ status }) => status === 'planned');
  const changes = planned?.['changes'] as { action: string; path: string; bytes: number }[];
  await add(dir, 'lens.md');
  const after = tree(join(dir, 'kb'));
  expect(changes.map(({ path }) => path)).toEqual(
    changedPaths(before, after).filter((path) => !path.endsWith('/')),
  );
  for (const { action, path, bytes } of changes) {
    expect(action).toBe(path === 'wiki/log.md' ? 'append' : path in before ? 'update' : 'create');
    const size = action === 'append' ? bytes : statSync(join(dir, 'kb', path)).size;
    expect({ path, bytes }).toEqual({ path, bytes: size });
  }
});

test('--force compiles again what is there, under its name', async () => {
  const dir = await started({ 'lamp.md': LAMP });
  await add(dir, 'lamp.md');
  rmSync(join(dir, 'kb/wiki/summaries/lamp.md'));
  expect((await add(dir, '--force', 'lamp.md')).out).toMatch(/^updated {2}lamp\.md/);
  expect(existsSync(join(dir, 'kb/wiki/summaries/lamp.md'))).toBe(true);
  expect(Object.keys(registry(dir))).toEqual([sha256(LAMP)]);
});

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('U30 a source whose content has changed is compiled again: its pages are replaced, lost pictures go', async () => {
  const dir = await started({
    'lamp.md': `${LAMP}\n![a](a.png) ![b](b.png)\n`,
    'a.png': PIXEL,
    'b.png': Buffer.concat([PIXEL, PIXEL]),
    'other.md': LENS,
  });
  await add(dir, 'lamp.md', 'other.md');
  const images = join(dir, 'kb/wiki/sources/images/lamp');
  expect(readdirSync(images)).toHaveLength(2);
  writeFileSync(join(images, 'mine.png'), 'of a person');
  const changed = `${LAMP.replace('ten candles', 'a hundred candles')}\n![a](a.png)\n`;
  write(dir, { 'lamp.md': changed });
  const { code, out } = await add(dir, 'lamp.md');
  expect(code).toBe(0);
  expect(out).toMatch(/^updated {2}lamp\.md -> wiki\/summaries\/lamp\.md/);
  expect(Object.keys(registry(dir))).toEqual([sha256(changed), sha256(LENS)]);
  expect(read(dir, 'kb/raw/lamp.md')).toBe(changed);
  expect(read(dir, 'kb/wiki/sources/lamp.md')).toContain('a hundred candles');
  expect(readdirSync(images).toSorted()).toHaveLength(2);
  expect(readdirSync(images)).toContain('mine.png');
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('what only the old content of a source supported goes, from disk and index', async () => {
  const dir = await started({ 'notes.md': `${LAMP}\n${documentNumber(2)}`, 'lens.md': LENS });
  await add(dir, 'notes.md', 'lens.md');
  const topics = Object.keys(tree(join(dir, 'kb'))).filter((path) =>
    /^wiki\/(?:concepts|entities)\/./.test(path),
  );
  const [shared, own] = [true, false].map((both) =>
    topics.filter((path) => read(dir, `kb/${path}`).includes('summaries/lens') === both),
  );
  expect(own?.length).toBeGreaterThan(0);
  expect(shared).toContain('wiki/concepts/argand-lamp.md');
  write(dir, { 'notes.md': '# Notes\n\nThere is nothing to tell.\n' });
  expect((await add(dir, 'notes.md')).code).toBe(0);
  const left = tree(join(dir, 'kb'));
  expect(own?.filter((path) => path in left)).toEqual([]);
  for (const path of own ?? [])
    expect(read(dir, 'kb/wiki/index.md')).not.toContain(path.slice(5, -3));
  for (const path of (shared ?? []).filter((page) => page in left))
    expect(read(dir, `kb/${path}`)).not.toContain('summaries/notes');
  expect(faults(join(dir, 'kb')).filter((fault) => !fault.startsWith('orphan-page'))).toEqual([]);
});

test('what a person wrote into a page survives the next document', async () => {
  const dir = await started({ 'lamp.md': LAMP, 'lens.md': LENS });
  await add(dir, 'lamp.md');
  const page = join(dir, 'kb/wiki/concepts/argand-lamp.md');
  writeFileSync(
    page,
    `${read(dir, 'kb/wiki/concepts/argand-lamp.md')}\n## My notes\n\nAsk the museum.\n`,
  );
  await add(dir, 'lens.md');
  expect(read(dir, 'kb/wiki/concepts/argand-lamp.md')).toContain('## My notes\n\nAsk the museum.');
});

test('an original that a person changed in raw/ is not replaced by its source', async () => {
  const dir = await started({ 'lamp.md': LAMP });
  await add(dir, 'lamp.md');
  write(dir, { 'kb/raw/lamp.md': 'of a person', 'lamp.md': LENS });
  const { code, err } = await add(dir, 'lamp.md');
  expect(code).toBe(1);
  expect(err).toContain(
    'cannot add "lamp.md": "raw/lamp.md" was changed by hand after it was added',
  );
  expect(read(dir, 'kb/raw/lamp.md')).toBe('of a person');
  write(dir, { 'kb/raw/lamp.md': `${LENS}\nEdited in place.\n` });
  expect((await add(dir, 'kb/raw/lamp.md')).out).toMatch(/^updated {2}kb\/raw\/lamp\.md/);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('--force from a copy with another ending replaces the original', async () => {
  const dir = await started({ 'lamp.md': LAMP, 'copy.txt': LAMP });
  await add(dir, 'lamp.md');
  expect((await add(dir, '--force', 'copy.txt')).code).toBe(0);
  expect(readdirSync(join(dir, 'kb/raw'))).toEqual(['lamp.txt']);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('U11 a file of a person in raw/ is never overwritten', async () => {
  const dir = await started({ 'lamp.md': LAMP, 'kb/x': '' });
  write(dir, { 'kb/raw/lamp.md': 'of a person' });
  expect((await add(dir, 'lamp.md')).code).toBe(0);
  expect(read(dir, 'kb/raw/lamp.md')).toBe('of a person');
  expect(Object.values(registry(dir))[0]?.['raw_path']).toMatch(/^raw\/lamp-[0-9a-f]{8}\.md$/);
});

test('U12 an original dropped into raw/ is renamed to its document, and stays one file', async () => {
  const dir = await started();
  write(dir, { 'kb/raw/My Note.md': LAMP, 'kb/raw/plain.md': LENS });
  expect((await add(dir, 'kb/raw')).code).toBe(0);
  expect(readdirSync(join(dir, 'kb/raw'))).toEqual(['My-Note.md', 'plain.md']);
  expect(Object.values(registry(dir))).toMatchObject([
    { name: 'My Note.md', doc_name: 'My-Note', path: 'raw/My-Note.md' },
    { name: 'plain.md', doc_name: 'plain', path: 'raw/plain.md' },
  ]);
  expect(faults(join(dir, 'kb'))).toEqual([]);
  expect((await add(dir, 'kb/raw')).out).toContain('added 0, skipped 2, failed 0');
});

test('a lost registry is not begun anew, but made again from the originals', async () => {
  const dir = await started({ 'lamp.md': LAMP, 'lens.md': LENS });
  await add(dir, 'lamp.md', 'lens.md');
  rmSync(join(dir, 'kb/.openkb/hashes.json'));
  expect((await add(dir, 'kb/raw')).err).toContain("'openkb doctor --rebuild-registry'");
  await run(dir, ['doctor', '--rebuild-registry', '--yes', '--kb', 'kb']);
  expect(Object.values(registry(dir)).map((entry) => entry['doc_name'])).toEqual(['lamp', 'lens']);
  expect((await add(dir, 'kb/raw')).out).toContain('added 0, skipped 2, failed 0');
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('a source that lies in a wiki page or is unreadable is refused; the rest goes on', async () => {
  const dir = await started({ 'a.md': LAMP });
  const { code, err } = await add(dir, 'kb/wiki/index.md', 'a.md');
  expect(code).toBe(3);
  expect(err).toContain('"wiki" belongs to the knowledge base itself');
});

test.skipIf(process.getuid?.() === 0)(
  'a file without permission fails alone (not as root)',
  async () => {
    const dir = await started({ 'a.md': LAMP, 'b.md': LENS });
    chmodSync(join(dir, 'b.md'), 0);
    const { code, err } = await add(dir, 'b.md', 'a.md');
    expect(code).toBe(3);
    expect(err).toContain('cannot add "b.md"');
    expect(err).toContain('permission denied');
  },
);

test('U21 two pictures of one name in two directories are two files, with a link to each', async () => {
  const dir = await started({
    'book/lamp.md': `${LAMP}\n![first](a/fig.png) and ![second](b/fig.png)\n`,
    'book/a/fig.png': PIXEL,
    'book/b/fig.png': Buffer.concat([PIXEL, PIXEL]),
  });
  expect((await add(dir, 'book/lamp.md')).code).toBe(0);
  const text = read(dir, 'kb/wiki/sources/lamp.md');
  const links = [...text.matchAll(/!\[\w+\]\((images\/lamp\/[^)]+)\)/g)].map(
    ([, path = '']) => path,
  );
  expect(new Set(links).size).toBe(2);
  const [first = '', second = ''] = links;
  expect(readFileSync(join(dir, 'kb/wiki/sources', first))).toEqual(PIXEL);
  expect(readFileSync(join(dir, 'kb/wiki/sources', second))).toHaveLength(2 * PIXEL.length);
  const before = tree(join(dir, 'kb/wiki/sources'));
  await add(dir, '--force', 'book/lamp.md');
  expect(tree(join(dir, 'kb/wiki/sources'))).toEqual(before);
});

test('a source beside a picture takes it along; a path that leads away is not followed', async () => {
  const dir = await started({
    'docs/a.md': `${LAMP}\n![in](img/p.png) ![out](../secret.png)\n`,
    'docs/img/p.png': PIXEL,
    'secret.png': Buffer.concat([PIXEL, Buffer.from('secret')]),
  });
  expect((await add(dir, 'docs/a.md')).code).toBe(0);
  const images = readdirSync(join(dir, 'kb/wiki/sources/images/a'));
  expect(images).toHaveLength(1);
  expect(read(dir, 'kb/wiki/sources/a.md')).toContain(`(images/a/${images[0]})`);
});

test('a document of pictures without text is refused with what to do', async () => {
  const dir = await started({ 'scan.html': '<img src="p.png">', 'p.png': PIXEL });
  const { code, err } = await add(dir, 'scan.html');
  expect(code).toBe(1);
  expect(err).toContain('cannot add "scan.html": it ');
});

test('a directory without documents is a failure that names what can be read', async () => {
  const dir = await started({ 'x/photo.jpg': '' });
  mkdirSync(join(dir, 'void'));
  const { code, out, err } = await add(dir, 'x', 'void');
  expect(code).toBe(1);
  expect(err).toContain('cannot add "x": the directory has no documents in it');
  expect(err).toContain('What can be read: .md');
  expect(out).toContain('skipped  x/photo.jpg: the format ".jpg" cannot be read');
});
