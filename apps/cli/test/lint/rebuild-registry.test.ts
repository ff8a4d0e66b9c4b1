/** `doctor --rebuild-registry`: the registry is made again, and nothing of a damaged one is lost. */
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';

import { salvageEntries } from '../../src/doctor/rebuild/salvage.ts';
import { changedPaths, faults, read, sha256, tree, write } from '../helpers/knowledge-base.ts';
import { ORIGINALS, writePythonMade } from '../helpers/python-made.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';

const REGISTRY = '.openkb/hashes.json';

async function started() {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, {
    'Lamp (old).md': '# Lamp\n\nThe Argand lamp is an oil lamp. The Argand lamp is old.\n',
    'lens.txt': 'The Fresnel lens is a lens. The Fresnel lens is of rings.\n',
    'wick.html': '<h1>Wick</h1><p>The wick is of cotton. The wick burns.</p>',
  });
  await run(dir, ['init', 'kb']);
  await run(dir, ['add', '--kb', 'kb', 'Lamp (old).md', 'lens.txt', 'wick.html']);
  const kb = join(dir, 'kb');
  const rebuild = (...args: string[]) =>
    run(dir, ['doctor', '--rebuild-registry', '--kb', 'kb', ...args]);
  return { dir, kb, rebuild, whole: read(kb, REGISTRY) };
}

type Entries = Record<string, Record<string, unknown>>;
const entries = (text: string): Entries => JSON.parse(text) as Entries;
const sorted = (text: string) =>
  Object.entries(entries(text)).toSorted(([a], [b]) => (a < b ? -1 : 1));
const damagedFiles = (kb: string) =>
  readdirSync(join(kb, '.openkb')).filter((name) => name.startsWith('hashes.json.damaged-'));

test('a registry that is whole stays as it is', async () => {
  const { kb, rebuild } = await started();
  const before = tree(kb);
  const { code, out } = await rebuild('--yes');
  expect({ code, out }).toEqual({ code: 0, out: 'unchanged  the registry is whole: 3 documents' });
  expect(tree(kb)).toEqual({ '.openkb/staging/': 'directory', ...before });
});

test('a lost registry is noticed, and made again from originals and pages alone (Q05)', async () => {
  const { dir, kb, rebuild, whole } = await started();
  rmSync(join(kb, REGISTRY));
  rmSync(join(kb, '.openkb/history'), { recursive: true });
  expect((await run(kb, ['status'])).out).toContain('the registry is missing');
  expect((await run(kb, ['doctor', '--json'])).code).toBe(1);
  expect((await run(kb, ['lint'])).out).toContain('The registry is missing (1)');
  const before = tree(kb);
  const dry = await rebuild('--dry-run');
  expect(dry.out).toMatch(
    /^would rebuild {2}the registry: 3 documents\n {2}\S+ +from its original$/m,
  );
  expect(tree(kb)).toEqual(before);
  const { code } = await rebuild('--yes');
  expect(code).toBe(0);
  const paths = Object.values(entries(whole)).map(({ raw_path: raw }) => raw);
  expect(sorted(read(kb, REGISTRY))).toEqual(
    sorted(whole).map(([key, entry]) => {
      // whether a text was edited since it was written is not in the files
      const { text_sha256: _, raw_path: raw, ...rest } = entry;
      return [key, { ...rest, raw_path: raw, name: String(raw).slice('raw/'.length), path: raw }];
    }),
  );
  expect(paths).toHaveLength(3);
  expect(faults(kb).filter((one) => !one.startsWith('orphan'))).toEqual([]);
  expect(damagedFiles(kb)).toEqual([]);
  // the same bytes are known again
  expect((await run(dir, ['add', '--kb', 'kb', 'lens.txt'])).out).toContain('skipped 1');
});

test('what is kept for undo says where sources came from', async () => {
  const { kb, rebuild, whole } = await started();
  writeFileSync(join(kb, REGISTRY), '');
  const { out } = await rebuild('--yes');
  const found = entries(read(kb, REGISTRY));
  const known = Object.entries(entries(whole)).slice(0, 2);
  for (const [key, entry] of known) expect(found[key]).toEqual(entry);
  expect(Object.keys(found)).toHaveLength(3);
  expect(out).toContain(`the damaged file is kept as .openkb/${damagedFiles(kb)[0]}`);
});

