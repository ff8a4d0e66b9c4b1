/** `lint`: what it finds, says, mends and leaves alone. */
import {
  appendFileSync,
  chmodSync,
  existsSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { nodeFileSystem } from '@openkb/atomic-fs';
import { expect, onTestFinished, test } from 'vitest';

import { knowledgeBaseAt } from '../../src/knowledge-base/open.ts';
import { main } from '../../src/main.ts';
import { changedPaths, faults, read, sha256, tree, write } from '../helpers/knowledge-base.ts';
import { writePythonMade } from '../helpers/python-made.ts';
import { run, servicesIn, temporaryDirectory } from '../helpers/run.ts';

const LAMP =
  '# Lamp\n\nThe Argand lamp is an oil lamp. The Argand lamp has a wick. The Argand lamp is old.\n';
const LENS =
  '# Lens\n\nThe Argand lamp stood in the lens. The Argand lamp was bright. An Argand lamp.\n';
const CONCEPT = 'kb/wiki/concepts/argand-lamp.md';

async function started() {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'lamp.md': LAMP, 'lens.md': LENS });
  await run(dir, ['init', 'kb']);
  await run(dir, ['add', '--kb', 'kb', 'lamp.md', 'lens.md']);
  const lint = (...args: string[]) => run(dir, ['lint', '--kb', 'kb', ...args]);
  return { dir, kb: join(dir, 'kb'), lint };
}

interface Found {
  readonly code: string;
  readonly path: string;
  readonly subject?: string;
  readonly severity: string;
}

const findings = ({ out }: { readonly out: string }): string[] =>
  (JSON.parse(out) as { findings: Found[] }).findings.map(({ code, path, subject }) =>
    [code, path, subject].filter((one) => one !== undefined).join(' '),
  );

test('what add has made is in order (exit 0)', async () => {
  const { lint, kb } = await started();
  const before = tree(kb);
  const { code, out, err } = await lint();
  expect({ code, out, err }).toEqual({
    code: 0,
    out: 'Nothing is wrong with 8 pages of 2 documents.',
    err: '',
  });
  expect(tree(kb)).toEqual(before);
});

test('what a person broke by hand is found, grouped, and wrong (exit 1)', async () => {
  const { lint, kb } = await started();
  rmSync(join(kb, 'wiki/concepts/argand-lamp.md'));
  const { code, out } = await lint();
  expect(code).toBe(1);
  expect(out).toMatch(
    /^Entries of the index without a page \(1\)\n {2}wiki\/index\.md: concepts\/argand-lamp\n\n/,
  );
  expect(out).toMatch(
    /^Links to pages that do not exist \(\d+\)\n {2}wiki\/summaries\/lamp\.md:\d+: concepts\/argand-lamp$/m,
  );
  expect(out).toMatch(/^\d+ faults and \d+ notes? in 7 pages of 2 documents\.$/m);
});

test('the registry is held against the files', async () => {
  const { lint, kb } = await started();
  rmSync(join(kb, 'raw/lamp.md'));
  rmSync(join(kb, 'wiki/sources/lamp.md'));
  rmSync(join(kb, 'wiki/summaries/lens.md'));
  write(kb, {
    'raw/mine.pdf': '%PDF',
    'wiki/sources/stray.json': '[]',
    'wiki/sources/images/stray/p1.png': 'x',
    'raw/.DS_Store': 'x',
    'raw/~$lamp.docx': 'x',
  });
  const found = findings(await lint('--json'));
  expect(found).toEqual(
    expect.arrayContaining([
      'missing-original raw/lamp.md lamp',
      'missing-text wiki/sources/lamp.md lamp',
      'missing-summary wiki/summaries/lens.md lens',
      'unowned-file raw/mine.pdf',
      'unowned-file wiki/sources/stray.json',
      'unowned-file wiki/sources/images/stray',
    ]),
  );
  expect(found.filter((one) => one.startsWith('unowned-file'))).toHaveLength(3);
});

test('a damaged registry is one finding, and the pages are checked all the same (Q05)', async () => {
  const { lint, kb } = await started();
  writeFileSync(join(kb, '.openkb/hashes.json'), '{"a": {');
  rmSync(join(kb, 'wiki/concepts/argand-lamp.md'));
  const { code, out } = await lint();
  expect(code).toBe(1);
  expect(out).toContain('openkb doctor --rebuild-registry');
  expect(out).toContain('Links to pages that do not exist');
  expect((await lint('--fix', '--yes')).code).toBe(1);
  expect(read(kb, '.openkb/hashes.json')).toBe('{"a": {');
  expect(findings(await lint('--json')).filter((one) => !one.startsWith('orphan'))).toEqual([
    'registry-damaged .openkb/hashes.json',
  ]);
});

