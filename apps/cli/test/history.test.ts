/** `history`, `diff` and `undo`: what commands changed is shown and can be brought back. */
import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { changedPaths, faults, read, tree, write } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

const LAMP =
  '# Lamp\n\nThe Argand lamp is an oil lamp. The Argand lamp has a wick. The Argand lamp is old.\n';
const LENS =
  '# Lens\n\nThe Argand lamp stood in the lens. The Argand lamp was bright. An Argand lamp.\n';
const BELL =
  '# Bell\n\nThe fog bell is a bell. The fog bell rings in fog. A fog bell is loud. The fog bell.\n';

async function started(...sources: string[]): Promise<string> {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'lamp.md': LAMP, 'lens.md': LENS, 'bell.md': BELL });
  await run(dir, ['init', 'kb']);
  for (const source of sources) {
    // oxlint-disable-next-line no-await-in-loop -- in this order
    expect((await run(dir, ['add', '--kb', 'kb', source])).code).toBe(0);
  }
  return dir;
}

const openkb = (dir: string, ...args: string[]) => run(dir, [...args, '--kb', 'kb']);

interface Kept {
  kept: { id: string; operation: string; subject?: string; changes: { path: string }[] }[];
}

const kept = async (dir: string) =>
  (JSON.parse((await openkb(dir, 'history', '--json')).out) as Kept).kept;

test('the history names commands, newest first, with what they changed', async () => {
  const dir = await started('lamp.md', 'bell.md');
  const { out } = await openkb(dir, 'history');
  expect(out.split('\n')).toEqual([
    expect.stringMatching(/^ +3 {2}\d{4}-.* {2}add of "bell\.md" {2}\(\+\d+ ~3 -0\)$/),
    expect.stringMatching(/^ +2 {2}\d{4}-.* {2}add of "lamp\.md" {2}\(\+\d+ ~\d -0\)$/),
    expect.stringMatching(/^ +1 {2}\d{4}-.* {2}init {2}/),
  ]);
  const all = await openkb(dir, 'history', '-v', '--top', '1');
  expect(all.out).toContain('created  wiki/summaries/bell.md');
  expect(all.out).not.toContain('lamp');
});

test('a diff shows the lines of a change, and only the paths that are asked for', async () => {
  const dir = await started('lamp.md', 'bell.md');
  const { out } = await openkb(
    dir,
    'diff',
    '2',
    '--path',
    'wiki/index.md',
    '--path',
    './wiki/summaries/',
  );
  expect(out).toContain('--- /dev/null\n+++ b/wiki/summaries/lamp.md\n@@ -0,0 +1,');
  expect(out).toContain('--- a/wiki/index.md\n+++ b/wiki/index.md\n');
  expect(out).toMatch(/^\+- \[\[summaries\/lamp\]\]/m);
  expect(out).not.toContain('hashes.json');
  const last = await openkb(dir, 'diff');
  expect(last.out).toContain('+++ b/wiki/summaries/bell.md');
});

test('an undo of the last command leaves all as it was, its log excepted', async () => {
  const dir = await started('lamp.md');
  const before = tree(join(dir, 'kb'));
  await openkb(dir, 'add', 'lens.md');
  const { code, out } = await openkb(dir, 'undo', '--yes');
  expect(code).toBe(0);
  expect(out).toMatch(/^undone {2}add of "lens\.md": \d+ files changed$/);
  expect(changedPaths(before, tree(join(dir, 'kb')))).toEqual(['wiki/log.md']);
  expect(read(dir, 'kb/wiki/log.md')).toMatch(/\] undo \| add of "lens\.md"\n$/);
  expect((await openkb(dir, 'history')).out).toContain('undo of add of "lens.md"');
});

test('an undo is undone by the next one', async () => {
  const dir = await started('lamp.md', 'lens.md');
  const before = tree(join(dir, 'kb'));
  await openkb(dir, 'undo', '--yes');
  expect((await openkb(dir, 'undo', '--yes')).code).toBe(0);
  expect(changedPaths(before, tree(join(dir, 'kb')))).toEqual(['wiki/log.md']);
});

test('a document that was removed comes back, its original included', async () => {
  const dir = await started('lamp.md');
  const before = tree(join(dir, 'kb'));
  await openkb(dir, 'remove', '--yes', 'lamp');
  expect((await openkb(dir, 'undo', '--yes')).code).toBe(0);
  expect(changedPaths(before, tree(join(dir, 'kb')))).toEqual(['wiki/log.md']);
});

