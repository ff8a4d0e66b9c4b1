import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';

import { run, temporaryDirectory } from './helpers/run.ts';

const fresh = () => temporaryDirectory(onTestFinished);

test('init makes the layout that the format names', async () => {
  const dir = fresh();
  const { code, out, err } = await run(dir, ['init', 'kb']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(`Made a knowledge base in "${dir}/kb".`);
  expect(out).toContain('Model: extractive (no key and no local model was found)');
  expect(readdirSync(join(dir, 'kb'))).toEqual(['.openkb', 'output', 'raw', 'wiki']);
  expect(readdirSync(join(dir, 'kb/wiki'))).toEqual(
    'AGENTS.md concepts entities explorations index.md log.md reports sources summaries'.split(' '),
  );
  expect(readFileSync(join(dir, 'kb/.openkb/hashes.json'), 'utf8')).toBe('{}');
  expect(parse(readFileSync(join(dir, 'kb/.openkb/config.yaml'), 'utf8'))).toEqual({
    model: 'extractive',
    language: 'en',
    pageindex_threshold: 20,
    entity_types: ['person', 'organization', 'place', 'product', 'work', 'event', 'other'],
    concurrency: 5,
  });
});

const detectModel = () => Promise.resolve({ model: 'openai/gpt-x', from: 'OPENAI_API_KEY' });

test('init names the model that was found, and that documents are sent to it', async () => {
  const dir = fresh();
  const { out } = await run(dir, ['init'], { services: { detectModel } });
  expect(out).toContain('Model: openai/gpt-x (found by OPENAI_API_KEY)');
  expect(out).toContain('Documents are sent to openai/gpt-x to be compiled');
});

test('init takes model and language as they are named', async () => {
  const dir = fresh();
  const args = ['init', '--model', 'anthropic/claude-x', '--language', 'de-ch', '--json'];
  const { out } = await run(dir, args);
  expect(JSON.parse(out)).toEqual({
    schema: 'openkb/1',
    type: 'init',
    root: dir,
    model: 'anthropic/claude-x',
    language: 'de-CH',
  });
  expect(readFileSync(join(dir, 'wiki/AGENTS.md'), 'utf8')).toContain('in this language: de-CH');
});

test('init refuses a knowledge base that is there, and leaves it as it is', async () => {
  const dir = fresh();
  await run(dir, ['init']);
  writeFileSync(join(dir, 'wiki/AGENTS.md'), 'mine');
  expect(await run(dir, ['init'])).toEqual({
    code: 1,
    out: '',
    err: `openkb: "${dir}" is a knowledge base already\nAdd documents with 'openkb add'.`,
  });
  expect(readFileSync(join(dir, 'wiki/AGENTS.md'), 'utf8')).toBe('mine');
});

test('init refuses a directory that has a wiki of another kind, or a file for raw', async () => {
  const dir = fresh();
  mkdirSync(join(dir, 'a/wiki'), { recursive: true });
  mkdirSync(join(dir, 'b'));
  writeFileSync(join(dir, 'b/raw'), 'mine');
  for (const [name, of] of [
    ['a', 'wiki'],
    ['b', 'raw'],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one command after the other
    const { code, err } = await run(dir, ['init', name]);
    expect(code).toBe(1);
    expect(err).toContain(`in "${join(dir, name)}": it has a "${of}" of its own`);
    expect(readdirSync(join(dir, name))).toEqual([of]);
  }
});

test('init takes documents that wait in raw/, and says how to add them', async () => {
  const dir = fresh();
  mkdirSync(join(dir, 'raw'));
  writeFileSync(join(dir, 'raw/paper.md'), '# Fog\n\nFog is a cloud at the ground.\n');
  const { code, out } = await run(dir, ['init']);
  expect(code).toBe(0);
  expect(out).toContain('already; to add it: openkb add raw');
  expect((await run(dir, ['add', 'raw'])).out).toContain('added 1,');
  expect(readdirSync(join(dir, 'raw'))).toEqual(['paper.md']);
});

test('init makes the knowledge base that --kb names, and none beside it', async () => {
  const dir = fresh();
  const { code, out } = await run(dir, ['init', '--kb', 'notes']);
  expect(code).toBe(0);
  expect(out).toContain('openkb add --kb notes');
  expect(existsSync(join(dir, 'notes/.openkb/config.yaml'))).toBe(true);
  expect(existsSync(join(dir, '.openkb'))).toBe(false);
  expect((await run(dir, ['init', 'more/', '--kb', './more'])).code).toBe(0);
  const both = await run(dir, ['init', 'a', '--kb', 'b']);
  expect(both.code).toBe(2);
  expect(both.err).toContain('give either the directory "a" or --kb "b"');
});

test('init refuses a file in place of the directory', async () => {
  const dir = fresh();
  writeFileSync(join(dir, 'kb'), '');
  const { code, err } = await run(dir, ['init', 'kb']);
  expect(code).toBe(1);
  expect(err).toContain('it is no directory');
});

test('init leaves other files of the directory alone', async () => {
  const dir = fresh();
  writeFileSync(join(dir, 'paper.md'), 'mine');
  expect((await run(dir, ['init'])).code).toBe(0);
  expect(readFileSync(join(dir, 'paper.md'), 'utf8')).toBe('mine');
});

test('an init that was cut off is told, and finished by the next init', async () => {
  const dir = fresh();
  mkdirSync(join(dir, '.openkb'));
  const { code, err } = await run(dir, ['list']);
  expect(code).toBe(10);
  expect(err).toContain(`Finish it with 'openkb init ${dir}'.`);
  expect((await run(dir, ['recover'])).code).toBe(0);
  expect((await run(dir, ['init'])).code).toBe(0);
  expect((await run(dir, ['list'])).code).toBe(0);
});