test('mending shows its plan, changes just that, and leaves nothing that it could mend (U08)', async () => {
  const { dir, lint, kb } = await started();
  rmSync(join(dir, CONCEPT));
  appendFileSync(
    join(kb, 'wiki/summaries/lens.md'),
    '\nSee [[Summaries/LAMP]] and [[concepts/none|that]].\n',
  );
  const before = tree(kb);
  const dry = await lint('--fix', '--dry-run');
  expect(dry.code).toBe(1);
  expect(tree(kb)).toEqual(before);
  const planned = [...dry.out.matchAll(/^ {2}(?:update|append|create|remove) +(\S+)/gm)].map(
    ([, path]) => path,
  );
  // nobody can be asked here: as for the Python program, --fix is the yes
  const fixed = await lint('--fix');
  expect(fixed.code).toBe(0);
  expect(changedPaths(before, tree(kb))).toEqual(planned);
  expect(read(kb, 'wiki/summaries/lens.md')).toContain('See [[summaries/lamp|LAMP]] and that.');
  expect(read(kb, 'wiki/index.md')).not.toContain('argand-lamp');
  const after = tree(kb);
  expect((await lint('--fix', '--yes')).out).toMatch(/^nothing that --fix can mend$/m);
  expect(tree(kb)).toEqual(after);
  const { code } = await run(dir, ['undo', '--kb', 'kb', '--yes']);
  expect(code).toBe(0);
  expect(read(kb, 'wiki/index.md')).toContain('argand-lamp');
  expect(changedPaths(before, tree(kb))).toEqual(['wiki/log.md']);
});

