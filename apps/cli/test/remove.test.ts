/** R01 to R08 of the failure scenarios: what `openkb remove` takes out, and what it leaves alone. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { main } from '../src/main.ts';
import { changedPaths, faults, read, tree, write } from './helpers/knowledge-base.ts';
import { run, servicesIn, temporaryDirectory } from './helpers/run.ts';

const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const LAMP = `# Lamp\n\nThe Argand lamp is an oil lamp. The Argand lamp has a wick. The Argand lamp is old.\n`;
const LENS = `# Lens\n\nThe Argand lamp stood in the Fresnel lens. The Fresnel lens is a lens of rings. A Fresnel lens is light.\n`;

async function started(): Promise<string> {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'lamp.md': LAMP, 'lens.md': LENS });
  await run(dir, ['init', 'kb']);
  const added = await run(dir, ['add', '--kb', 'kb', 'lamp.md', 'lens.md']);
  expect(added).toMatchObject({ code: 0 });
  return dir;
}

const remove = (dir: string, ...args: string[]) => run(dir, ['remove', '--kb', 'kb', ...args]);

interface Outcome {
  status: string;
  changes: { action: string; path: string }[];
}

const outcome = (out: string) => JSON.parse(out) as Outcome;

test('R01 a dry run lists what the command then does, and does nothing', async () => {
  const dir = await started();
  const before = tree(join(dir, 'kb'));
  const planned = outcome((await remove(dir, '--json', '--dry-run', 'lens')).out);
  expect(planned.status).toBe('planned');
  expect(tree(join(dir, 'kb'))).toEqual(before);
  const done = outcome((await remove(dir, '--json', '--yes', 'lens')).out);
  expect(done.status).toBe('removed');
  expect(done.changes).toEqual(planned.changes);
  const changed = changedPaths(before, tree(join(dir, 'kb')));
  expect(changed.filter((path) => !path.endsWith('/'))).toEqual(
    planned.changes.map(({ path }) => path),
  );
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('R05 the wiki is as it was before the document came, its log excepted', async () => {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'lamp.md': LAMP, 'lens.md': LENS });
  await run(dir, ['init', 'kb']);
  await run(dir, ['add', '--kb', 'kb', 'lamp.md']);
  const before = tree(join(dir, 'kb'));
  await run(dir, ['add', '--kb', 'kb', 'lens.md']);
  expect((await remove(dir, '--yes', 'lens')).code).toBe(0);
  expect(changedPaths(before, tree(join(dir, 'kb')))).toEqual(['wiki/log.md']);
  expect(read(dir, 'kb/wiki/log.md')).toMatch(/\] remove \| lens\n$/);
});

test('R05 a document whose name begins with that of the other stays, with its links', async () => {
  const dir = await started();
  write(dir, { 'lamp-2.md': LAMP.replace('# Lamp', '# Second lamp') });
  await run(dir, ['add', '--kb', 'kb', 'lamp-2.md']);
  expect((await remove(dir, '--yes', 'lamp')).code).toBe(0);
  expect(existsSync(join(dir, 'kb/wiki/summaries/lamp-2.md'))).toBe(true);
  expect(read(dir, 'kb/wiki/index.md')).toContain('[[summaries/lamp-2]]');
  expect(read(dir, 'kb/wiki/index.md')).not.toContain('[[summaries/lamp]]');
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('R04 an older entry without a name is found by its file, and nothing unrelated is rewritten', async () => {
  const dir = await started();
  const registry = join(dir, 'kb/.openkb/hashes.json');
  const old = JSON.parse(readFileSync(registry, 'utf8')) as Record<string, { doc_name?: string }>;
  for (const entry of Object.values(old)) delete entry.doc_name;
  writeFileSync(registry, JSON.stringify(old));
  write(dir, { 'kb/wiki/concepts/mine.md': '# Mine\n\n\nodd   spacing  \n' });
  expect((await remove(dir, '--yes', 'lens.md')).code).toBe(0);
  expect(read(dir, 'kb/wiki/concepts/mine.md')).toBe('# Mine\n\n\nodd   spacing  \n');
  expect(Object.keys(JSON.parse(readFileSync(registry, 'utf8')) as object)).toHaveLength(1);
  expect(existsSync(join(dir, 'kb/wiki/summaries/lens.md'))).toBe(false);
});

test('R06 pictures go with their document, and its name is free again', async () => {
  const dir = temporaryDirectory(onTestFinished);
  const picture = `data:image/png;base64,${PICTURE}`;
  write(dir, { 'lamp.md': `${LAMP}\n![A lamp](${picture})\n` });
  await run(dir, ['init', 'kb']);
  await run(dir, ['add', '--kb', 'kb', 'lamp.md']);
  const images = () =>
    Object.keys(tree(join(dir, 'kb/wiki/sources/images'))).filter((path) => !path.endsWith('/'));
  expect(images()).toHaveLength(1);
  await remove(dir, '--yes', 'lamp');
  expect(images()).toEqual([]);
  await run(dir, ['add', '--kb', 'kb', 'lamp.md']);
  expect(existsSync(join(dir, 'kb/wiki/summaries/lamp.md'))).toBe(true);
});

test('R08 a page in which a person wrote is not deleted', async () => {
  const dir = await started();
  const page = 'kb/wiki/concepts/fresnel-lens.md';
  writeFileSync(join(dir, page), `${read(dir, page)}\n## Mine\n\nDo not lose this.\n`);
  expect((await remove(dir, '--yes', 'lens')).code).toBe(0);
  expect(read(dir, page)).toContain('Do not lose this.');
  expect(read(dir, 'kb/wiki/index.md')).toContain('[[concepts/fresnel-lens]]');
  // it is the person's now: no document leads to it
  expect(faults(join(dir, 'kb'))).toEqual([expect.stringContaining('orphan-page')]);
});

test('an original stays with --keep-raw, and pages without documents with --keep-empty', async () => {
  const dir = await started();
  expect((await remove(dir, '--yes', '--keep-raw', '--keep-empty', 'lens')).code).toBe(0);
  expect(read(dir, 'kb/raw/lens.md')).toBe(LENS);
  const page = read(dir, 'kb/wiki/concepts/fresnel-lens.md');
  expect(page).toContain('# Fresnel lens');
  expect(page).not.toContain('[[summaries/lens');
});

test('--keep-empty has the older name that it has in the Python program too', async () => {
  const dir = await started();
  const args = ['--dry-run', '--json', 'lens'];
  const planned = outcome((await remove(dir, '--keep-empty-concepts', ...args)).out);
  expect(planned).toEqual(outcome((await remove(dir, '--keep-empty', ...args)).out));
  expect(planned).not.toEqual(outcome((await remove(dir, ...args)).out));
});

test('names that fit none or several documents are refused before anything is done', async () => {
  const dir = await started();
  write(dir, { 'other/lamp.md': LAMP.replace('old', 'very old') });
  await run(dir, ['add', '--kb', 'kb', 'other/lamp.md']);
  const before = tree(join(dir, 'kb'));
  const unknown = await remove(dir, '--yes', 'lens', 'lenses');
  expect(unknown).toMatchObject({ code: 1, out: '' });
  expect(unknown.err).toBe('openkb: there is no document "lenses"\nDid you mean "lens"?');
  const ambiguous = await remove(dir, '--yes', 'lamp.md');
  expect(ambiguous.code).toBe(1);
  expect(ambiguous.err).toMatch(/^openkb: "lamp\.md" may mean "lamp", "lamp-[0-9a-f]{8}"\n/);
  expect((await remove(dir, '--yes', 'AM')).err).toMatch(/^openkb: "AM" may mean "lamp", "lamp-/);
  expect((await remove(dir, '--yes', '')).err).toContain('there is no document ""');
  expect(tree(join(dir, 'kb'))).toEqual(before);
});

test('a part of a name that only one document has means it, as in the Python program', async () => {
  const dir = await started();
  const { code, out } = await remove(dir, '--yes', 'LEN');
  expect(code).toBe(0);
  expect(out).toContain('removed  "lens"');
  expect((await run(dir, ['recompile', '--kb', 'kb', '--yes', 'amp.m'])).out).toContain('"lamp"');
});

test('of many documents that a part may mean the error names a few', async () => {
  const dir = await started();
  const more = Array.from({ length: 6 }, (_, i) => `note-${i}.md`);
  write(dir, Object.fromEntries(more.map((name) => [name, `# ${name}\n\n${LAMP}`])));
  await run(dir, ['add', '--kb', 'kb', ...more]);
  const { err } = await remove(dir, '--yes', 'note');
  expect(err).toContain(
    '"note" may mean "note-0", "note-1", "note-2", "note-3", "note-4" or 1 other',
  );
});

test('where nobody can be asked it is refused without --yes', async () => {
  const dir = await started();
  const before = tree(join(dir, 'kb'));
  const { code, err } = await remove(dir, 'lens');
  expect(code).toBe(2);
  expect(err).toContain('Remove "lens"? Nobody can be asked here\nSay so with --yes.');
  expect(tree(join(dir, 'kb'))).toEqual(before);
});

/** Runs with a person at the terminal who gives these answers, each after something happened. */
async function asked(dir: string, answers: readonly [string | undefined, (() => void)?][]) {
  const questions: string[] = [];
  const out: string[] = [];
  const code = await main(['remove', '--kb', 'kb', 'lens'], {
    io: {
      out: (line) => out.push(line),
      err: (line) => out.push(line),
      ask: (question) => {
        const [answer, happens] = answers[questions.length] ?? [undefined];
        questions.push(question);
        happens?.();
        return Promise.resolve(answer);
      },
    },
    services: servicesIn(dir),
  });
  return { code, questions, out: out.join('\n') };
}

