import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

test('the example of the README runs and leaves what it says', async () => {
  const { names } = await import('./example.ts');
  expect(names).toEqual(['Who am I_ _ draft.md', 'inbox', 'log', 'settings.json', 'letter']);
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('example.ts')}\`\`\``);
});

test('the public names are these', async () => {
  expect(Object.keys(await import('../src/index.ts')).toSorted()).toEqual([
    'AtomicFsError',
    'appendFile',
    'changeCase',
    'copyFile',
    'copyIntoPlace',
    'errorCode',
    'findNameClash',
    'hardLinkOrCopy',
    'hashBytes',
    'hashFile',
    'isLinkRefusal',
    'isSameFile',
    'isTemporaryName',
    'jsonText',
    'makeDirectories',
    'missingDirectories',
    'moveIntoPlace',
    'nameKey',
    'nodeFileSystem',
    'openLockFile',
    'publishFile',
    'readChunks',
    'readFile',
    'readFileIfThere',
    'removeFile',
    'removeLeftovers',
    'removeTree',
    'replaceFile',
    'replaceFromStream',
    'replaceJson',
    'retrying',
    'safeFileName',
    'temporarySibling',
    'writeNewFile',
  ]);
});
