import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { changedPaths, read, sha256, tree, write } from './helpers/knowledge-base.ts';
import { ORIGINALS, writePythonMade } from './helpers/python-made.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

const NEW = `# Positional encoding

Positional encoding is a vector that tells the order of words. The transformer adds positional encoding
to its inputs. Without positional encoding the transformer has no order. Ashish Vaswani chose sines.
`;

function pythonMade(options = {}): string {
  const dir = temporaryDirectory(onTestFinished);
  writePythonMade(join(dir, 'kb'), options);
  write(dir, { 'positions.md': NEW });
  return dir;
}

const openkb = (dir: string, ...args: string[]) => run(dir, [...args, '--kb', 'kb']);
const registry = (dir: string) =>
  JSON.parse(read(dir, 'kb/.openkb/hashes.json')) as Record<string, Record<string, unknown>>;

test('it is listed, searched and asked, and stays byte for byte as it was', async () => {
  const dir = pythonMade();
  const before = tree(join(dir, 'kb'));
  const list = await openkb(dir, 'list');
  expect(list.code).toBe(0);
  expect(list.out).toMatch(
    /attention +long_pdf +\/home\/ana\/papers\/attention\.pdf\nOld Notes +md +Old Notes\.md/,
  );
  expect(JSON.parse((await openkb(dir, 'status', '--json')).out)).toMatchObject({
    model: 'gpt-5.4',
    documents: 2,
    pages: { summaries: 2, concepts: 2, entities: 0, explorations: 0, reports: 1 },
  });
  expect((await openkb(dir, 'search', 'recurrence')).out).toContain(
    'wiki/sources/attention.json, page 2',
  );
  expect((await openkb(dir, 'query', '--model', 'extractive', 'What is attention?')).out).toMatch(
    /^1\. Attention {2}wiki\/concepts\/attention\.md/,
  );
  expect(tree(join(dir, 'kb'))).toEqual(before);
});

test('a new document is added; what it does not touch stays byte for byte', async () => {
  const dir = pythonMade();
  const before = tree(join(dir, 'kb'));
  const page = read(dir, 'kb/wiki/index.md');
  const entries = registry(dir);
  expect((await openkb(dir, 'add', '--model', 'extractive', 'positions.md')).code).toBe(0);
  const added = Object.keys(tree(join(dir, 'kb'))).filter((path) => !(path in before));
  const changed = changedPaths(before, tree(join(dir, 'kb'))).filter((path) => path in before);
  expect(changed.filter((path) => !path.startsWith('wiki/concepts/'))).toEqual([
    '.openkb/hashes.json',
    'wiki/index.md',
  ]);
  expect(added).toEqual(
    expect.arrayContaining(['raw/positions.md', 'wiki/log.md', 'wiki/summaries/positions.md']),
  );
  expect(read(dir, 'kb/.openkb/hashes.json')).toBe(
    JSON.stringify({ ...entries, [sha256(NEW)]: registry(dir)[sha256(NEW)] }, null, 2),
  );
  expect(read(dir, 'kb/wiki/log.md')).toMatch(
    /^# Operations Log\n\n## \[.*\] ingest \| positions\.md\n$/,
  );
  const index = read(dir, 'kb/wiki/index.md');
  for (const line of page.split('\n').filter((text) => text.startsWith('- [[summaries')))
    expect(index).toContain(`${line}\n`);
  expect(index).toMatch(/## Documents\n(?:- .*\n)*- \[\[summaries\/positions\]\] \(short\) — /);
});

test('an entry goes to the end of a log that is there', async () => {
  const dir = pythonMade({ log: true });
  const before = read(dir, 'kb/wiki/log.md');
  await openkb(dir, 'add', '--model', 'extractive', 'positions.md');
  expect(read(dir, 'kb/wiki/log.md').startsWith(before)).toBe(true);
  expect(read(dir, 'kb/wiki/log.md').slice(before.length)).toMatch(
    /^\n## \[.*\] ingest \| positions\.md\n$/,
  );
});

test('its documents are known by their bytes, the old entry without a name included', async () => {
  const dir = pythonMade();
  write(dir, { 'somewhere/Old Notes.md': ORIGINALS['Old Notes.md'] });
  expect(
    (await openkb(dir, 'add', '--model', 'extractive', 'somewhere/Old Notes.md')).out,
  ).toContain('the same content is there already as "Old Notes"');
  expect((await openkb(dir, 'add', '--model', 'extractive', 'kb/raw')).out).toContain(
    'skipped 2, failed 0',
  );
});

test('a changed document of the old registry keeps its name, and its entry is completed', async () => {
  const dir = pythonMade();
  const text = `${ORIGINALS['Old Notes.md']}Alignment is a word for attention.\n`;
  write(dir, { 'Old Notes.md': text });
  expect((await openkb(dir, 'add', '--model', 'extractive', 'Old Notes.md')).out).toMatch(
    /^updated {2}Old Notes\.md -> wiki\/summaries\/Old Notes\.md/,
  );
  const entries = registry(dir);
  expect(Object.keys(entries)).toEqual([sha256(ORIGINALS['attention.pdf']), sha256(text)]);
  expect(entries[sha256(text)]).toEqual({
    name: 'Old Notes.md',
    type: 'md',
    doc_name: 'Old Notes',
    path: join(dir, 'Old Notes.md'),
    raw_path: 'raw/Old Notes.md',
    source_path: 'wiki/sources/Old Notes.md',
    text_sha256: sha256(read(dir, 'kb/wiki/sources/Old Notes.md')),
  });
  expect(read(dir, 'kb/raw/Old Notes.md')).toBe(text);
});

test('its model without a key: exit 4, what to set, and nothing written', async () => {
  const dir = pythonMade();
  rmSync(join(dir, 'kb/.env'), { force: true });
  const before = tree(join(dir, 'kb'));
  const refused = await openkb(dir, 'add', 'positions.md');
  expect(refused).toMatchObject({ code: 4, err: expect.stringContaining('OPENAI_API_KEY') });
  expect(tree(join(dir, 'kb'))).toEqual(before);
});
