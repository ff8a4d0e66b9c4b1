import { expect, test } from 'vitest';

test('the package exports these names and no others', async () => {
  expect(Object.keys(await import('../src/index.ts')).toSorted()).toEqual([
    'CompileError',
    'createModelCompiler',
    'extractiveCompiler',
    'readCatalogue',
    'readStoredInput',
    'removeDocumentFromPage',
    'shortlist',
    'textOfPersons',
  ]);
});

test('the compiler is named as pages name it', async () => {
  const { extractiveCompiler } = await import('../src/index.ts');
  expect(extractiveCompiler().name).toBe('extractive');
});
