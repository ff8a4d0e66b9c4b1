import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { nodeFileSystem } from '@openkb/atomic-fs';
import {
  buildSearchIndex,
  passagesOfPage,
  passagesOfSourcePages,
  searchPassages,
} from '@openkb/wiki';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { filesOf } from '../../src/knowledge-base/files.ts';
import { loadSearchIndex, type PageType } from '../../src/search/load.ts';

/** Enough pages that they are kept. */
const PAGES = 80;
const TYPES: PageType[] = ['summary', 'concept', 'source'];
const QUERIES = [
  'subject 7',
  'lighthouse',
  'what is subject 12?',
  'lighthose keepr',
  'Nebelhorn',
  'page',
];
const LONG = 'sources/report.json';

let root: string;
let wiki: Map<string, string>;
let read: string[];

const page = (n: number) =>
  `# Subject ${n}\n\nSubject ${n} is ${n % 3 === 0 ? 'a lighthouse' : 'kept by a keeper'}.\n\n## Part\n\nMore of page ${n}.\n`;

function write(path: string, text: string): void {
  writeFileSync(join(root, 'wiki', path), text);
  wiki.set(path, text);
}

function remove(path: string): void {
  rmSync(join(root, 'wiki', path));
  wiki.delete(path);
}

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'openkb-search-'));
  wiki = new Map();
  for (const name of ['.openkb', 'wiki/concepts', 'wiki/summaries', 'wiki/sources'])
    mkdirSync(join(root, name), { recursive: true });
  for (let n = 0; n < PAGES; n += 1) write(`concepts/subject-${n}.md`, page(n));
  write('summaries/all.md', '# All\n\nA lighthouse and its keeper.\n');
  write(
    LONG,
    JSON.stringify([
      { page: 1, content: 'A lighthouse.' },
      { page: 2, content: 'Fog.' },
    ]),
  );
  await sleep(25);
});

afterEach(() => rmSync(root, { recursive: true }));

/** What a process that starts anew finds. */
function found(types = TYPES) {
  const fileSystem = nodeFileSystem();
  const files = filesOf(fileSystem, root);
  read = [];
  const bytes = (path: string) => {
    read.push(path);
    return files.bytes(path);
  };
  const index = loadSearchIndex({ root, fileSystem, files: { ...files, bytes } }, types);
  const reads = read.length;
  return { reads, hits: QUERIES.map((query) => searchPassages(index, query)) };
}

/** What an index of all pages finds. */
function expected() {
  const paths = [...wiki.keys()].toSorted();
  const passages = paths.flatMap((path) =>
    path === LONG
      ? passagesOfSourcePages(path, 'report', [
          { page: 1, text: 'A lighthouse.' },
          { page: 2, text: 'Fog.' },
        ])
      : passagesOfPage(path, wiki.get(path) ?? ''),
  );
  return QUERIES.map((query) => searchPassages(buildSearchIndex(passages), query));
}

test('only pages that changed are analysed again, and the same is found', () => {
  expect(found()).toEqual({ reads: PAGES + 2, hits: expected() });
  // the summary and the source are too few to be kept
  expect(found()).toEqual({ reads: 2, hits: expected() });
  write('concepts/subject-7.md', '# Subject 7\n\nNothing of a keeper, but of a Nebelhorn.\n');
  remove('concepts/subject-12.md');
  write('concepts/new.md', '# What is new\n\nThe keepers of page 12.\n');
  expect(found()).toEqual({ reads: 4, hits: expected() });
  for (let n = 20; n < PAGES; n += 1) remove(`concepts/subject-${n}.md`);
  expect(found()).toEqual({ reads: 4, hits: expected() });
});

test('pages too short to tell are analysed in the language of most of the text, also when that changes', () => {
  found();
  const german = 'Das Nebelhorn ist ein Schallsignal, das von einem Leuchtturm aus gegeben wird. ';
  for (let n = 0; n < 30; n += 1)
    write(`concepts/nebel-${n}.md`, `# Nebel ${n}\n\n${german.repeat(9)}\n`);
  expect(found().hits).toEqual(expected());
});

test('of the types that are asked for and of no others', () => {
  found();
  const pages = found(['summary', 'summary'])
    .hits.flat()
    .map(({ passage }) => passage.page);
  expect(new Set(pages)).toEqual(new Set(['summaries/all.md']));
});

test('a damaged file and one of other content are as good as none', () => {
  found();
  const kept = join(root, '.openkb/cache/search/concepts');
  for (const damaged of ['', 'openkb', '{}\n[]']) {
    writeFileSync(kept, damaged);
    expect(found().hits).toEqual(expected());
  }
});
