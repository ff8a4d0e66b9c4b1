/** What two processes, or a process and a person, do to the same document or the same settings at once. */
/* oxlint-disable no-await-in-loop, vitest/no-conditional-expect -- rounds run one after the other, and each ends in its own way */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { extractiveCompiler } from '@openkb/wiki-compiler';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';

import { main } from '../src/main.ts';
import { spawnCli } from './helpers/child.ts';
import { faults, read, write } from './helpers/knowledge-base.ts';
import { run, servicesIn, temporaryDirectory } from './helpers/run.ts';

const LAMP =
  '# Lamp\n\nThe Argand lamp is an oil lamp. The Argand lamp has a wick. The Argand lamp is old.\n';
const NEWER = LAMP.replace('is old', 'was new');
const LENS =
  '# Lens\n\nThe Argand lamp stood in the Fresnel lens. The Fresnel lens is of rings. A Fresnel lens.\n';

async function started(...sources: string[]): Promise<string> {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'lamp.md': LAMP, 'lens.md': LENS, 'copy/lamp too.md': LAMP });
  await run(dir, ['init', 'kb']);
  for (const source of sources)
    expect((await run(dir, ['add', '--kb', 'kb', source])).code).toBe(0);
  return dir;
}

const names = (dir: string) =>
  Object.values(
    JSON.parse(read(dir, 'kb/.openkb/hashes.json')) as Record<string, { doc_name: string }>,
  ).map(({ doc_name: name }) => name);

/** Real processes, all begun before one has ended. */
async function atOnce(dir: string, ...commands: (readonly string[])[]) {
  const environment = { HOME: join(dir, 'home') };
  const children = commands.map((args) => spawnCli(dir, args, undefined, environment));
  return Promise.all(children.map(({ ended }) => ended));
}

/** The compiler before which something happens once. */
function before(disturb: () => Promise<unknown>) {
  const compiler = extractiveCompiler();
  let done = false;
  const compile: typeof compiler.compile = async (...args) => {
    if (!done) {
      done = true;
      await disturb();
    }
    return compiler.compile(...args);
  };
  return { compiler: () => Promise.resolve({ ...compiler, compile }) };
}

test('L03 R12 real processes that choose knowledge bases and change settings at once lose nothing of each other', async () => {
  const dir = await started();
  const chosen = ['one', 'two', 'three', 'four'];
  for (const name of chosen) await run(dir, ['init', name]);
  const settings = { language: 'de', keep: '7', concurrency: '3', pageindex_threshold: '30' };
  const ends = await atOnce(
    dir,
    ...chosen.map((name) => ['use', name]),
    ...Object.entries(settings).map(([name, value]) => ['config', 'set', '--global', name, value]),
  );
  expect(ends.map(({ code, err }) => [code, err])).toEqual(ends.map(() => [0, '']));
  const file = parse(read(dir, 'home/.config/openkb/global.yaml')) as Record<string, unknown>;
  expect(file).toMatchObject({ language: 'de', keep: 7, concurrency: 3, pageindex_threshold: 30 });
  const all = chosen.map((name) => join(dir, name));
  expect((file['known_kbs'] as string[]).toSorted()).toEqual(all.toSorted());
  expect(all).toContain(file['default_kb']);
});

test('the same document from two processes is there once, and both have done their work', async () => {
  const dir = await started();
  for (let round = 0; round < 2; round += 1) {
    const ends = await atOnce(
      dir,
      ['add', '--kb', 'kb', 'lamp.md'],
      ['add', '--kb', 'kb', 'copy/lamp too.md'],
    );
    expect(ends.map(({ code, err }) => (code === 0 ? 0 : err))).toEqual([0, 0]);
    expect(
      ends.map(({ out }) => Number(/added (\d)/.exec(out)?.[1])).toSorted((a, b) => a - b),
    ).toEqual([0, 1]);
    expect(names(dir)).toHaveLength(1);
    expect(faults(join(dir, 'kb'))).toEqual([]);
    const [name = ''] = names(dir);
    expect((await run(dir, ['remove', '--kb', 'kb', '--yes', name])).code).toBe(0);
  }
});

