import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { scanSources } from '../../src/add/scan.ts';
import { realServices } from '../../src/compose.ts';
import { temporaryDirectory } from '../helpers/run.ts';

function scan(files: readonly string[], named: readonly string[], prepare = (_dir: string) => {}) {
  const from = temporaryDirectory(onTestFinished);
  for (const file of files) {
    mkdirSync(dirname(join(from, file)), { recursive: true });
    writeFileSync(join(from, file), file);
  }
  prepare(from);
  const { sources } = realServices();
  const extensions = ['.md', '.pdf'];
  const result = scanSources(named, {
    sources,
    realPath: (path) => realpathSync(path),
    extensions,
    from,
    root: join(from, 'kb'),
  });
  return {
    found: result.found.map(({ shown }) => shown),
    skipped: result.skipped,
    failed: result.failed.map(({ shown, error }) => [shown, error.message]),
  };
}

test('directories are read to their depths, by name; hidden and owner files are passed over', () => {
  const files = [
    'd/b.md',
    'd/a/z.PDF',
    'd/.hidden.md',
    'd/.git/x.md',
    'd/~$w.md',
    'd/.~lock.b.md#',
  ];
  expect(scan(files, ['d'])).toEqual({ found: ['d/a/z.PDF', 'd/b.md'], skipped: [], failed: [] });
});

test('what cannot be read in a directory is skipped with the reason', () => {
  expect(scan(['d/a.md', 'd/b.xyz', 'd/README'], ['d']).skipped).toEqual([
    { shown: 'd/README', reason: 'a file without an ending cannot be read' },
    { shown: 'd/b.xyz', reason: 'the format ".xyz" cannot be read' },
  ]);
});

test('what is named and cannot be read has failed, and the rest is found', () => {
  const result = scan(
    ['a.md', 'b.xyz', 'e/x.zip'],
    ['b.xyz', 'gone.md', 'e', 'ftp://x.org/a', 'a.md'],
  );
  expect(result.found).toEqual(['a.md']);
  expect(result.failed).toEqual([
    ['b.xyz', 'cannot add "b.xyz": the format ".xyz" cannot be read'],
    ['gone.md', 'cannot add "gone.md": no such file or directory'],
    ['e', 'cannot add "e": the directory has no documents in it'],
    [
      'ftp://x.org/a',
      'cannot add "ftp://x.org/a": it cannot be downloaded: only http and https can, not "ftp:"',
    ],
  ]);
});

const link = (dir: string) => {
  symlinkSync(join(dir, 'd'), join(dir, 'd/loop'));
  symlinkSync(join(dir, 'd/a.md'), join(dir, 'd/b.md'));
};

test('a source named twice, or reached twice through a link, is found once', () => {
  expect(scan(['d/a.md'], ['d/a.md', 'd', './d/a.md'], link).found).toEqual(['d/a.md']);
});

test('an address named twice is found once, whatever it points to within the page', () => {
  const named = ['https://x.org/a', 'https://X.org/a#b', 'https://x.org/a?b'];
  expect(scan([], named).found).toEqual(['https://x.org/a', 'https://x.org/a?b']);
});

test('the knowledge base is no source of its own, but its originals can be named', () => {
  const files = [
    'kb/raw/o.md',
    'kb/wiki/index.md',
    'kb/output/x.md',
    'kb/.openkb/y.md',
    'kb/own.md',
  ];
  expect(scan(files, ['.']).found).toEqual(['kb/own.md']);
  expect(scan(files, ['kb']).found).toEqual(['kb/own.md']);
  expect(scan(files, ['kb/raw']).found).toEqual(['kb/raw/o.md']);
  expect(scan(files, ['kb/raw/o.md']).found).toEqual(['kb/raw/o.md']);
  expect(scan(files, ['kb/wiki', 'kb/wiki/index.md']).failed).toEqual([
    ['kb/wiki', 'cannot add "kb/wiki": "wiki" belongs to the knowledge base itself'],
    [
      'kb/wiki/index.md',
      'cannot add "kb/wiki/index.md": "wiki" belongs to the knowledge base itself',
    ],
  ]);
});