test('an older change is undone where later ones touched other pages: the books keep those', async () => {
  const dir = await started('lamp.md', 'bell.md');
  expect(await openkb(dir, 'undo', '2', '--yes')).toMatchObject({ code: 0 });
  expect(read(dir, 'kb/wiki/index.md')).toContain('[[summaries/bell]]');
  expect(read(dir, 'kb/wiki/index.md')).not.toContain('lamp');
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('an undo refuses and names the pages that a later command changed', async () => {
  const dir = await started('lamp.md', 'lens.md');
  const before = tree(join(dir, 'kb'));
  const { code, err } = await openkb(dir, 'undo', '2', '--yes');
  expect(code).toBe(1);
  expect(err).toContain('cannot undo the add of "lamp.md": changed since: ');
  expect(err).toContain('"wiki/concepts/argand-lamp.md"');
  expect(err).not.toContain('index.md');
  expect(tree(join(dir, 'kb'))).toEqual(before);
});

test('an undo refuses and names a page that a person has edited since', async () => {
  const dir = await started('lamp.md');
  appendFileSync(join(dir, 'kb/wiki/summaries/lamp.md'), '\nMine.\n');
  const { code, err } = await openkb(dir, 'undo', '--yes');
  expect(code).toBe(1);
  expect(err).toContain('changed since: "wiki/summaries/lamp.md"');
  expect(read(dir, 'kb/wiki/summaries/lamp.md')).toContain('\nMine.\n');
});

test('what a person wrote into the index stays at an undo', async () => {
  const dir = await started('lamp.md');
  appendFileSync(join(dir, 'kb/wiki/index.md'), '\n## Mine\n\nStay.\n');
  expect((await openkb(dir, 'undo', '--yes')).code).toBe(0);
  const index = read(dir, 'kb/wiki/index.md');
  expect(index).toContain('## Mine\n\nStay.');
  expect(index).not.toContain('lamp');
});

test('the making of a knowledge base is not undone, and an unknown number says so', async () => {
  const dir = await started();
  expect((await openkb(dir, 'undo', '--yes')).err).toContain(
    'the making of a knowledge base cannot be undone',
  );
  expect((await openkb(dir, 'undo', '99', '--yes')).err).toContain(
    'nothing is kept of a change "99"',
  );
});

test('so many changes are kept as the settings say', async () => {
  const dir = await started();
  const config = join(dir, 'kb/.openkb/config.yaml');
  writeFileSync(config, `${read(dir, 'kb/.openkb/config.yaml')}keep: 2\n`);
  for (const source of ['lamp.md', 'lens.md', 'bell.md']) {
    // oxlint-disable-next-line no-await-in-loop -- in this order
    await openkb(dir, 'add', source);
  }
  expect((await kept(dir)).map(({ subject }) => subject)).toEqual(['bell.md', 'lens.md']);
});

const REGISTRY = '.openkb/hashes.json';

test.each([
  ['damaged', '{"a": {'],
  ['lost', undefined],
])(
  'an undo of a registry that was made again brings the %s one back, byte for byte',
  async (_name, text) => {
    const dir = await started('lamp.md');
    const kb = join(dir, 'kb');
    if (text === undefined) rmSync(join(kb, REGISTRY));
    else write(kb, { [REGISTRY]: text });
    const before = tree(kb);
    await openkb(dir, 'doctor', '--rebuild-registry', '--yes');
    const rebuilt = read(kb, REGISTRY);
    const { code } = await openkb(dir, 'undo', '--yes');
    expect(code).toBe(0);
    expect(changedPaths(before, tree(kb))).toEqual(['wiki/log.md']);
    const again = await openkb(dir, 'undo', '--yes');
    expect(again.code).toBe(0);
    expect(read(kb, REGISTRY)).toBe(rebuilt);
  },
);

test('an undo of a registry that was made again refuses where it has changed since, and says so', async () => {
  const dir = await started('lamp.md');
  write(dir, { [`kb/${REGISTRY}`]: '{"a": {' });
  await openkb(dir, 'doctor', '--rebuild-registry', '--yes');
  const [rebuild] = await kept(dir);
  await openkb(dir, 'add', 'bell.md');
  const before = tree(join(dir, 'kb'));
  const { code, err } = await openkb(dir, 'undo', '--yes', rebuild!.id);
  expect(code).toBe(1);
  expect(err).toContain(`changed since: "${REGISTRY}"`);
  expect(tree(join(dir, 'kb'))).toEqual(before);
});

test('an undo takes the directories that the command made, and no others', async () => {
  const dir = await started('lamp.md');
  const kb = join(dir, 'kb');
  const before = tree(kb);
  const picture = '![p](data:image/gif;base64,R0lGODlhAQABAAAAACw=)';
  write(dir, { 'bell.md': `${BELL}\n${picture}\n`, 'horn.md': `# Horn\n\n${BELL}\n${picture}\n` });
  await openkb(dir, 'add', 'bell.md');
  expect(existsSync(join(kb, 'wiki/sources/images/bell'))).toBe(true);
  await openkb(dir, 'undo', '--yes');
  expect(changedPaths(before, tree(kb))).toEqual(['wiki/log.md']);
  await openkb(dir, 'add', 'horn.md');
  write(kb, { 'wiki/sources/images/horn/mine.png': 'mine' });
  expect((await openkb(dir, 'undo', '--yes')).code).toBe(0);
  expect(read(kb, 'wiki/sources/images/horn/mine.png')).toBe('mine');
});
