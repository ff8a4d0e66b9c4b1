import { expect, test } from 'vitest';

test('the package exports the compiler and the removal of a document, and nothing else', async () => {
  expect(Object.keys(await import('../src/index.ts')).toSorted()).toEqual([
    'extractiveCompiler',
    'removeDocumentFromPage',
  ]);
});

test('the compiler is named as pages name it', async () => {
  const { extractiveCompiler } = await import('../src/index.ts');
  expect(extractiveCompiler().name).toBe('extractive');
});
