// Directories of a known size, the change sets that the benchmarks commit, and a journal on them.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { nodeFileSystem } from '@openkb/atomic-fs';
import { kernelLocks, openJournal } from '@openkb/journal';

export const SIZES = (process.env.OPENKB_BENCH_PAGES ?? '100,1000,10000,50000')
  .split(',')
  .map(Number);
/** Pages of a change set: ten that are there, five that are new. */
export const PAGES = 15;
export const REPLACED = 10;
/** A document brings five new pages, so that a wiki has a fifth as many documents as pages. */
const PAGES_PER_DOCUMENT = 5;

export const pageBytes = (n) =>
  Buffer.from(`# Page ${n}\n\n${'A sentence of a page. '.repeat(180)}\n`);

/** A knowledge base with so many concept pages, a tenth as many entities, index and registry to match. */
export function makeKnowledgeBase(pages) {
  const root = mkdtempSync(join(tmpdir(), 'openkb-bench-'));
  for (const directory of ['.openkb', 'wiki/concepts', 'wiki/entities', 'wiki/summaries']) {
    mkdirSync(join(root, directory), { recursive: true });
  }
  for (const directory of ['wiki/sources', 'raw']) mkdirSync(join(root, directory));
  for (let n = 0; n < pages; n += 1) {
    writeFileSync(join(root, 'wiki/concepts', `c${n}.md`), pageBytes(n));
    if (n % 10 === 0) writeFileSync(join(root, 'wiki/entities', `e${n}.md`), pageBytes(n));
  }
  writeFileSync(join(root, 'wiki/index.md'), indexBytes(pages));
  writeFileSync(join(root, '.openkb/hashes.json'), registryBytes(pages));
  return root;
}

function indexBytes(pages) {
  const lines = Array.from(
    { length: pages },
    (_, n) => `- [[concepts/c${n}]] - what the page of number ${n} is about, in one line`,
  );
  return Buffer.from(`# Index\n\n## Concepts\n${lines.join('\n')}\n`);
}

function registryBytes(pages) {
  const documents = Array.from({ length: pages / PAGES_PER_DOCUMENT }, (_, n) => [
    n.toString(16).padStart(64, '0'),
    {
      name: `document ${n}.pdf`,
      doc_name: `document-${n}`,
      type: 'pdf',
      path: `/home/someone/papers/document ${n}.pdf`,
      raw_path: `raw/document-${n}.pdf`,
      source_path: `wiki/sources/document-${n}.md`,
    },
  ]);
  return Buffer.from(JSON.stringify(Object.fromEntries(documents), null, 2));
}

/** Ten pages replaced, five new. */
export function pageChanges(round) {
  return Array.from({ length: PAGES }, (_, n) => ({
    kind: 'write',
    path: `wiki/concepts/${n < REPLACED ? `c${n}` : `new-${round}-${n}`}.md`,
    bytes: pageBytes(round * 100 + n),
  }));
}

/** What a whole `add` commits: the pages, summary and source, index and registry rewritten. */
export function addChanges(root, round) {
  const grown = (path) => withOneMoreLine(join(root, path));
  const written = [
    [`wiki/summaries/new-${round}.md`, pageBytes(round)],
    [`wiki/sources/new-${round}.md`, pageBytes(round)],
    ['wiki/index.md', grown('wiki/index.md')],
    ['.openkb/hashes.json', grown('.openkb/hashes.json')],
  ];
  const others = written.map(([path, bytes]) => ({ kind: 'write', path, bytes }));
  return [...pageChanges(round), ...others];
}

/** What a file holds and a line end, in memory once. */
function withOneMoreLine(path) {
  const { size } = statSync(path);
  const bytes = Buffer.alloc(size + 1, '\n');
  const descriptor = openSync(path);
  readSync(descriptor, bytes, 0, size, 0);
  closeSync(descriptor);
  return bytes;
}

export function journalOf(root, fileSystem = nodeFileSystem(), options = {}) {
  return openJournal({
    root,
    fileSystem,
    locks: kernelLocks(),
    clock: () => new Date(),
    randomId: () => randomBytes(8).toString('hex'),
    command: 'bench',
    ...options,
  });
}

/** Takes the lock, commits, and frees it. */
export async function commit(journal, changes) {
  const session = await journal.acquire('exclusive');
  try {
    session.commit({ operation: 'bench', changes });
  } finally {
    session.release();
  }
}