test('a person who says no keeps the document', async () => {
  const dir = await started();
  const before = tree(join(dir, 'kb'));
  const { code, questions, out } = await asked(dir, [['n']]);
  expect(code).toBe(0);
  expect(questions).toEqual(['Remove "lens"? [y/N] ']);
  expect(out).toContain('remove  wiki/summaries/lens.md');
  expect(out).toContain('kept  "lens"; nothing was changed');
  expect(tree(join(dir, 'kb'))).toEqual(before);
});

test('L12 what a person writes into a page while they are asked is in the next plan, and stays', async () => {
  const dir = await started();
  const page = join(dir, 'kb/wiki/concepts/fresnel-lens.md');
  const edit = () => writeFileSync(page, `${readFileSync(page, 'utf8')}\n## Mine\n\nStay.\n`);
  const { code, questions, out } = await asked(dir, [['y', edit], ['yes']]);
  expect(code).toBe(0);
  expect(questions).toHaveLength(2);
  expect(out).toContain('remove  wiki/concepts/fresnel-lens.md');
  expect(out).toContain('update  wiki/concepts/fresnel-lens.md');
  expect(readFileSync(page, 'utf8')).toContain('Stay.');
});

test('what saved answers cite goes with the pages that go, and lint finds and mends what is left of older ones', async () => {
  const dir = await started();
  await run(dir, ['query', '--kb', 'kb', '--save', 'Argand lamp wick']);
  const page = 'kb/wiki/explorations/argand-lamp-wick.md';
  const cites = () => read(dir, page).match(/^ {2}- .*|^cites:.*$/gm) ?? [];
  expect(cites().join()).toContain('sources/lamp.md');
  const answer = read(dir, page);
  expect((await remove(dir, '--yes', 'lamp')).code).toBe(0);
  expect(cites().join()).not.toContain('sources/lamp.md');
  expect((await run(dir, ['lint', '--kb', 'kb', '--no-model'])).out).not.toContain('cite');
  // as an earlier version has left it
  write(dir, { [page]: answer.replaceAll(/\[\[([^\]|]*\|)?([^\]]*)\]\]/g, '$2') });
  const found = await run(dir, ['lint', '--kb', 'kb', '--no-model', '--json']);
  expect(found.code).toBe(1);
  expect((JSON.parse(found.out) as { findings: object[] }).findings).toContainEqual({
    code: 'dead-cite',
    severity: 'wrong',
    path: 'wiki/explorations/argand-lamp-wick.md',
    message: '"explorations/argand-lamp-wick.md" cites "sources/lamp.md", which does not exist.',
    subject: 'sources/lamp.md',
  });
  expect((await run(dir, ['lint', '--kb', 'kb', '--no-model', '--fix', '--yes'])).code).toBe(0);
  expect(cites().join()).not.toContain('sources/lamp.md');
  expect(read(dir, page)).toContain('Argand lamp');
  expect((await run(dir, ['lint', '--kb', 'kb', '--no-model', '--fix', '--yes'])).out).toContain(
    'nothing that --fix can mend',
  );
});