test('entries that can be read in a damaged file stay as they are, and the file is kept', async () => {
  const { kb, rebuild, whole } = await started();
  rmSync(join(kb, '.openkb/history'), { recursive: true });
  const cut = whole.slice(0, -200);
  writeFileSync(join(kb, REGISTRY), cut);
  const { err } = await run(kb, ['list']);
  expect(err).toContain('openkb doctor --rebuild-registry');
  const before = tree(kb);
  expect((await rebuild('--yes')).code).toBe(0);
  const [kept = ''] = damagedFiles(kb);
  expect(changedPaths(before, tree(kb))).toEqual(
    [REGISTRY, `.openkb/${kept}`, '.openkb/staging/', 'wiki/log.md'].filter(
      (path) => !(path in before && path === '.openkb/staging/'),
    ),
  );
  expect(read(kb, `.openkb/${kept}`)).toBe(cut);
  const found = entries(read(kb, REGISTRY));
  const [first, second] = Object.entries(entries(whole));
  for (const [key = '', entry] of [first ?? [], second ?? []]) expect(found[key]).toEqual(entry);
  expect(Object.keys(found)).toHaveLength(3);
});

test('a registry of the Python program is made again; a file that no page is of waits for an add', async () => {
  const dir = temporaryDirectory(onTestFinished);
  writePythonMade(dir);
  write(dir, { 'raw/waiting.md': '# Waiting\n', 'raw/attention.md': '# Another\n' });
  rmSync(join(dir, REGISTRY));
  await run(dir, ['doctor', '--rebuild-registry', '--yes']);
  const found = entries(read(dir, REGISTRY));
  expect(found[sha256(ORIGINALS['Old Notes.md'])]).toMatchObject({
    doc_name: 'Old Notes',
    type: 'md',
    source_path: 'wiki/sources/Old Notes.md',
  });
  expect(found[sha256(ORIGINALS['attention.pdf'])]).toMatchObject({
    doc_name: 'attention',
    type: 'long_pdf',
    pages: 2,
  });
  expect(Object.keys(found)).toHaveLength(2);
});

test('a document without an original is named, and comes back with what is kept', async () => {
  const { kb, rebuild } = await started();
  rmSync(join(kb, '.openkb/history'), { recursive: true });
  rmSync(join(kb, 'raw/lens.txt'));
  rmSync(join(kb, REGISTRY));
  const { out, code } = await rebuild('--yes');
  expect(code).toBe(0);
  expect(out).toContain('not known: "lens"');
  expect(Object.keys(entries(read(kb, REGISTRY)))).toHaveLength(2);
});

test('without a yes, nothing changes', async () => {
  const { kb, rebuild } = await started();
  rmSync(join(kb, REGISTRY));
  const before = tree(kb);
  expect((await rebuild()).code).toBe(2);
  expect(tree(kb)).toEqual({ '.openkb/staging/': 'directory', ...before });
  expect((await run(kb, ['doctor', '--dry-run'])).code).toBe(2);
});

test('of a damaged registry every entry is found that the damage has not touched', () => {
  const entry = fc.record({
    name: fc.string({ minLength: 1 }),
    doc_name: fc.string({ minLength: 1 }),
    note: fc.jsonValue(),
  });
  const key = fc.stringMatching(/^[0-9a-f]{64}$/);
  fc.assert(
    fc.property(fc.dictionary(key, entry, { minKeys: 1, maxKeys: 5 }), fc.nat(), (registry, at) => {
      const text = JSON.stringify(registry, null, 2);
      expect([...salvageEntries(text)]).toEqual(Object.entries(JSON.parse(text) as Entries));
      const cut = text.slice(0, at % text.length);
      const found = salvageEntries(cut);
      for (const [hash, value] of found) expect(value).toEqual((JSON.parse(text) as Entries)[hash]);
      const whole = Object.keys(registry).filter((hash) => {
        const after = text.indexOf('\n  }', text.indexOf(hash));
        return after !== -1 && after + 4 <= cut.length;
      });
      expect([...found.keys()]).toEqual(whole);
    }),
  );
});

test('a hash that is no text, and a copy of an original, make no second document', async () => {
  const { kb, rebuild } = await started();
  copyFileSync(join(kb, 'raw/lens.txt'), join(kb, 'raw/copy.txt'));
  writeFileSync(
    join(kb, REGISTRY),
    Buffer.concat([Buffer.from([0xff]), readFileSync(join(kb, REGISTRY))]),
  );
  expect((await rebuild('--yes')).code).toBe(0);
  expect(Object.keys(entries(read(kb, REGISTRY)))).toHaveLength(3);
});
