/** A registry that came from somebody else: whatever it names, its documents can be removed, and nothing outside is touched. */
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { read, sha256, tree, write } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

const LAMP = `# Lamp\n\nThe Argand lamp is an oil lamp. The Argand lamp has a wick. The Argand lamp is old.
![p](data:image/gif;base64,R0lGODlhAQABAAAAACw=)\n`;
const PRECIOUS = 'the only copy';

async function started() {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'lamp.md': LAMP, 'outside/precious.md': PRECIOUS, 'outside/p.gif': 'a picture' });
  await run(dir, ['init', 'kb']);
  expect((await run(dir, ['add', '--kb', 'kb', 'lamp.md'])).code).toBe(0);
  const kb = join(dir, 'kb');
  const registry = () =>
    JSON.parse(read(kb, '.openkb/hashes.json')) as Record<string, Record<string, unknown>>;
  /** The registry's one entry, as somebody else would have it. */
  const change = (key: string, more: Record<string, unknown>) => {
    const [entry] = Object.values(registry());
    write(kb, { '.openkb/hashes.json': JSON.stringify({ [key]: { ...entry, ...more } }) });
  };
  const remove = (...args: string[]) => run(dir, ['remove', '--kb', 'kb', '--yes', ...args]);
  return { dir, kb, registry, change, remove };
}

const rest = (kb: string) =>
  Object.keys(tree(kb)).filter((path) =>
    /^(?:raw|wiki\/(?:sources|summaries|concepts))\/.*[^/]$/.test(path),
  );

test.each([
  'raw/../../outside/precious.md',
  '../outside/precious.md',
  'raw/../.openkb/config.yaml',
  'raw/\u0000x',
  'raw/./lamp.md',
])('an original at "%s" is not touched, named, and the document goes', async (path) => {
  const { dir, kb, registry, change, remove } = await started();
  change(sha256(PRECIOUS), { raw_path: path });
  const config = read(kb, '.openkb/config.yaml');
  const dry = await remove('--dry-run', 'lamp');
  expect(dry.out).toContain(
    'is outside of the knowledge base, or behind a link, and is not touched',
  );
  const { code, out } = await remove('lamp');
  expect(code).toBe(0);
  expect(out).toContain('is outside of the knowledge base, or behind a link, and is not touched');
  expect(registry()).toEqual({});
  expect(rest(kb)).toEqual(['raw/lamp.md']);
  expect(read(dir, 'outside/precious.md')).toBe(PRECIOUS);
  expect(read(kb, '.openkb/config.yaml')).toBe(config);
});

test('an original that is a link, or behind one, stays with what it leads to', async () => {
  const { dir, kb, registry, change, remove } = await started();
  symlinkSync(join(dir, 'outside/precious.md'), join(kb, 'raw/link.md'));
  change(sha256(PRECIOUS), { raw_path: 'raw/link.md' });
  expect((await remove('lamp')).out).toContain(
    '"raw/link.md" is outside of the knowledge base, or',
  );
  expect(lstatSync(join(kb, 'raw/link.md')).isSymbolicLink()).toBe(true);
  expect(registry()).toEqual({});
  const other = await started();
  symlinkSync(join(other.dir, 'outside'), join(other.kb, 'raw/there'));
  other.change(sha256(PRECIOUS), { raw_path: 'raw/there/precious.md' });
  expect((await other.remove('lamp')).code).toBe(0);
  expect(read(other.dir, 'outside/precious.md')).toBe(PRECIOUS);
  expect(other.registry()).toEqual({});
});

test('a document whose name leads out of the knowledge base goes from registry and index alone', async () => {
  const { dir, kb, registry, change, remove } = await started();
  change('0'.repeat(64), { doc_name: '../../../outside/precious', raw_path: 'raw/none.md' });
  const before = rest(kb);
  const { code, out } = await remove('000000');
  expect(code).toBe(0);
  expect(out).toContain('"wiki/sources/../../../outside/precious.md" is outside');
  expect(registry()).toEqual({});
  expect(rest(kb)).toEqual(before);
  expect(read(dir, 'outside/precious.md')).toBe(PRECIOUS);
});