test('a wiki of the Python program gets what the Open Knowledge Format asks for, and keeps the rest', async () => {
  const dir = temporaryDirectory(onTestFinished);
  writePythonMade(dir, { log: true });
  const before = tree(dir);
  const { code } = await run(dir, ['lint', '--fix', '--yes', '--no-model']);
  expect(code).toBe(0);
  const page = read(dir, 'wiki/concepts/transformer.md');
  expect(page).toContain('type: "Concept"\n---\n\n# Transformer\n\nUses [[concepts/attention]].\n');
  expect(page).toContain('description: "A model of attention"');
  expect(page).not.toContain('brief');
  // nothing else was to be mended there, so that its brief stays
  expect(read(dir, 'wiki/concepts/attention.md')).toContain('brief: ');
  expect(read(dir, 'wiki/sources/Old Notes.md')).toMatch(/^---\ntype: "Source"\n---\n# Old notes/);
  const registry = JSON.parse(read(dir, '.openkb/hashes.json')) as Record<string, object>;
  expect(Object.values(registry)[1]).toEqual({
    name: 'Old Notes.md',
    type: 'md',
    doc_name: 'Old Notes',
    path: 'raw/Old Notes.md',
    raw_path: 'raw/Old Notes.md',
    source_path: 'wiki/sources/Old Notes.md',
  });
  expect(changedPaths(before, tree(dir)).filter((path) => /AGENTS|raw\//.test(path))).toEqual([]);
});

test('AGENTS.md, the log and what a person made are named and never written (R11)', async () => {
  const { lint, kb } = await started();
  const own = {
    'wiki/AGENTS.md': 'Write short pages, see [[concepts/none]].\n',
    'wiki/SCHEMA.md': '[[concepts/none]]\n',
    'wiki/log.md': `${read(kb, 'wiki/log.md')}\n## [2026-01-01 00:00:00] note | [[concepts/none]]\n`,
    'wiki/concepts/mine.md': '# Mine\n\nSee [[ideas to come]] and [[Argand Lamp]].\n',
    'wiki/concepts/lamps/deep.md': '# Deep\n\n[[concepts/none]]\n',
    'wiki/notes/day.md': '[[concepts/mine]] [[concepts/lamps/deep]] [[notes/other]]\n',
    'wiki/concepts/broken.md':
      '---\ntype: [x\nsources: ["summaries/lamp.md"]\n---\n[[concepts/none]]\n',
  };
  write(kb, own);
  const first = await lint('--fix', '--yes', '--json');
  const { 'wiki/log.md': _, ...pages } = own;
  for (const [path, text] of Object.entries(pages)) expect(read(kb, path)).toBe(text);
  expect(read(kb, 'wiki/log.md')).toContain(own['wiki/log.md']);
  const found = findings(first);
  expect(found).toContain('dead-link wiki/AGENTS.md concepts/none');
  expect(found).toContain('dead-link wiki/notes/day.md notes/other');
  expect(found).not.toContain('dead-link wiki/notes/day.md concepts/lamps/deep');
  expect(found).toContain('unreadable-front-matter wiki/concepts/broken.md');
  expect(read(kb, 'wiki/index.md')).toContain('- [[concepts/lamps/deep]]');
});

test('keys that stand twice are left once where they say the same, and else both', async () => {
  const { lint, kb } = await started();
  write(kb, {
    'wiki/concepts/a.md':
      '---\ntype: "Concept"\ntags: [x]\nsources: ["summaries/lamp.md"]\ntags: [x]\n---\n[[summaries/lamp]] [[concepts/b]]\n',
    'wiki/concepts/b.md':
      '---\ntype: "Concept"\ntitle: "one"\nsources: ["summaries/lamp.md"]\ntitle: "two"\n---\n[[concepts/a]]\n',
  });
  const found = findings(await lint('--fix', '--yes', '--json'));
  expect(found).toEqual(['duplicate-key wiki/concepts/b.md title']);
  expect(read(kb, 'wiki/concepts/a.md').match(/tags/g)).toHaveLength(1);
  expect(read(kb, 'wiki/concepts/b.md')).toContain('title: "one"');
});

test('an index that is gone is made again', async () => {
  const { lint, kb } = await started();
  const before = read(kb, 'wiki/index.md');
  rmSync(join(kb, 'wiki/index.md'));
  expect(findings(await lint('--json'))).toEqual(['missing-index wiki/index.md']);
  expect((await lint('--fix', '--yes')).code).toBe(0);
  expect(read(kb, 'wiki/index.md')).toBe(before);
  expect(faults(kb)).toEqual([]);
});

test('a page that comes into being while a person thinks is not taken for missing (L12)', async () => {
  const { dir, lint, kb } = await started();
  renameSync(join(dir, CONCEPT), join(dir, 'kept.md'));
  let asked = 0;
  const args = ['lint', '--kb', 'kb', '--fix'];
  const code = await main(args, {
    io: {
      out: () => {},
      err: () => {},
      ask: async () => {
        asked += 1;
        // others may write while nobody has answered
        write(dir, { 'third.md': '# Third\n\nA wick. The wick is long. The wick of a lamp.\n' });
        if (asked === 1) {
          await run(dir, ['add', '--kb', 'kb', 'third.md']);
          renameSync(join(dir, 'kept.md'), join(dir, CONCEPT));
        }
        return 'y';
      },
    },
    services: servicesIn(dir),
  });
  expect({ code, asked }).toEqual({ code: 0, asked: 1 });
  expect(faults(kb).filter((one) => !one.startsWith('orphan'))).toEqual([]);
  expect(read(kb, 'wiki/index.md')).toContain('[[concepts/argand-lamp]]');
  expect(read(kb, 'wiki/index.md')).toContain('[[summaries/third]]');
  expect(read(kb, 'wiki/summaries/lamp.md')).toContain('[[concepts/argand-lamp');
  expect((await lint()).code).toBe(0);
});

test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
  'a knowledge base that may only be read is checked (not as root)',
  async () => {
    const { lint, kb } = await started();
    for (const path of ['.openkb', 'wiki', '.']) chmodSync(join(kb, path), 0o555);
    onTestFinished(() => {
      for (const path of ['.', 'wiki', '.openkb']) chmodSync(join(kb, path), 0o755);
    });
    expect((await lint()).code).toBe(0);
  },
);

const refuse = (): never => {
  throw Object.assign(new Error('read-only'), { code: 'EROFS' });
};

test('a read-only medium is checked', async () => {
  const { dir } = await started();
  const fileSystem = nodeFileSystem();
  const services = {
    fileSystem: {
      ...fileSystem,
      makeDirectory: refuse,
      rename: refuse,
      unlink: refuse,
      link: refuse,
    },
    locks: () => ({ name: 'none', tryLock: refuse, look: () => 'free' as const }),
  };
  const { code, out } = await run(dir, ['lint', '--kb', 'kb'], { services });
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('Nothing is wrong') });
});

