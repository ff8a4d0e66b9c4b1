/** What others do while a document is added: hold the lock, edit pages, add the same or the like. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { LockProvider } from '@openkb/journal';
import { extractiveCompiler, type Compiler } from '@openkb/wiki-compiler';
import { expect, onTestFinished, test } from 'vitest';

import { realServices } from '../src/compose.ts';
import { knowledgeBaseAt } from '../src/knowledge-base/open.ts';
import type { Services } from '../src/services.ts';
import { faults, read, tree, write } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

/** The command that takes the lock which the Python program takes. */
const FLOCK = 'flock';

const LAMP =
  '# Lamp\n\nThe Argand lamp is an oil lamp. The Argand lamp has a wick. The Argand lamp is old.\n';
const LENS =
  '# Lens\n\nThe Argand lamp stood in the lens. The Argand lamp was bright. An Argand lamp.\n';

async function started(): Promise<string> {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'lamp.md': LAMP, 'lens.md': LENS });
  await run(dir, ['init', 'kb']);
  return dir;
}

const add = (dir: string, args: string[], services = {}) =>
  run(dir, ['add', '--kb', 'kb', ...args], { services });

/** The real compiler, after which something happens behind its back. */
function disturbed(disturb: (time: number) => unknown): { compiler: () => Promise<Compiler> } {
  const compiler = extractiveCompiler();
  let times = 0;
  const compile: Compiler['compile'] = async (...args) => {
    const compilation = await compiler.compile(...args);
    await disturb((times += 1));
    return compilation;
  };
  return { compiler: () => Promise.resolve({ ...compiler, compile }) };
}

test('a page that a person saves during the compile is compiled again from the new text', async () => {
  const dir = await started();
  await add(dir, ['lamp.md']);
  const page = 'kb/wiki/concepts/argand-lamp.md';
  const services = disturbed((time) => {
    if (time === 1) appendFileSync(join(dir, page), '\n## Mine\n\nDo not lose this.\n');
  });
  const { code } = await add(dir, ['lens.md'], services);
  expect(code).toBe(0);
  expect(read(dir, page)).toContain('Do not lose this.');
  expect(read(dir, page)).toContain('summaries/lens');
});

test('a page that never comes to rest fails the document with the reason, and nothing is written', async () => {
  const dir = await started();
  await add(dir, ['lamp.md']);
  let edits = 0;
  const services = disturbed((time) => {
    edits = time;
    appendFileSync(join(dir, 'kb/wiki/concepts/argand-lamp.md'), `edit ${time}\n`);
  });
  const { code, err } = await add(dir, ['lens.md'], services);
  expect(code).toBe(1);
  expect(edits).toBe(5);
  expect(err).toContain('cannot add "lens.md": its pages were changed by others 5 times');
  expect(existsSync(join(dir, 'kb/raw/lens.md'))).toBe(false);
  expect(read(dir, 'kb/wiki/concepts/argand-lamp.md')).toContain('edit 5\n');
});

