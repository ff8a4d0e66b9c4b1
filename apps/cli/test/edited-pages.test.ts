/**
 * What a person wrote into a page is never overwritten or deleted without a word: after every command it is still in the
 * page, or plan and result name the page, and an undo brings it back.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { read, write } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

const PICTURE = '![p](data:image/gif;base64,R0lGODlhAQABAAAAACw=)';
const LAMP = `# Lamp

The Argand lamp is an oil lamp. The Argand lamp has a wick. The Argand lamp was made by Aimé Argand in 1780.
Aimé Argand gave the lamp a chimney of glass. Aimé Argand was a physicist. Aimé Argand lived in Geneva.

${PICTURE}
`;
const LENS = `# Lens

The Fresnel lens is a lens of rings. The Argand lamp stood in the Fresnel lens. The Fresnel lens is light. Aimé Argand made the lamp.
`;
const MINE = 'A person wrote this line, number 4711.';

async function started() {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'lamp.md': LAMP, 'lens.md': LENS });
  await run(dir, ['init', 'kb']);
  const openkb = ([command = '', ...args]: readonly string[]) =>
    run(dir, [command, '--kb', 'kb', ...args]);
  expect((await openkb(['add', 'lamp.md', 'lens.md'])).code).toBe(0);
  expect((await openkb(['query', '--save', 'argand lamp'])).code).toBe(0);
  return { dir, kb: join(dir, 'kb'), openkb };
}

const PAGES = [
  'wiki/sources/lamp.md',
  'wiki/summaries/lamp.md',
  'wiki/concepts/lamp.md',
  'wiki/entities/aimé-argand.md',
  'wiki/explorations/argand-lamp.md',
  'wiki/AGENTS.md',
];

const COMMANDS = {
  'an add of a source that has changed': ['add', 'lamp.md'],
  'an add with --force': ['add', '--force', 'lamp.md'],
  'a recompile': ['recompile', '--yes', 'lamp'],
  'a removal': ['remove', '--yes', 'lamp'],
  'a removal of the other document': ['remove', '--yes', 'lens'],
  'a lint that mends': ['lint', '--fix', '--yes', '--no-model'],
} as const;

const cases = Object.entries(COMMANDS).flatMap(([name, args]) =>
  PAGES.map((page) => ({ name, args, page })),
);

test.each(cases)(
  '$name leaves what a person wrote in $page, or says that it goes',
  async ({ name, args, page }) => {
    const { dir, kb, openkb } = await started();
    expect(existsSync(join(kb, page))).toBe(true);
    write(kb, { [page]: read(kb, page).replace(/\n\n(?=[^#\s])/, `\n\n${MINE}\n\n`) });
    expect(read(kb, page)).toContain(MINE);
    if (name.includes('changed')) write(dir, { 'lamp.md': LAMP.replace('glass', 'clear glass') });
    if (name.includes('mends'))
      write(kb, { [page]: `${read(kb, page)}\n[[concepts/nowhere-at-all]]\n` });
    const plan =
      args[0] === 'lint' ? undefined : await openkb([args[0], '--dry-run', ...args.slice(1)]);
    const before = read(kb, page);
    const done = await openkb(args);
    expect(done.err).not.toContain('cannot');
    const isThere = existsSync(join(kb, page)) && read(kb, page).includes(MINE);
    const isSaid = new RegExp(`note: .*"${page}".*'openkb undo' brings it back`);
    if (isThere) return;
    expect(plan?.out).toMatch(isSaid);
    expect(done.out).toMatch(isSaid);
    expect((await openkb(['undo', '--yes'])).code).toBe(0);
    expect(read(kb, page)).toBe(before);
  },
);

test('what nobody edited is replaced without a word', async () => {
  const { dir, openkb } = await started();
  write(dir, { 'lamp.md': LAMP.replace('glass', 'clear glass') });
  expect((await openkb(['add', 'lamp.md'])).out).not.toContain('note:');
  expect((await openkb(['remove', '--yes', 'lamp'])).out).not.toContain('note:');
});

test('an edit that an undo brought back is told again when it is overwritten again', async () => {
  const { dir, kb, openkb } = await started();
  write(kb, { 'wiki/sources/lamp.md': `${read(kb, 'wiki/sources/lamp.md')}\n${MINE}\n` });
  write(dir, { 'lamp.md': LAMP.replace('glass', 'clear glass') });
  const told = /"wiki\/sources\/lamp\.md" was edited since it was written, and is overwritten/;
  expect((await openkb(['add', 'lamp.md'])).out).toMatch(told);
  await openkb(['undo', '--yes']);
  expect(read(kb, 'wiki/sources/lamp.md')).toContain(MINE);
  expect((await openkb(['add', 'lamp.md'])).out).toMatch(told);
});

test('of a text whose writing nobody recorded it is said that nobody knows', async () => {
  const { dir, kb, openkb } = await started();
  await openkb(['config', 'set', 'keep', '0']);
  const { text_sha256: _, ...entry } = Object.values(
    JSON.parse(read(kb, '.openkb/hashes.json')) as Record<string, Record<string, unknown>>,
  ).find((one) => one['doc_name'] === 'lamp')!;
  write(kb, { '.openkb/hashes.json': JSON.stringify({ ['0'.repeat(64)]: entry }) });
  write(dir, { 'lamp.md': LAMP.replace('glass', 'clear glass') });
  rmSync(join(kb, '.openkb/history'), { recursive: true });
  const { out } = await openkb(['remove', '--dry-run', 'lamp']);
  expect(out).toMatch(/"wiki\/sources\/lamp\.md" goes, and nobody knows whether it was edited$/m);
  expect(out).not.toContain('undo');
});

test('a picture that a person has drawn in is told of where it goes', async () => {
  const { kb, openkb } = await started();
  const [picture = ''] = /images\/lamp\/[\w.]+/.exec(read(kb, 'wiki/sources/lamp.md')) ?? [];
  write(kb, { [`wiki/sources/${picture}`]: 'drawn' });
  expect((await openkb(['remove', '--yes', 'lamp'])).out).toContain(
    `"wiki/sources/${picture}" was edited since it was written, and goes; 'openkb undo' brings it back`,
  );
});

test('a picture that a person put into a stored text is told of where it goes', async () => {
  const { dir, kb, openkb } = await started();
  const [text, picture] = ['wiki/sources/lamp.md', 'wiki/sources/images/lamp/mine.png'];
  write(kb, { [picture]: MINE, [text]: `${read(kb, text)}\n![mine](images/lamp/mine.png)\n` });
  const told = (fate: string) => `"${picture}" ${fate}, and nobody knows whether it was edited`;
  expect((await openkb(['remove', '--dry-run', 'lamp'])).out).toContain(told('goes'));
  write(dir, { 'lamp.md': LAMP.replace('glass', 'clear glass') });
  expect((await openkb(['add', 'lamp.md'])).out).toContain(told('is overwritten'));
  expect(existsSync(join(kb, picture))).toBe(false);
  expect((await openkb(['undo', '--yes'])).code).toBe(0);
  expect(read(kb, picture)).toBe(MINE);
});

test('an edit that is overwritten is told with --quiet too', async () => {
  const { kb, openkb } = await started();
  const path = 'wiki/sources/lamp.md';
  write(kb, { [path]: `${read(kb, path)}\n${MINE}\n` });
  const { code, err } = await openkb(['add', '--quiet', '--force', 'lamp.md']);
  expect(code).toBe(0);
  expect(err).toMatch(
    new RegExp(`warning: "${path}" was edited since .*'openkb undo' brings it back`),
  );
});

test('an edit in a stored text that lint has mended is told when it is overwritten', async () => {
  const { kb, openkb } = await started();
  const path = 'wiki/sources/lamp.md';
  write(kb, { [path]: read(kb, path).replace(/^type:.*\n/m, `note: "${MINE}"\n`) });
  expect((await openkb(['lint', '--fix', '--yes', '--no-model'])).code).toBe(0);
  expect(read(kb, path)).toMatch(new RegExp(`${MINE}[^]*^type:`, 'm'));
  const told = `"${path}" was edited since it was written, and`;
  expect((await openkb(['remove', '--dry-run', 'lamp'])).out).toContain(`${told} goes`);
  expect((await openkb(['add', '--force', 'lamp.md'])).out).toContain(`${told} is overwritten`);
});

test('a picture that a person has drawn in, and an undo brought back, is told of again', async () => {
  const { kb, openkb } = await started();
  const [picture = ''] = /images\/lamp\/[\w.]+/.exec(read(kb, 'wiki/sources/lamp.md')) ?? [];
  write(kb, { [`wiki/sources/${picture}`]: 'drawn' });
  const told = `"wiki/sources/${picture}" was edited since it was written`;
  expect((await openkb(['add', '--force', 'lamp.md'])).out).toContain(told);
  expect((await openkb(['undo', '--yes'])).code).toBe(0);
  expect(read(kb, `wiki/sources/${picture}`)).toBe('drawn');
  expect((await openkb(['add', '--force', 'lamp.md'])).out).toContain(told);
});

test('files of a person that lie where a document from raw/ is stored are told of', async () => {
  const { kb, openkb } = await started();
  const picture = /images\/lamp\/([\w.]+)/.exec(read(kb, 'wiki/sources/lamp.md'))?.[1];
  const paths = ['wiki/sources/beam.md', `wiki/sources/images/beam/${picture}`];
  write(kb, {
    'raw/beam.md': `${LAMP}\n`,
    ...Object.fromEntries(paths.map((path) => [path, MINE])),
  });
  const { code, out } = await openkb(['add', 'kb/raw/beam.md']);
  expect(code).toBe(0);
  for (const path of paths)
    expect(out).toContain(`note: "${path}" is overwritten, and nobody knows whether it was edited`);
  expect((await openkb(['undo', '--yes'])).code).toBe(0);
  expect(paths.map((path) => read(kb, path))).toEqual([MINE, MINE]);
});
