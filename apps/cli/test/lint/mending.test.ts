/** Whatever people do to a wiki: mending finds an end, keeps their words, and leaves what is in order alone. */
import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { linkText, splitFrontMatter } from '@openkb/wiki';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';

import { changedPaths, read, tree, write } from '../helpers/knowledge-base.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';

const name = fc.constantFrom('a', 'B', 'gist-memory', 'Gist_Memory', 'ä', 'ﬁsh', 'x y', 'lamp');
const folder = fc.constantFrom(
  'concepts',
  'entities',
  'summaries',
  'sources',
  'explorations',
  'notes',
  'concepts/sub',
);
const target = fc.oneof(
  fc.tuple(folder, name).map(([where, what]) => `${where}/${what}`),
  name,
  fc.constantFrom(
    'Concepts/LAMP',
    'gist memory',
    'none',
    'index',
    '#top',
    'a.png',
    '../x',
    '/etc/passwd',
    'a\\b',
  ),
);
const link = fc
  .tuple(target, fc.constantFrom('', '#part', '|its words', '\\|cell'))
  .map(([to, rest]) => `[[${to}${rest}]]`);
const piece = fc.oneof(
  link,
  link.map((one) => `![${one.slice(1)}`),
  link.map((one) => `| ${one} | cell |\n`),
  fc.constantFrom(
    'words ',
    '\n',
    '\r\n',
    '`',
    '```\n',
    '- ',
    '<!-- keep -->',
    '<!-- /keep -->',
    '---\n',
    '## Part\n',
  ),
);
const front = fc.constantFrom(
  '',
  '---\n---\n',
  '---\nsources: ["summaries/lamp.md"]\n---\n',
  '---\ntype: "Concept"\nsources: ["summaries/none.md"]\n---\n',
  '---\r\nbrief: "In brief: so"\r\nsources: []\r\n---\r\n',
  '---\nsources: []\ntags: [x]\ntags: [x]\n---\n',
  '---\nsources: []\ntitle: a\ntitle: b\n---\n',
  '---\ntype: [\n---\n',
  '\uFEFF---\ncompiled_by: "x"\n---\n',
);
const page = fc
  .tuple(front, fc.array(piece, { maxLength: 8 }))
  .map(([head, pieces]) => head + pieces.join(''));
const pages = fc.dictionary(
  fc.tuple(folder, name).map(([where, what]) => `wiki/${where}/${what}.md`),
  page,
  { minKeys: 1, maxKeys: 8 },
);
const index = fc.option(
  fc.array(
    fc.oneof(
      fc.constantFrom(
        '# Knowledge Base Index\n',
        '\n',
        '## Documents\n',
        '## Concepts\n',
        '## Entities\n',
        '## Mine\n',
        '```\n',
      ),
      link.map((one) => `- ${one} — about it\n`),
      link.map((one) => `Read ${one}!\n`),
    ),
    { maxLength: 12 },
  ),
);

/** What a reader sees of a body: words, without the marks and places of links. */
const wordsOf = (text: string): string[] =>
  splitFrontMatter(text)
    .body.replace(/\[\[[^[\]\n|]*\|([^[\]\n]*)\]\]/g, ' $1 ')
    .replace(/\[\[([^[\]\n|#]+)(?:#[^[\]\n|]*)?\]\]/g, (_, to: string) => linkText({ target: to }))
    .match(/[\p{L}\p{N}]+/gu) ?? [];

const folded = (words: readonly string[]): string => words.join('').normalize('NFKC').toLowerCase();

test('mending finds an end, keeps every word, and a second run changes nothing', async () => {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'lamp.md': '# Lamp\n\nThe Argand lamp is an oil lamp. The Argand lamp is old.\n' });
  await run(dir, ['init', 'kb']);
  await run(dir, ['add', '--kb', 'kb', 'lamp.md']);
  const kb = join(dir, 'kb');
  renameSync(join(kb, 'wiki'), join(dir, 'wiki'));
  const lint = (...args: string[]) => run(kb, ['lint', '--fix', '--yes', '--json', ...args]);
  const property = fc.asyncProperty(pages, index, async (files, lines) => {
    rmSync(join(kb, 'wiki'), { recursive: true, force: true });
    for (const [path, kind] of Object.entries(tree(join(dir, 'wiki'))))
      if (kind !== 'directory') write(kb, { [`wiki/${path}`]: read(join(dir, 'wiki'), path) });
    write(kb, files);
    if (lines !== null) write(kb, { 'wiki/index.md': lines.join('') });
    const before = tree(kb);
    const texts = new Map(Object.keys(files).map((path) => [path, read(kb, path)]));
    const first = await lint();
    expect(first.err).toBe('');
    const after = tree(kb);
    const second = await lint();
    expect(changedPaths(after, tree(kb))).toEqual([]);
    expect(JSON.parse(second.out)).toMatchObject({ fix: { status: 'nothing' } });
    expect(JSON.parse(second.out)).toMatchObject({
      findings: (JSON.parse(first.out) as { findings: unknown }).findings,
    });
    for (const [path, text] of texts) {
      const now = read(kb, path);
      expect(folded(wordsOf(now))).toBe(folded(wordsOf(text)));
      expect(now.includes('type:') || !text.includes('type:')).toBe(true);
    }
    expect(second.out).not.toMatch(/not-in-index|index-entry-without-page|missing-index/);
    expect(changedPaths(before, after).every((path) => path.startsWith('wiki/'))).toBe(true);
    expect(readdirSync(join(kb, '.openkb/journal'))).toEqual([]);
  });
  await fc.assert(property, { numRuns: 12 });
});
