import { expect, test } from 'vitest';

test('the public names are these', async () => {
  expect(Object.keys(await import('../src/index.ts')).toSorted()).toEqual([
    'buildSectionTree',
    'buildSectionTreeFromMarkdown',
    'checkTree',
    'formatTree',
  ]);
});
