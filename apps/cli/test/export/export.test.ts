import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { checkOkf } from '../../src/export/check-okf.ts';
import { documentNumber } from '../helpers/documents.ts';
import { read, tree, write } from '../helpers/knowledge-base.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';

const page = (fields: string, body: string) => `---\n${fields}\n---\n\n${body}\n`;

/** A knowledge base with documents that the compiler wrote and pages of a person, odd ones too. */
async function knowledgeBase(): Promise<{ dir: string; kb: string }> {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'one.md': documentNumber(1), 'two.md': documentNumber(2) });
  await run(dir, ['init', 'kb']);
  await run(dir, ['add', '--kb', 'kb', 'one.md', 'two.md']);
  write(join(dir, 'kb/wiki'), {
    'concepts/claim.md': page(
      'type: "Concept"\nsources: ["summaries/one.md", "summaries/gone.md"]\nstatus: "draft"\nmine: [1, 2]',
      '# Claim\n\nThe lamp is old ([[summaries/one]]). See [[concepts/nowhere|nowhere]] and `[[code]]`.\n\n```\n[[fenced]]\n```',
    ),
    'notes/my note (1).md':
      'No front matter, but ![a](../sources/images/one/a.png) and [c](../concepts/claim.md#x).',
    'sources/images/one/a.png': 'PNG',
    'sources/long.json': JSON.stringify([
      { page: 1, content: 'First ![p](images/one/a.png)' },
      { page: 2, content: 'Second' },
    ]),
    'summaries/long.md': page(
      'type: "Summary"\nfull_text: "sources/long.json"',
      '# Long\n\nOf [[sources/long]].',
    ),
  });
  return { dir, kb: join(dir, 'kb') };
}

/** What the checker says of a directory. */
function check(directory: string) {
  const files = Object.entries(tree(directory)).filter(([, kind]) => kind !== 'directory');
  const paths = files.map(([path]) => path);
  const texts = paths
    .filter((path) => path.endsWith('.md'))
    .map((path) => [path, read(directory, path)] as const);
  return checkOkf(new Map(texts), paths);
}

test('export okf writes a bundle in which the checker finds nothing', async () => {
  const { dir, kb } = await knowledgeBase();
  const { code, out } = await run(kb, ['export', 'okf', '../bundle']);
  expect(out).not.toContain('fault');
  expect(code).toBe(0);
  const bundle = join(dir, 'bundle');
  expect(check(bundle)).toEqual([]);
  expect(read(bundle, 'index.md')).toMatch(
    /^---\nokf_version: "0\.2"\n---\n\n# kb\n\n## Documents\n\n\* \[/,
  );
  expect(read(bundle, 'log.md')).toMatch(
    /^# Log\n\n## \d{4}-\d\d-\d\d\n\n\* \*\*Ingest\*\*: two\.md\n\* \*\*Ingest\*\*: one\.md\n$/,
  );
  const claim = read(bundle, 'concepts/claim.md');
  expect(claim).toContain('sources: [{"id": "one", "resource": "/summaries/one.md", "title": "');
  expect(claim).toMatch(/The lamp is old\[\^one\]\. See nowhere and `\[\[code\]\]`/);
  expect(claim).toMatch(/\n\[\^one\]: \[Report 1[^\]]*\]\(\/summaries\/one\.md\)\n$/);
  expect(claim).toContain('mine: [1, 2]');
  expect(read(bundle, 'summaries/one.md')).not.toContain('<!--');
  expect(claim).toContain('[[fenced]]');
  expect(claim).toMatch(/generated: \{"by": "openkb\/[^"]+", "at": "\d{4}-\d\d-\d\dT[^"]+Z"\}/);
  const note = read(bundle, 'notes/my note (1).md');
  expect(note).toContain('type: "Note"');
  expect(note).toContain('![a](/sources/images/one/a.png) and [c](/concepts/claim.md#x)');
  expect(note).not.toContain('generated');
  expect(read(bundle, 'sources/long.md')).toMatch(
    /## Page 1\n\nFirst !\[p\]\(\/sources\/images\/one\/a\.png\)\n\n## Page 2/,
  );
  expect(read(bundle, 'summaries/long.md')).toContain('full_text: "/sources/long.md"');
  expect(read(bundle, 'sources/images/one/a.png')).toBe('PNG');
  // no path of this machine is given away
  expect(readdirSync(bundle).map((name) => name)).not.toContain('AGENTS.md');
  const pages = Object.keys(tree(bundle)).filter((path) => path.endsWith('.md'));
  expect(pages.filter((path) => read(bundle, path).includes(dir))).toEqual([]);
});

