import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { spawnCli } from '../helpers/child.ts';
import { encryptedPdf } from '../helpers/encrypted-pdf.ts';
import { read, tree, write } from '../helpers/knowledge-base.ts';
import { run, type RunOptions, temporaryDirectory } from '../helpers/run.ts';
import { webServer } from '../helpers/web-server.ts';

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAQ0lEQVR42u3PAQ0AMAgDsPs3PQuDhFZBt4mVVzsAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADuDUeXAAHpVvvUAAAAAElFTkSuQmCC';
const NOTES = '# Notes\n\n## Wicks\n\nOf wicks.\n';
const PICTURED = '# Picture\n\n![a lamp](lamp.png)\n';

function started(files: Record<string, string | Uint8Array>) {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, files);
  const convert = (args: string[], options: RunOptions = {}) =>
    run(dir, ['convert', ...args], options);
  return { dir, convert };
}

test('a document is shown as it would be stored, and nothing is written', async () => {
  const { dir, convert } = started({ 'notes.md': NOTES });
  const before = tree(dir);
  expect(await convert(['notes.md', '--no-progress'])).toEqual({
    code: 0,
    out: `---\ntype: "Source"\ntitle: "Notes"\n---\n\n${NOTES.trimEnd()}`,
    err: '',
  });
  expect(tree(dir)).toEqual(before);
});

test('with --json the document is one object', async () => {
  const { convert } = started({ 'notes.md': NOTES });
  const { out } = await convert(['notes.md', '--json', '--tree']);
  expect(JSON.parse(out)).toMatchObject({
    type: 'conversion',
    source: 'notes.md',
    name: 'notes',
    title: 'Notes',
    format: 'markdown',
    markdown: expect.stringContaining('# Notes\n'),
    outline: [
      { title: 'Notes', level: 1 },
      { title: 'Wicks', level: 2 },
    ],
    tree: {
      nodes: [{ title: 'Notes', startLine: 6, children: [{ title: 'Wicks', startLine: 8 }] }],
    },
  });
});

test('the lines of a tree are those of the text that is shown', async () => {
  const { convert } = started({ 'notes.md': NOTES });
  const { out } = await convert(['notes.md', '--json', '--tree']);
  const { markdown, tree: sections } = JSON.parse(out) as {
    markdown: string;
    tree: { nodes: { title: string; startLine: number; children: { startLine: number }[] }[] };
  };
  const lines = markdown.split('\n');
  expect(lines[(sections.nodes[0]?.startLine ?? 0) - 1]).toBe('# Notes');
  expect(lines[(sections.nodes[0]?.children[0]?.startLine ?? 0) - 1]).toBe('## Wicks');
  expect((await convert(['notes.md', '--tree'])).out).toBe(
    '0000 Notes (lines 6–10)\n  0001 Wicks (lines 8–10)',
  );
});

test('with -o text, pictures and sections are files whose links fit', async () => {
  const { dir, convert } = started({
    'my notes.md': PICTURED,
    'lamp.png': Buffer.from(PIXEL, 'base64'),
  });
  const { code, out } = await convert(['my notes.md', '-o', 'out/deep', '--tree']);
  expect([code, out]).toEqual([
    0,
    `converted  my notes.md -> ${dir}/out/deep/my-notes.md, and 2 more files`,
  ]);
  const files = Object.keys(tree(join(dir, 'out/deep'))).filter((path) => !path.endsWith('/'));
  expect(files).toHaveLength(3);
  const image = files.find((path) => path.startsWith('images/my-notes/')) ?? '';
  expect(read(dir, 'out/deep/my-notes.md')).toContain(`](${image})`);
  expect(JSON.parse(read(dir, 'out/deep/my-notes.tree.json'))).toMatchObject({
    method: 'headings',
  });
});

test("a person's files in the directory are replaced with --force only, and links never followed", async () => {
  const { dir, convert } = started({
    'notes.md': NOTES,
    'out/notes.md': 'mine',
    'else.md': 'precious',
  });
  const refused = await convert(['notes.md', '-o', 'out', '--tree']);
  expect([refused.code, refused.err]).toEqual([
    1,
    expect.stringContaining(`a file with other content is there already: "${dir}/out/notes.md"`),
  ]);
  expect(readdirSync(join(dir, 'out'))).toEqual(['notes.md']);
  expect(read(dir, 'out/notes.md')).toBe('mine');
  expect((await convert(['notes.md', '-o', 'out', '--force'])).code).toBe(0);
  expect(read(dir, 'out/notes.md')).toContain(NOTES);
  expect((await convert(['notes.md', '-o', 'out'])).code).toBe(0);
  symlinkSync('../else.md', join(dir, 'out/linked.md'));
  write(dir, { 'linked.md': NOTES });
  expect((await convert(['linked.md', '-o', 'out', '--force'])).code).toBe(1);
  expect(read(dir, 'else.md')).toBe('precious');
});

test('several documents go into one directory; one that fails stops none, and no name is used twice', async () => {
  const { dir, convert } = started({
    'a.md': NOTES,
    'b/A.txt': 'Other text.',
    'c.pdf': '%PDF-1.7 broken',
  });
  const { code, out, err } = await convert(['a.md', 'b/A.txt', 'c.pdf', 'gone.md', '-o', 'out']);
  expect(code).toBe(3);
  const [first, second = ''] = out.split('\n');
  expect(first).toBe(`converted  a.md -> ${dir}/out/a.md`);
  expect(second).toMatch(/^converted {2}b\/A\.txt -> .*\/out\/A-[0-9a-f]{8}\.md$/);
  expect(err).toContain('cannot convert "c.pdf": it ');
  expect(err).toContain('cannot convert "gone.md": there is no such file');
  expect(readdirSync(join(dir, 'out'))).toEqual([second.split('/').at(-1), 'a.md']);
});

