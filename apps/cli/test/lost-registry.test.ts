/** A knowledge base whose registry is lost: no command takes it for a new one. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { read, tree, write } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

const LAMP = '# Lamp\n\nThe Argand lamp is an oil lamp. The Argand lamp has a wick.\n';
const HORN = '# Horn\n\nThe fog horn is a signal. The fog horn sounds in fog.\n';

async function started(): Promise<string> {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', 'kb']);
  write(dir, { 'lamp.md': LAMP, 'horn.md': HORN });
  expect((await run(dir, ['add', '--kb', 'kb', 'lamp.md'])).code).toBe(0);
  rmSync(join(dir, 'kb/.openkb/hashes.json'));
  return dir;
}

test.each([
  ['add', ['add', '--kb', 'kb', 'horn.md']],
  ['add --dry-run', ['add', '--kb', 'kb', '--dry-run', 'horn.md']],
  ['add --force', ['add', '--kb', 'kb', '--force', 'lamp.md']],
  ['remove', ['remove', '--kb', 'kb', '--yes', 'lamp']],
  ['recompile', ['recompile', '--kb', 'kb', '--yes', 'lamp']],
  ['recompile --all', ['recompile', '--kb', 'kb', '--yes', '--all']],
  ['undo', ['undo', '--kb', 'kb', '--yes']],
  ['watch', ['watch', '--kb', 'kb']],
])('%s refuses, says how the registry is made again, and changes nothing', async (_name, args) => {
  const dir = await started();
  const before = tree(join(dir, 'kb'));
  const { code, err } = await run(dir, args);
  expect(code).toBe(1);
  expect(err).toContain('the registry ".openkb/hashes.json" is missing, and there are documents');
  expect(err).toContain('openkb doctor --rebuild-registry');
  expect({ '.openkb/staging/': 'directory', ...tree(join(dir, 'kb')) }).toEqual({
    '.openkb/staging/': 'directory',
    ...before,
  });
});

test('list and status say so, and after the registry is made again all is as before', async () => {
  const dir = await started();
  const listed = await run(dir, ['list', '--kb', 'kb', '--json']);
  expect(listed.code).toBe(0);
  expect(JSON.parse(listed.out)).toMatchObject({ documents: [], registryMissing: true });
  expect((await run(dir, ['list', '--kb', 'kb'])).err).toContain('the registry is missing');
  expect((await run(dir, ['status', '--kb', 'kb'])).out).toContain('the registry is missing');
  expect((await run(dir, ['doctor', '--kb', 'kb', '--rebuild-registry', '--yes'])).code).toBe(0);
  expect((await run(dir, ['list', '--kb', 'kb'])).out).toContain('1 document');
  expect((await run(dir, ['add', '--kb', 'kb', 'lamp.md'])).out).toContain('skipped 1');
  expect((await run(dir, ['add', '--kb', 'kb', 'horn.md'])).code).toBe(0);
});

test.each([
  ['a stored text alone', { 'wiki/sources/lamp.md': LAMP }],
  ['a text by pages alone', { 'wiki/sources/lamp.json': '[]' }],
  ['a page of a concept alone', { 'wiki/concepts/lamp.md': '# Lamp\n' }],
])('%s shows that there were documents', async (_name, files) => {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', 'kb']);
  write(join(dir, 'kb'), files);
  write(dir, { 'horn.md': HORN });
  rmSync(join(dir, 'kb/.openkb/hashes.json'));
  expect((await run(dir, ['add', '--kb', 'kb', 'horn.md'])).err).toContain('--rebuild-registry');
});

test('one without documents needs no registry, and gets one with the first', async () => {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', 'kb']);
  write(dir, { 'horn.md': HORN, 'kb/raw/note.md': LAMP });
  rmSync(join(dir, 'kb/.openkb/hashes.json'));
  expect((await run(dir, ['list', '--kb', 'kb'])).err).toContain('There are no documents yet');
  expect((await run(dir, ['add', '--kb', 'kb', 'horn.md'])).code).toBe(0);
  expect(read(dir, 'kb/.openkb/hashes.json')).toContain('"doc_name": "horn"');
});
