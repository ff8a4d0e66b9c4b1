/** What a person writes into `raw/`, whenever they do, is theirs: no command replaces or removes it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { extractiveCompiler } from '@openkb/wiki-compiler';
import { expect, onTestFinished, test } from 'vitest';

import { main } from '../src/main.ts';
import { read, write } from './helpers/knowledge-base.ts';
import { run, servicesIn, temporaryDirectory } from './helpers/run.ts';

const LAMP = '# Lamp\n\nThe Argand lamp is an oil lamp. The Argand lamp has a wick.\n';
const NOTES = '# Notes\n\nThe first version of the notes of a person.\n';
const MORE = `${NOTES}\nA second thought.\n`;

async function started(files: Record<string, string>): Promise<string> {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', 'kb']);
  write(dir, files);
  return dir;
}

/** A compiler before which something happens once. */
function before(disturb: () => void) {
  const compiler = extractiveCompiler();
  let done = false;
  const compile: typeof compiler.compile = (...args) => {
    if (!done) disturb();
    done = true;
    return compiler.compile(...args);
  };
  return { compiler: () => Promise.resolve({ ...compiler, compile }) };
}

const registryOf = (dir: string) =>
  JSON.parse(read(dir, 'kb/.openkb/hashes.json')) as Record<string, Record<string, unknown>>;

for (const name of ['notes.md', 'My Notes.md'])
  test(`"${name}" that is saved in raw/ after it was read is not replaced by what was read`, async () => {
    const dir = await started({ 'kb/raw/lamp.md': LAMP, [`kb/raw/${name}`]: NOTES });
    const path = join(dir, 'kb/raw', name);
    const added = ['add', '--kb', 'kb', '--jobs', '2', 'kb/raw/lamp.md', `kb/raw/${name}`];
    const services = before(() => writeFileSync(path, MORE));
    const { code, err } = await run(dir, added, { services });
    expect(code).toBe(3);
    expect(err).toContain(`"raw/${name}" was changed while it was read`);
    expect(readFileSync(path, 'utf8')).toBe(MORE);
    expect((await run(dir, added)).code).toBe(0);
    expect(read(dir, `kb/wiki/sources/${name.replace(' ', '-')}`)).toContain('A second thought.');
  });

test('one that is saved while it is compiled fails the document and stays', async () => {
  const dir = await started({ 'kb/raw/notes.md': NOTES });
  const services = before(() => writeFileSync(join(dir, 'kb/raw/notes.md'), MORE));
  const { code, err } = await run(dir, ['add', '--kb', 'kb', 'kb/raw/notes.md'], { services });
  expect(code).toBe(1);
  expect(err).toContain('"raw/notes.md" was changed while it was read');
  expect(read(dir, 'kb/raw/notes.md')).toBe(MORE);
  expect(existsSync(join(dir, 'kb/wiki/sources/notes.md'))).toBe(false);
});

test('an original that was edited since it was added stays when its document goes, and is named', async () => {
  const dir = await started({ 'kb/raw/notes.md': NOTES });
  await run(dir, ['add', '--kb', 'kb', 'kb/raw/notes.md']);
  write(dir, { 'kb/raw/notes.md': MORE });
  const { code, out } = await run(dir, ['remove', '--kb', 'kb', '--yes', 'notes']);
  expect(code).toBe(0);
  expect(out).toContain('"raw/notes.md" is not what was added any more, and stays');
  expect(read(dir, 'kb/raw/notes.md')).toBe(MORE);
  expect(registryOf(dir)).toEqual({});
});

test("another document's original stays, whatever the registry says", async () => {
  const dir = await started({ 'lamp.md': LAMP });
  await run(dir, ['add', '--kb', 'kb', 'lamp.md']);
  const entry = { name: 'x.md', doc_name: 'x', type: 'md', raw_path: 'raw/lamp.md' };
  const registry = { ...registryOf(dir), ['0'.repeat(64)]: entry };
  write(dir, { 'kb/.openkb/hashes.json': JSON.stringify(registry) });
  expect((await run(dir, ['remove', '--kb', 'kb', '--yes', 'x'])).code).toBe(0);
  expect(read(dir, 'kb/raw/lamp.md')).toBe(LAMP);
});

test('a file that would go and is edited while a person is asked is asked for again', async () => {
  const dir = await started({ 'lamp.md': LAMP });
  await run(dir, ['add', '--kb', 'kb', 'lamp.md']);
  const edit = () => write(dir, { 'kb/wiki/sources/lamp.md': `${LAMP}\nMine.\n` });
  const questions: string[] = [];
  await main(['remove', '--kb', 'kb', 'lamp'], {
    io: {
      out: () => {},
      err: () => {},
      ask: (question) => {
        questions.push(question);
        if (questions.length === 1) edit();
        return Promise.resolve(questions.length === 1 ? 'y' : 'n');
      },
    },
    services: servicesIn(dir),
  });
  expect(questions).toHaveLength(2);
  expect(read(dir, 'kb/wiki/sources/lamp.md')).toContain('Mine.');
});
