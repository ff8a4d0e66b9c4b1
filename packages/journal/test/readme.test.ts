import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

test('the example of the README runs and leaves what it says', async () => {
  expect(await import('./example.ts')).toMatchObject({ page: '# Tea\n', log: 'added tea\n' });
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('example.ts')}\`\`\``);
});

test('the public names are these', async () => {
  expect(Object.keys(await import('../src/index.ts')).toSorted()).toEqual([
    'JournalError',
    'kernelLocks',
    'openJournal',
    'pathFault',
    'pidFileLocks',
  ]);
});
