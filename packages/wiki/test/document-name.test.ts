import fc from 'fast-check';
import { expect, test } from 'vitest';

import { documentName } from '../src/index.ts';
import { text } from './arbitraries.ts';

// what the Python program finds for these stems: re.sub(r'[^\w\-]+', '-', NFKC stem).strip('-') or 'document'
test.each([
  ['Annual Report (2024) final', 'Annual-Report-2024-final'],
  ['my_notes-v2', 'my_notes-v2'],
  ['a - b', 'a---b'],
  ['--a.b--', 'a-b'],
  ['Ärger & Öl', 'Ärger-Öl'],
  ['报告 2024', '报告-2024'],
  ['हिन्दी', 'ह-न-द'],
  ['ﬁle①', 'file1'],
  ['', 'document'],
  ['???', 'document'],
])('the document name of "%s" is "%s"', (stem, name) => {
  expect(documentName(stem)).toBe(name);
});

test('a document name has only word characters and hyphens, and is its own name', () => {
  fc.assert(
    fc.property(text(), (stem) => {
      const name = documentName(stem);
      expect(name).toMatch(/^(?!-)[\p{L}\p{N}_-]+(?<!-)$/u);
      expect(documentName(name)).toBe(name);
    }),
  );
});
