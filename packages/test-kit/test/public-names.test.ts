import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

async function names(module: Promise<object>): Promise<string[]> {
  return Object.keys(await module).toSorted();
}

test('the example of the README is the test that runs', () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('example.test.ts')}\`\`\``);
});

test('the public names are these', async () => {
  expect(await names(import('../src/file-system/index.ts'))).toEqual([
    'SimulatedCrash',
    'SimulatedFileSystem',
    'conformanceSuite',
    'describeCall',
    'diffTrees',
    'populate',
    'seededRandom',
    'snapshotTree',
    'systemError',
  ]);
  expect(await names(import('../src/crash-loop/index.ts'))).toEqual([
    'exploreCrashes',
    'exploreFaults',
    'exploreLies',
    'formatReport',
  ]);
  expect(await names(import('../src/temporary/index.ts'))).toEqual([
    'killRounds',
    'temporaryDirectory',
  ]);
});