test('a removal and an add of one document at once end with all of it or nothing of it', async () => {
  const dir = await started('lens.md');
  for (let round = 0; round < 3; round += 1) {
    write(dir, { 'lamp.md': LAMP });
    await run(dir, ['add', '--kb', 'kb', 'lamp.md']);
    write(dir, { 'lamp.md': NEWER });
    const [removal, add] = await atOnce(
      dir,
      ['remove', '--kb', 'kb', '--yes', 'lamp'],
      ['add', '--kb', 'kb', 'lamp.md'],
    );
    expect(add?.err).not.toContain('unexpected');
    expect(add?.code).toBe(0);
    // the one that comes second finds a document that is another one by now, or none
    expect([0, 1]).toContain(removal?.code);
    if (removal?.code === 1) expect(removal.err).toMatch(/"lamp" (?:was removed|has changed)/);
    const isThere = names(dir).includes('lamp');
    expect(existsSync(join(dir, 'kb/wiki/summaries/lamp.md'))).toBe(isThere);
    expect(faults(join(dir, 'kb'))).toEqual([]);
    if (isThere) await run(dir, ['remove', '--kb', 'kb', '--yes', 'lamp']);
  }
});

test('two removals of one document: one has removed it, the other says so', async () => {
  const dir = await started('lamp.md', 'lens.md');
  const ends = await atOnce(
    dir,
    ['remove', '--kb', 'kb', '--yes', 'lamp'],
    ['remove', '--kb', 'kb', '--yes', 'lamp'],
  );
  expect(ends.map(({ code }) => Number(code)).toSorted((a, b) => a - b)).toEqual([0, 1]);
  expect(ends.map(({ err }) => err).join()).toMatch(
    /removed by another command|no document "lamp"/,
  );
  expect(names(dir)).toEqual(['lens']);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('a document that is removed while its new content is compiled is added as a new one', async () => {
  const dir = await started('lamp.md', 'lens.md');
  write(dir, { 'lamp.md': NEWER });
  const services = before(() => run(dir, ['remove', '--kb', 'kb', '--yes', 'lamp']));
  const { code } = await run(dir, ['add', '--kb', 'kb', 'lamp.md'], { services });
  expect(code).toBe(0);
  expect(names(dir)).toEqual(['lens', 'lamp']);
  expect(read(dir, 'kb/raw/lamp.md')).toBe(NEWER);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('a document that is removed while it is compiled again stays removed, and that is said', async () => {
  const dir = await started('lamp.md', 'lens.md');
  const services = before(() => run(dir, ['remove', '--kb', 'kb', '--yes', 'lamp']));
  const { code, err } = await run(dir, ['recompile', '--kb', 'kb', '--yes', 'lamp'], { services });
  expect(code).toBe(1);
  expect(err).toContain('"lamp" was removed by another command');
  expect(names(dir)).toEqual(['lens']);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('a document that is removed before its turn to be compiled again is told as removed', async () => {
  const dir = await started('lamp.md', 'lens.md');
  const services = before(() => run(dir, ['remove', '--kb', 'kb', '--yes', 'lens']));
  const { code, err } = await run(dir, ['recompile', '--kb', 'kb', '--yes', '--all'], { services });
  expect(code).toBe(3);
  expect(err).toContain('"lens" was removed by another command');
  expect(names(dir)).toEqual(['lamp']);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

/** A removal whose question is answered with yes, after something has happened. */
async function askedAndThen(dir: string, happens: () => Promise<unknown>) {
  const err: string[] = [];
  let questions = 0;
  const code = await main(['remove', '--kb', 'kb', 'lamp'], {
    io: {
      out: () => {},
      err: (line) => err.push(line),
      ask: async () => {
        questions += 1;
        if (questions === 1) await happens();
        return 'yes';
      },
    },
    services: servicesIn(dir),
  });
  return { code, err: err.join('\n'), questions };
}

test('L12 while a person is asked, other processes add: no lock is held', async () => {
  const dir = await started('lamp.md');
  const { code } = await askedAndThen(dir, async () => {
    const [add] = await atOnce(dir, ['add', '--kb', 'kb', '--wait', '1', 'lens.md']);
    expect(add?.code).toBe(0);
  });
  expect(code).toBe(0);
  expect(names(dir)).toEqual(['lens']);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('L12 a document whose content changes while a person is asked whether to remove it stays, and that is said', async () => {
  const dir = await started('lamp.md', 'lens.md');
  write(dir, { 'lamp.md': NEWER });
  const { code, err } = await askedAndThen(dir, () => run(dir, ['add', '--kb', 'kb', 'lamp.md']));
  expect(code).toBe(1);
  expect(err).toContain('"lamp" has changed meanwhile: another command has added it again');
  expect(readFileSync(join(dir, 'kb/raw/lamp.md'), 'utf8')).toBe(NEWER);
  expect(names(dir)).toEqual(['lamp', 'lens']);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});
