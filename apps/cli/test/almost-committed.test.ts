/** A document that another process is about to commit is not there before it is: it may be rolled back. */
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

import { extractiveCompiler } from '@openkb/wiki-compiler';
import { expect, onTestFinished, test } from 'vitest';

import { faults, read, write } from './helpers/knowledge-base.ts';
import { run, servicesIn, temporaryDirectory } from './helpers/run.ts';

const LAMP =
  '# Lamp\n\nThe Argand lamp is an oil lamp. The Argand lamp has a wick. An Argand lamp.\n';

/** A knowledge base with a document, whose commit can be turned back into one that was cut off just before its end. */
async function started() {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'lamp.md': LAMP });
  await run(dir, ['init', 'kb']);
  const add = (services = {}) => run(dir, ['add', '--kb', 'kb', 'lamp.md'], { services });
  const cut = () => {
    const state = join(dir, 'kb/.openkb');
    const id = readdirSync(join(state, 'history')).toSorted().at(-1) ?? '';
    renameSync(join(state, 'history', id), join(state, 'journal', id));
    renameSync(join(state, 'journal', id, 'committed'), join(state, 'journal', id, 'active'));
  };
  return { dir, add, cut };
}

const ADDED = {
  code: 0,
  err: expect.stringContaining('an interrupted add of "lamp.md" was rolled back') as string,
  out: expect.stringContaining('added    lamp.md') as string,
};

const registry = (dir: string) => read(dir, 'kb/.openkb/hashes.json');

test('S08 a document seen in the registry while its commit is unfinished is added after that was rolled back', async () => {
  const { dir, add, cut } = await started();
  await add();
  const { sources } = servicesIn(dir);
  let done = false;
  const chunks: typeof sources.chunks = (path) => {
    if (!done) cut();
    done = true;
    return sources.chunks(path);
  };
  expect(await add({ sources: { ...sources, chunks } })).toMatchObject(ADDED);
  expect(registry(dir)).toContain('"doc_name": "lamp"');
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('and so is one that is seen there when it is committed', async () => {
  const { dir, add, cut } = await started();
  const compiler = extractiveCompiler();
  let done = false;
  const compile: typeof compiler.compile = async (...args) => {
    const compilation = await compiler.compile(...args);
    if (!done) {
      done = true;
      await add();
      cut();
    }
    return compilation;
  };
  const services = { compiler: () => Promise.resolve({ ...compiler, compile }) };
  expect(await add(services)).toMatchObject(ADDED);
  expect(registry(dir)).toContain('"doc_name": "lamp"');
  expect(faults(join(dir, 'kb'))).toEqual([]);
});