test('export changes nothing in the knowledge base', async () => {
  const { kb } = await knowledgeBase();
  const before = tree(kb);
  await run(kb, ['export', 'okf', '../bundle']);
  await run(kb, ['export', 'llms-txt', '../site']);
  expect(tree(kb)).toEqual(before);
});

test.each([
  ['no-type', 'concepts/claim.md', 'type: "Concept"', 'type: ""'],
  ['no-front-matter', 'concepts/claim.md', '---\n', ''],
  ['bad-front-matter', 'concepts/claim.md', 'type: "Concept"', 'type: ["Concept"'],
  ['repeated-key', 'concepts/claim.md', 'type: "Concept"', 'type: "Concept"\ntype: "Other"'],
  ['bad-status', 'concepts/claim.md', 'status: "draft"', 'status: "wild"'],
  ['bad-generated', 'concepts/claim.md', /"at": "[^"]*"/, '"at": "2026-01-01 10:00"'],
  ['bad-source', 'concepts/claim.md', /"resource": "[^"]*", /, ''],
  ['bad-footnote', 'concepts/claim.md', /\n\[\^one\]:.*/, ''],
  ['broken-link', 'concepts/claim.md', '](/summaries/one.md)', '](/summaries/none.md)'],
  ['wikilink', 'concepts/claim.md', '# Claim', '# Claim [[concepts/x]]'],
  ['no-version', 'index.md', '"0.2"', '"0.1"'],
  ['index-front-matter', 'index.md', 'okf_version: "0.2"', 'okf_version: "0.2"\ntype: "Index"'],
  ['index-form', 'index.md', '* [', '- [['],
  ['log-form', 'log.md', '* **Ingest**', '* Ingest'],
  ['log-order', 'log.md', /$/, '\n## 2999-01-01\n\n* **Add**: x\n'],
])('the checker finds a planted fault: %s in %s', async (code, path, from, to) => {
  const { dir, kb } = await knowledgeBase();
  await run(kb, ['export', 'okf', '../bundle']);
  const text = read(join(dir, 'bundle'), path);
  const planted = text.replace(from, to);
  expect(planted).not.toBe(text);
  write(join(dir, 'bundle'), { [path]: planted });
  expect(check(join(dir, 'bundle')).map((fault) => `${fault.code} ${fault.path}`)).toContain(
    `${code} ${path}`,
  );
});