test.each([
  [[], 'there is nothing to convert'],
  [['a.md', 'b.md'], 'Name a directory for them with -o.'],
  [['a.md', '-o'], 'a value is missing after the option: o'],
])('wrong usage exits 2 and says what to change: %j', async (args, expected) => {
  const { code, err } = await started({}).convert(args);
  expect(code).toBe(2);
  expect(err).toContain(expected);
});

test.each([
  ['.', 'it is a directory'],
  ['empty.md', 'it is empty'],
  ['x.zip', '"x.zip"'],
  ['www.example.org/a', 'https://www.example.org/a'],
])('what cannot be converted is named with the reason: %s', async (source, expected) => {
  const { convert } = started({ 'empty.md': '', 'x.zip': Buffer.from('504b0506', 'hex') });
  const { code, out, err } = await convert([source]);
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain(expected);
});

test('a web page is converted without a knowledge base, with its address', async () => {
  const body = `<!doctype html><title>The lamp</title><article><h1>The lamp</h1><p>${'It burns oil. '.repeat(40)}</p><a href="/more">more</a></article>`;
  const { origin } = await webServer(onTestFinished, { '/lamp': body });
  const { dir, convert } = started({});
  const { code, out } = await convert([`${origin}/lamp`, '-o', 'out']);
  expect([code, out]).toEqual([0, `converted  ${origin}/lamp -> ${dir}/out/The-lamp.md`]);
  expect(read(dir, 'out/The-lamp.md')).toMatch(
    /^---\ntype: "Source"\ntitle: "The lamp"\nresource: "http:/,
  );
  expect((await convert([`${origin.replace('//', '//u:s3cret@')}/gone`])).err).toMatch(
    /^(?!.*s3cret)[^]*was not found/,
  );
});

test('standard input is converted by what it holds', async () => {
  const { dir } = started({});
  const child = spawnCli(dir, ['convert', '-']);
  child.process.stdin.end('<!doctype html><title>Piped</title><h1>Piped</h1><p>Text.</p>');
  const { code, out, err } = await child.ended;
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/title: "Piped"\n---\n\n# Piped\n\nText\.\n$/),
  ]);
  expect(err).toBe('[1/1] converting standard input\n');
  const empty = spawnCli(dir, ['convert', '-']);
  empty.process.stdin.end();
  expect(await empty.ended).toMatchObject({
    code: 1,
    err: expect.stringContaining('nothing came'),
  });
});

test('Ctrl-C while standard input is awaited ends the command (exit 130)', async () => {
  const { dir } = started({});
  const child = spawnCli(dir, ['convert', '-']);
  child.process.stderr.once('data', () => child.process.kill('SIGINT'));
  expect((await child.ended).code).toBe(130);
});

test('what goes into a pipe is the text byte for byte', async () => {
  const { dir } = started({ 'rtl.md': '# שלום\n\n\u202Bשלום\u202C tab\there.\n' });
  const { out } = await spawnCli(dir, ['convert', 'rtl.md']).ended;
  expect(out).toContain('\n# שלום\n\n\u202Bשלום\u202C tab\there.\n');
});

test('an encrypted PDF is converted and added with its password, which is written nowhere', async () => {
  const { dir, convert } = started({
    'safe.pdf': encryptedPdf('s3same', 'The Argand lamp burns oil.'),
  });
  const refused = await convert(['safe.pdf']);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('The password of a PDF can be given with --password.');
  expect((await convert(['safe.pdf', '--password', 'wrong'])).code).toBe(1);
  expect((await convert(['safe.pdf', '--password', 's3same'])).out).toContain(
    'The Argand lamp burns oil.',
  );
  await run(dir, ['init', 'kb']);
  const added = await run(dir, ['add', '--kb', 'kb', 'safe.pdf', '--password', 's3same', '--json']);
  expect([added.code, added.out + added.err]).toEqual([0, expect.not.stringContaining('s3same')]);
  expect(read(dir, 'kb/wiki/sources/safe.md')).toContain('The Argand lamp burns oil.');
  const files = Object.keys(tree(join(dir, 'kb'))).filter((path) => !path.endsWith('/'));
  expect(files.filter((path) => read(dir, `kb/${path}`).includes('s3same'))).toEqual([]);
});

test.each([
  'kb/wiki',
  'kb/wiki/sources',
  'kb/raw',
  'kb/raw/new/deep',
  'kb/.openkb',
  'link/new',
  'kb/x/../raw',
])(
  'a directory that is a knowledge base’s own is refused before anything is converted: %s',
  async (output) => {
    const { dir, convert } = started({ 'notes.md': NOTES });
    await run(dir, ['init', 'kb']);
    symlinkSync(join(dir, 'kb/wiki'), join(dir, 'link'));
    const before = tree(join(dir, 'kb'));
    const { code, err } = await convert(['notes.md', '-o', output]);
    expect(code).toBe(2);
    expect(err).toContain(`cannot write into "${output}": "`);
    expect(err).toContain(`belongs to the knowledge base in "${join(dir, 'kb')}"`);
    expect(tree(join(dir, 'kb'))).toEqual(before);
  },
);

test('other directories of a knowledge base are free', async () => {
  const { dir, convert } = started({ 'notes.md': NOTES });
  await run(dir, ['init', 'kb']);
  expect((await convert(['notes.md', '-o', 'kb/output'])).code).toBe(0);
  expect((await convert(['notes.md', '-o', 'kb/texts/new'])).code).toBe(0);
  expect(read(dir, 'kb/output/notes.md')).toContain('Of wicks.');
  expect((await run(dir, ['convert', '-C', 'kb', '../notes.md', '-o', 'raw'])).code).toBe(2);
});