test('a folder that is named as a page, and a page that is no text, stop no check', async () => {
  const { lint, kb } = await started();
  write(kb, { 'wiki/concepts/folder.md/inside.txt': 'x' });
  writeFileSync(join(kb, 'wiki/summaries/bytes.md'), Buffer.from([0xff, 0xfe, 0x5b, 0x5b]));
  const { code, out } = await lint('--fix', '--yes', '--json');
  expect(code).toBe(1);
  expect(findings({ out })).toContain('missing-front-matter wiki/summaries/bytes.md');
  expect(sha256(Buffer.from([0xff, 0xfe, 0x5b, 0x5b]))).toBe(tree(kb)['wiki/summaries/bytes.md']);
});

test('mending and a report take the lock, and wait no longer than they may (L02)', async () => {
  const { dir, lint, kb } = await started();
  rmSync(join(dir, CONCEPT));
  const before = tree(kb);
  const holder = await knowledgeBaseAt(servicesIn(dir), kb, 'test').journal.acquire('shared');
  try {
    expect((await lint('--wait', '0')).code).toBe(1);
    expect((await lint('--fix', '--yes', '--wait', '0')).code).toBe(11);
    expect((await lint('--save', '--wait', '0')).code).toBe(11);
  } finally {
    holder.release();
  }
  expect(changedPaths(before, tree(kb)).filter((path) => path !== '.openkb/staging/')).toEqual([]);
});

test('a symbolic link among the pages is followed by nobody, and links to it are left', async () => {
  const { dir, lint, kb } = await started();
  write(dir, { 'elsewhere.md': '[[concepts/none]]\n' });
  for (const path of ['wiki/CLAUDE.md', 'wiki/concepts/linked.md'])
    symlinkSync(join(dir, 'elsewhere.md'), join(kb, path));
  symlinkSync('..', join(kb, 'wiki/concepts/loop'));
  appendFileSync(join(kb, 'wiki/summaries/lamp.md'), '\nSee [[concepts/linked]].\n');
  expect((await lint('--fix', '--yes')).code).toBe(0);
  expect(read(kb, 'wiki/summaries/lamp.md')).toContain('[[concepts/linked]]');
  expect(read(dir, 'elsewhere.md')).toBe('[[concepts/none]]\n');
});

test('a report is written as a page, in one step with its line of the log', async () => {
  const { lint, kb, dir } = await started();
  rmSync(join(dir, CONCEPT));
  const before = tree(kb);
  const { out } = await lint('--save');
  const path = /The report is (\S+\.md)\./.exec(out)?.[1] ?? '';
  expect(path).toMatch(/^wiki\/reports\/lint_\d{8}_\d{6}\.md$/);
  expect(changedPaths(before, tree(kb))).toEqual(['wiki/log.md', path]);
  expect(read(kb, path)).toMatch(/^---\ntype: "Report"\n/);
  expect(read(kb, path)).toContain('concepts/argand-lamp');
  expect(read(kb, 'wiki/log.md')).toContain('] lint | report → lint_');
  expect((await lint('--save')).out).toContain('The report is');
  expect(existsSync(join(kb, path))).toBe(true);
});

test('what cannot be is refused before anything is looked at', async () => {
  const { lint } = await started();
  expect((await lint('--dry-run')).code).toBe(2);
  expect((await lint('--fix', '--dry-run', '--save')).code).toBe(2);
  expect((await lint('--groups', '0')).code).toBe(2);
  const { code, err } = await lint('--fix');
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('what a page of a person cites and is not there is a note, and left alone', async () => {
  const { lint, kb } = await started();
  const page = 'wiki/explorations/mine.md';
  const text = '---\ntype: "Exploration"\ncites: ["concepts/nowhere.md"]\n---\n\n# Mine\n';
  write(kb, { [page]: text });
  const { out } = await lint('--fix', '--yes', '--json');
  const { findings: all } = JSON.parse(out) as { findings: { code: string; severity: string }[] };
  expect(all.find(({ code }) => code === 'dead-cite')?.severity).toBe('note');
  expect(read(kb, page)).toBe(text);
});