test('a page that another process makes during the compile is not overwritten', async () => {
  const dir = await started();
  const other = LENS.replace('# Lens', '# Another lens');
  write(dir, { 'another.md': other });
  const services = disturbed((time) => (time === 1 ? add(dir, ['another.md']) : undefined));
  expect((await add(dir, ['lamp.md'], services)).code).toBe(0);
  const page = read(dir, 'kb/wiki/concepts/argand-lamp.md');
  expect(page).toContain('summaries/another');
  expect(page).toContain('summaries/lamp');
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('the same source added by another process meanwhile is skipped at the commit', async () => {
  const dir = await started();
  const services = disturbed(() => add(dir, ['lamp.md']));
  const { code, out } = await add(dir, ['lamp.md'], services);
  expect(code).toBe(0);
  expect(out).toContain('skipped  lamp.md: the same content is there already as "lamp"');
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('a name taken by another process meanwhile is decided again', async () => {
  const dir = await started();
  write(dir, { 'other/lamp.md': LENS });
  const services = disturbed((time) => (time === 1 ? add(dir, ['other/lamp.md']) : undefined));
  expect((await add(dir, ['lamp.md'], services)).code).toBe(0);
  const entries = Object.values(
    JSON.parse(read(dir, 'kb/.openkb/hashes.json')) as Record<string, { doc_name: string }>,
  );
  expect(entries.map(({ doc_name: name }) => name)).toEqual([
    'lamp',
    expect.stringMatching(/^lamp-[0-9a-f]{8}$/),
  ]);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

/** What happens between the layout of the books and each of our locks; times count from 1. */
function beforeLock(disturb: (time: number) => unknown): Pick<Services, 'locks'> {
  const locks = realServices().locks();
  let times = 0;
  const tryLock: LockProvider['tryLock'] = (path, mode) => {
    if (mode === 'exclusive' && path.endsWith('ingest.lock')) disturb((times += 1));
    return locks.tryLock(path, mode);
  };
  return { locks: () => ({ ...locks, tryLock }) };
}

test('a line written into the index just before the commit stays, and so does the entry', async () => {
  const dir = await started();
  const index = join(dir, 'kb/wiki/index.md');
  const services = beforeLock(
    (time) => time === 1 && appendFileSync(index, '\n## Mine\n\nStay.\n'),
  );
  expect((await add(dir, ['lamp.md'], services)).code).toBe(0);
  expect(readFileSync(index, 'utf8')).toMatch(/\[\[summaries\/lamp\]\][^]*## Mine\n\nStay\./);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('a source registered by another process just before the commit is skipped', async () => {
  const dir = await started();
  const sha256 = createHash('sha256').update(LAMP).digest('hex');
  const registry = JSON.stringify({ [sha256]: { name: 'lamp.md', doc_name: 'the-lamp' } });
  const file = join(dir, 'kb/.openkb/hashes.json');
  const services = beforeLock((time) => time === 1 && writeFileSync(file, registry));
  const { code, out } = await add(dir, ['lamp.md'], services);
  expect(code).toBe(0);
  expect(out).toContain('skipped  lamp.md: the same content is there already as "the-lamp"');
  expect(readFileSync(file, 'utf8')).toBe(registry);
  expect(existsSync(join(dir, 'kb/raw/lamp.md'))).toBe(false);
});

test('books that never come to rest fail the document with the reason, and nothing is written', async () => {
  const dir = await started();
  const index = join(dir, 'kb/wiki/index.md');
  const services = beforeLock((time) => appendFileSync(index, `line ${time}\n`));
  const { code, err } = await add(dir, ['lamp.md'], services);
  expect(code).toBe(1);
  expect(err).toContain('cannot add "lamp.md": its pages were changed by others 5 times');
  expect(existsSync(join(dir, 'kb/raw/lamp.md'))).toBe(false);
  expect(readFileSync(index, 'utf8')).toContain('line 25\n');
});

test('a source that changes after it was read: what is registered is what is stored and compiled', async () => {
  const dir = await started();
  const services = disturbed(() => writeFileSync(join(dir, 'lamp.md'), 'something else entirely'));
  expect((await add(dir, ['lamp.md'], services)).code).toBe(0);
  expect(read(dir, 'kb/raw/lamp.md')).toBe(LAMP);
  expect(read(dir, 'kb/wiki/sources/lamp.md')).toContain('oil lamp');
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('a lock held by somebody else is waited for, its holder named, and given up in time (exit 11)', async () => {
  const dir = await started();
  const kb = knowledgeBaseAt(realServices(), join(dir, 'kb'), 'openkb watch');
  const session = await kb.journal.acquire('exclusive');
  const before = tree(join(dir, 'kb'));
  try {
    const { code, err } = await add(dir, ['--wait', '0.1', 'lamp.md', 'lens.md']);
    expect(code).toBe(11);
    expect(err).toMatch(/waiting for "openkb watch" \(process \d+, since 2/);
    expect(err).toMatch(
      /cannot add "lamp\.md": ".*" is locked by process \d+ \(openkb watch, since/,
    );
    expect(err).toContain('--wait SECONDS');
    expect(err).not.toContain('compiling lens.md');
    const reader = await run(dir, ['list', '--kb', 'kb', '--wait', '0']);
    expect(reader.code).toBe(11);
  } finally {
    session.release();
  }
  expect(Object.keys(tree(join(dir, 'kb')))).toEqual(
    [...Object.keys(before), '.openkb/staging/'].toSorted(),
  );
  expect((await add(dir, ['lamp.md'])).code).toBe(0);
});

test('the lock is free while a document is compiled', async () => {
  const dir = await started();
  let code: number | undefined;
  const services = disturbed(async (time) => {
    if (time === 1) ({ code } = await run(dir, ['add', '--kb', 'kb', '--wait', '0', 'lens.md']));
  });
  expect((await add(dir, ['lamp.md'], services)).code).toBe(0);
  expect(code).toBe(0);
});

test.skipIf(spawnSync(FLOCK, ['--version']).status !== 0)(
  'flock(1) on the lock file excludes us, as the Python program does (needs the flock command)',
  async () => {
    const dir = await started();
    const file = join(dir, 'kb/.openkb/ingest.lock');
    const { code } = await add(dir, ['lamp.md']);
    expect(code).toBe(0);
    const kb = knowledgeBaseAt(realServices(), join(dir, 'kb'), 'test');
    const session = await kb.journal.acquire('exclusive');
    expect(spawnSync(FLOCK, ['--nonblock', file, 'true']).status).toBe(1);
    session.release();
    expect(spawnSync(FLOCK, ['--nonblock', file, 'true']).status).toBe(0);
  },
);
