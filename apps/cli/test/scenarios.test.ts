/**
 * Every numbered failure scenario of the command line, and of the journal below it, is in the name of a test,
 * or has a reason here why it is not.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

const range = (letter: string, to: number) =>
  Array.from({ length: to }, (_, n) => letter + String(n + 1).padStart(2, '0'));

const SCENARIOS = [
  ...range('J', 30),
  ...range('S', 12),
  ...range('L', 13),
  ...range('U', 30),
  'U18b',
  'U18c',
  ...['a', 'b', 'c', 'd', 'e'].map((letter) => `W-${letter}`),
  ...range('R', 12),
  ...range('Q', 5),
];

/** What cannot happen here. */
const REASONS: Readonly<Record<string, string>> = {
  J21: 'no file here has side files: index and caches are files that are replaced whole',
  J22: 'no database is open while something is rolled back',
  J23: 'a long document has no blob of its own: its section tree is in the pages of the same commit',
  J24: 'as J23; what a cache holds is neither tracked by a commit nor removed by its rollback',
  J25: 'as J23; the id of a document in the cloud is checked when it is received (U19)',
  Q02: 'there is no server whose client could go away; a stream to a closed pipe is tested with the streams',
  Q03: 'there is no server',
};

const root = join(import.meta.dirname, '../../..');

/** Scenarios that stand in what a line of a test file quotes: the names of tests, and of their cases. */
function named(): Set<string> {
  const numbers = new Set<string>();
  for (const folder of [...packages(), 'apps/cli'])
    for (const file of testsIn(join(root, folder, 'test')))
      for (const line of readFileSync(file, 'utf8').split('\n'))
        if (/['"`]/.test(line))
          for (const [number] of line.matchAll(/\b(?:[JSLURQ]\d{2}[a-c]?|W-[a-e])\b/g))
            numbers.add(number);
  return numbers;
}

const packages = () => readdirSync(join(root, 'packages')).map((name) => `packages/${name}`);

const testsIn = (folder: string): string[] =>
  names(folder)
    .filter((name) => name.endsWith('.test.ts') && !name.endsWith('scenarios.test.ts'))
    .map((name) => join(folder, name));

function names(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
}

test('every scenario is in the name of a test, or has a reason why it is not', () => {
  const known = named();
  expect(SCENARIOS.filter((number) => !known.has(number) && !(number in REASONS))).toEqual([]);
});

test('no scenario has both, and none has a reason that there is not', () => {
  const known = named();
  expect(Object.keys(REASONS).filter((number) => known.has(number))).toEqual([]);
  expect(Object.keys(REASONS).filter((number) => !SCENARIOS.includes(number))).toEqual([]);
});