test('export llms-txt lists the pages, has them in one file, and links only what is there', async () => {
  const { dir, kb } = await knowledgeBase();
  expect((await run(kb, ['export', 'llms-txt', '../site'])).code).toBe(0);
  const site = join(dir, 'site');
  const list = read(site, 'llms.txt');
  expect(list).toMatch(/^# kb\n\n> A wiki of \d+ concepts? and \d+ entit/);
  expect(list.match(/^## .*$/gm)?.at(-1)).toBe('## Optional');
  const targets = [...list.matchAll(/^- \[[^\]]+\]\(([^()]+)\)/gm)].map(([, target = '']) =>
    decodeURIComponent(target),
  );
  expect(targets).toContain('concepts/claim.md');
  expect(targets.filter((target) => !existsSync(join(site, target)))).toEqual([]);
  const full = read(site, 'llms-full.txt');
  expect(full).toContain('The lamp is old ([one](summaries/one.md))');
  expect(full.replace(/`[^`]*`|```[^]*?```/g, '')).not.toContain('[[');
  expect(read(site, 'concepts/claim.md')).toContain('([one](../summaries/one.md))');
});

test('a second export renews what the first wrote, and removes what is gone', async () => {
  const { dir, kb } = await knowledgeBase();
  await run(kb, ['export', 'okf', '../bundle']);
  write(dir, { 'bundle/README.txt': 'mine' });
  rmSync(join(kb, 'wiki/notes'), { recursive: true });
  write(kb, { 'wiki/concepts/claim.md': page('type: "Concept"', '# Claim\n\nNew.') });
  const { code, out } = await run(kb, ['export', 'okf', '../bundle', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ type: 'exported', created: 0, removed: 1, faults: [] });
  expect(read(dir, 'bundle/concepts/claim.md')).toContain('New.');
  expect(existsSync(join(dir, 'bundle/notes/my note (1).md'))).toBe(false);
  expect(read(dir, 'bundle/README.txt')).toBe('mine');
});

test('a person’s files are not replaced without --force', async () => {
  const { dir, kb } = await knowledgeBase();
  write(dir, { 'bundle/index.md': 'mine' });
  const { code, err } = await run(kb, ['export', 'okf', '../bundle']);
  expect(code).toBe(1);
  expect(err).toContain('index.md" would be replaced');
  expect(Object.keys(tree(join(dir, 'bundle')))).toEqual(['index.md']);
  expect((await run(kb, ['export', 'okf', '../bundle', '--force'])).code).toBe(0);
  expect(check(join(dir, 'bundle'))).toEqual([]);
  // an export that a person has edited is theirs
  write(dir, { 'bundle/concepts/claim.md': 'mine' });
  expect((await run(kb, ['export', 'okf', '../bundle'])).code).toBe(1);
  expect(read(dir, 'bundle/concepts/claim.md')).toBe('mine');
});

test('a directory in or around the knowledge base is refused, by whatever way it is named', async () => {
  const { dir, kb } = await knowledgeBase();
  symlinkSync(kb, join(dir, 'link'));
  const before = tree(kb);
  const codes = await Promise.all(
    ['output/x', '.', '..', '../link/wiki', '/', ''].map(
      async (to) => (await run(kb, ['export', 'okf', to, '--force'])).code,
    ),
  );
  expect(codes).toEqual([2, 2, 2, 2, 2, 2]);
  expect(tree(kb)).toEqual(before);
  write(dir, { file: 'x' });
  expect((await run(kb, ['export', 'okf', '../file'])).code).toBe(1);
  expect((await run(kb, ['export', 'pdf', '../x'])).code).toBe(2);
});

test('--dry-run says what would be written, and writes nothing', async () => {
  const { dir, kb } = await knowledgeBase();
  const { out } = await run(kb, ['export', 'okf', '../bundle', '--dry-run', '--json']);
  expect(JSON.parse(out)).toMatchObject({ dryRun: true, updated: 0, removed: 0 });
  expect(existsSync(join(dir, 'bundle'))).toBe(false);
  const { created } = JSON.parse(out) as { created: number };
  const real = JSON.parse((await run(kb, ['export', 'okf', '../bundle', '--json'])).out) as {
    created: number;
  };
  expect(real.created).toBe(created);
});

test('an empty directory is filled, a missing parent made, and nothing else left beside it', async () => {
  const { dir, kb } = await knowledgeBase();
  mkdirSync(join(dir, 'empty'));
  expect((await run(kb, ['export', 'okf', '../empty'])).code).toBe(0);
  expect((await run(kb, ['export', 'okf', '../deep/er/bundle'])).code).toBe(0);
  expect(readdirSync(dir).toSorted()).toEqual(['deep', 'empty', 'kb', 'one.md', 'two.md']);
  expect(readdirSync(join(dir, 'deep/er'))).toEqual(['bundle']);
});
