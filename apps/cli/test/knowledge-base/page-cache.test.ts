import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type FileSystem, nodeFileSystem } from '@openkb/atomic-fs';
import { pageFacts } from '@openkb/wiki';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { pageCache } from '../../src/knowledge-base/cache/page-cache.ts';

/** Enough pages that they are kept. */
const PAGES = 80;
let root: string;
let cacheFile: string;
let reads = 0;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'openkb-cache-'));
  mkdirSync(join(root, '.openkb'));
  mkdirSync(join(root, 'wiki/concepts'), { recursive: true });
  cacheFile = join(root, '.openkb/cache/pages/concepts');
  for (let n = 0; n < PAGES; n += 1) write(pageName(n), `first ${n}`);
});

afterEach(() => rmSync(root, { recursive: true }));

const pageName = (n: number) => `page-${n}.md`;
const place = (name: string) => join(root, 'wiki/concepts', name);
const text = (word: string) =>
  `---\ntype: "Concept"\ntitle: "${word}"\n---\n\n# ${word}\n\nSee [[concepts/${word}|it]].\n`;

/** Writes a page in place, as of one moment of 2001: its size and times say nothing. */
function write(name: string, word: string): void {
  writeFileSync(place(name), text(word));
  utimesSync(place(name), 1e9, 1e9);
}

const names = () => readdirSync(join(root, 'wiki/concepts')).toSorted();

/** What a process that starts anew sees. */
function cached(fileSystem = nodeFileSystem()): Record<string, unknown> {
  reads = 0;
  const read = (path: string) => {
    reads += 1;
    return readFileSync(join(root, 'wiki', path), 'utf8');
  };
  const facts = pageCache({ fileSystem, root, read });
  const pages = facts(
    'concepts',
    names().map((name) => `concepts/${name}`),
  );
  return plain(pages.paths.map((path) => [path, pages.facts(path)]));
}

/** What reading every page gives. */
const uncached = () =>
  plain(
    names().map((name) => {
      const path = `concepts/${name}`;
      return [path, pageFacts(path, readFileSync(place(name), 'utf8'))];
    }),
  );

const plain = (entries: [string, unknown][]) =>
  JSON.parse(JSON.stringify(Object.fromEntries(entries))) as Record<string, unknown>;

/** Waits until the clock of the file system has ticked. */
const tick = () => sleep(25);

test('pages are read once, and after that only those that changed', async () => {
  await tick();
  expect(cached()).toEqual(uncached());
  expect(reads).toBe(PAGES);
  expect(cached()).toEqual(uncached());
  expect(reads).toBe(0);
  write(pageName(7), 'other');
  expect(cached()).toEqual(uncached());
  expect(reads).toBe(1);
});

test('a small wiki keeps nothing', async () => {
  for (const name of names().slice(60)) rmSync(place(name));
  await tick();
  cached();
  expect(readdirSync(join(root, '.openkb'))).toEqual([]);
});

/** A file system whose clock stands still until it is set, and that counts every file as of the last time it was told of. */
function standing(clock: { now: number }) {
  const real = nodeFileSystem();
  const times = new Map<string, number>();
  const fileSystem: FileSystem = {
    ...real,
    open: (path, flag, mode) => {
      if (flag === 'create') times.set(path, clock.now);
      return real.open(path, flag, mode);
    },
    stat: (path) => {
      const time = times.get(path) ?? 0;
      const stat = real.stat(path);
      return stat && { ...stat, modified: time, changed: time };
    },
  };
  const writeAt = (name: string, word: string) => {
    write(name, word);
    times.set(place(name), clock.now);
  };
  return { fileSystem, writeAt };
}

test('a small wiki of large pages keeps them', async () => {
  for (const name of names().slice(3)) rmSync(place(name));
  for (const name of names()) write(name, 'word '.repeat(40_000));
  await tick();
  cached();
  expect(reads).toBe(3);
  expect(cached()).toEqual(uncached());
  expect(reads).toBe(0);
});

test('nothing is written through a link that leads out of the knowledge base', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'openkb-outside-'));
  symlinkSync(outside, join(root, '.openkb/cache'));
  await tick();
  expect(cached()).toEqual(uncached());
  expect(readdirSync(outside)).toEqual([]);
  rmSync(outside, { recursive: true });
});

test('a page written twice within a tick of the clock is read again, though size and times are the same', () => {
  const clock = { now: 5 };
  const { fileSystem, writeAt } = standing(clock);
  for (const name of names()) writeAt(name, 'before');
  expect(cached(fileSystem)).toEqual(uncached());
  for (const name of names()) writeAt(name, 'beside');
  expect(cached(fileSystem)).toEqual(uncached());
  clock.now = 6;
  expect(cached(fileSystem)).toEqual(uncached());
  expect(cached(fileSystem)).toEqual(uncached());
  expect(reads).toBe(0);
});