test('pictures and texts behind links stay, all else of the document goes', async () => {
  const { dir, kb, registry, remove } = await started();
  const images = join(kb, 'wiki/sources/images/lamp');
  const [picture = ''] = Object.keys(tree(images));
  renameSync(images, join(dir, 'outside/images'));
  symlinkSync(join(dir, 'outside/images'), images);
  const { code, out } = await remove('lamp');
  expect(code).toBe(0);
  expect(out).toContain(`"wiki/sources/images/lamp/${picture}" is outside`);
  expect(readFileSync(join(dir, 'outside/images', picture)).length).toBeGreaterThan(0);
  expect(registry()).toEqual({});
  expect(lstatSync(images).isSymbolicLink()).toBe(true);
  for (const path of ['raw/lamp.md', 'wiki/sources/lamp.md', 'wiki/summaries/lamp.md'])
    expect(existsSync(join(kb, path))).toBe(false);
  const other = await started();
  const text = join(other.kb, 'wiki/sources/lamp.md');
  renameSync(text, join(other.dir, 'outside/lamp.md'));
  symlinkSync(join(other.dir, 'outside/lamp.md'), text);
  expect((await other.remove('lamp')).code).toBe(0);
  expect(read(other.dir, 'outside/lamp.md')).toContain('Argand');
});

test('a source whose registered original leads out is added again without touching that', async () => {
  const { dir, kb, registry, change } = await started();
  change(sha256(PRECIOUS), { raw_path: 'raw/../../outside/precious.md' });
  write(dir, { 'lamp.md': LAMP.replace('old', 'new') });
  const { code, err } = await run(dir, ['add', '--kb', 'kb', 'lamp.md']);
  expect(code).toBe(1);
  expect(err).toContain('"raw/lamp.md" was changed by hand after it was added');
  expect(read(dir, 'outside/precious.md')).toBe(PRECIOUS);
  expect(Object.keys(registry())).toHaveLength(1);
  expect(read(kb, 'raw/lamp.md')).toBe(LAMP);
});

test('the folder of pictures goes with its last picture, and stays with those of a person', async () => {
  const { kb, remove } = await started();
  expect((await remove('lamp')).code).toBe(0);
  expect(tree(kb)).not.toHaveProperty('wiki/sources/images/lamp/');
  const other = await started();
  mkdirSync(join(other.kb, 'wiki/sources/images/lamp/more'));
  write(other.kb, { 'wiki/sources/images/lamp/mine.gif': 'mine' });
  expect((await other.remove('lamp')).code).toBe(0);
  expect(read(other.kb, 'wiki/sources/images/lamp/mine.gif')).toBe('mine');
});

test('an older entry that names a file outside is not completed with it', async () => {
  const { dir, kb, registry } = await started();
  const entry = { name: '../../outside/precious.md', type: 'md' };
  write(kb, { '.openkb/hashes.json': JSON.stringify({ [sha256(PRECIOUS)]: entry }) });
  await run(dir, ['lint', '--kb', 'kb', '--no-model', '--fix', '--yes']);
  const [mended] = Object.values(registry());
  expect(mended).not.toHaveProperty('raw_path');
  expect(mended).not.toHaveProperty('path');
});

test('a source whose registered name leads out is added under a name of its own', async () => {
  const { dir, kb, registry, change } = await started();
  change(sha256(LAMP), { doc_name: '../../../outside/precious' });
  write(dir, { 'lamp.md': LAMP.replace('old', 'new') });
  const changed = await run(dir, ['add', '--kb', 'kb', 'lamp.md']);
  expect(changed.code).toBe(0);
  expect(Object.values(registry()).map((entry) => entry['doc_name'])).toEqual([
    '../../../outside/precious',
    expect.stringMatching(/^lamp-[0-9a-f]{8}$/),
  ]);
  expect(read(dir, 'outside/precious.md')).toBe(PRECIOUS);
  expect(read(kb, 'raw/lamp.md')).toBe(LAMP);
});