test('a page written while the pages are read is not kept as what it was before', () => {
  const clock = { now: 5 };
  const { fileSystem, writeAt } = standing(clock);
  for (const name of names()) writeAt(name, 'before');
  clock.now = 6;
  const read = (path: string) => {
    const found = readFileSync(join(root, 'wiki', path), 'utf8');
    writeAt(path.slice('concepts/'.length), 'beside');
    return found;
  };
  const paths = names().map((name) => `concepts/${name}`);
  pageCache({ fileSystem, root, read })('concepts', paths);
  expect(cached(fileSystem)).toEqual(uncached());
});

test('whatever becomes of the file, the facts are right and no error is raised', async () => {
  await tick();
  cached();
  const whole = readFileSync(cacheFile);
  const foreign = Buffer.from(whole.toString('latin1').replace('pages 1', 'pages 9'), 'latin1');
  const flipped = Buffer.from(whole);
  flipped[flipped.length - 20] = 0x41;
  const other = whole.toString('utf8').replaceAll('first 3', 'worse 3');
  for (const damaged of [foreign, flipped, other, whole.subarray(0, 900), Buffer.alloc(0), 'x']) {
    writeFileSync(cacheFile, damaged);
    expect(cached()).toEqual(uncached());
    expect(reads).toBe(PAGES);
  }
  rmSync(join(root, '.openkb/cache'), { recursive: true });
  writeFileSync(join(root, '.openkb/cache'), 'a file where a directory is expected');
  expect(cached()).toEqual(uncached());
  rmSync(join(root, '.openkb/cache'));
  mkdirSync(cacheFile, { recursive: true });
  expect(cached()).toEqual(uncached());
});

test('what another process leaves behind is cleared away when it is old, and left alone when it is not', async () => {
  await tick();
  cached();
  const directory = join(root, '.openkb/cache/pages');
  const hourAgo = Date.now() / 1000 - 2 * 3600;
  writeFileSync(join(directory, '.openkb-1c1.tmp'), '');
  writeFileSync(join(directory, '.openkb-2c1.tmp'), '');
  utimesSync(join(directory, '.openkb-1c1.tmp'), hourAgo, hourAgo);
  rmSync(cacheFile);
  cached();
  expect(readdirSync(directory).toSorted()).toEqual(['.openkb-2c1.tmp', 'concepts']);
});

type Edit = (a: string, b: string) => void;

/** Ways to change a page that a look at size and time alone would miss. */
const EDITS: Record<string, Edit> = {
  'the same size': (a) => writeFileSync(place(a), text('FIRST 1')),
  'the same size and time': (a) => write(a, 'First 2'),
  longer: (a) => write(a, 'a longer title'),
  touched: (a) => utimesSync(place(a), 1, 1),
  'a time to come': (a) => {
    write(a, 'later 3');
    utimesSync(place(a), 4e9, 4e9);
  },
  swapped: (a, b) => {
    renameSync(place(a), place('aside'));
    renameSync(place(b), place(a));
    renameSync(place('aside'), place(b));
  },
  'moved over another': (a, b) => renameSync(place(a), place(b)),
  replaced: (a) => {
    write('aside', 'first 9');
    renameSync(place('aside'), place(a));
  },
  removed: (a) => rmSync(place(a)),
  'a new name': (a) => renameSync(place(a), place(`Ä ${a}`)),
  'made anew': (a) => {
    rmSync(place(a));
    write(a, 'first 8');
  },
  'all of them': () => names().forEach((name) => write(name, 'all new')),
  'no cache': () => rmSync(join(root, '.openkb/cache'), { recursive: true, force: true }),
};

test('for any sequence of edits the facts are those of the texts', async () => {
  await tick();
  const edit = fc.tuple(fc.constantFrom(...Object.keys(EDITS)), fc.nat(), fc.nat(), fc.boolean());
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
      for (let n = 0; n < PAGES; n += 1) write(pageName(n), `first ${n % 9}`);
      cached();
      for (const [kind, a, b, waits] of edits) {
        const present = names();
        const first = present[a % present.length];
        const second = present[b % present.length];
        if (first === undefined || second === undefined || first === second) continue;
        // oxlint-disable-next-line no-await-in-loop -- the clock of the file system must tick
        if (waits) await sleep(5);
        EDITS[kind]?.(first, second);
        expect(cached()).toEqual(uncached());
      }
    }),
    { numRuns: 12 },
  );
});
