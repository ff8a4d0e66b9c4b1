import { expect, test } from 'vitest';

import { buildSectionTree, buildSectionTreeFromMarkdown } from '../src/index.ts';

/** Of a line: looking from each of its signs to its end would take many minutes. */
const LENGTH = 1_000_000;

test.each<[string, string]>([
  ['dots', '. '.repeat(LENGTH)],
  ['spaces', `# a${' '.repeat(LENGTH)}b`],
  ['brackets', `# ${'[]('.repeat(LENGTH / 3)}`],
  ['underlines', `a${'_'.repeat(LENGTH)}b`],
  ['closing marks', `# a${' #'.repeat(LENGTH / 2)} x`],
  ['numbers', `${'1.'.repeat(LENGTH)} x`],
  ['bars', `${'|'.repeat(LENGTH)}x`],
  ['ticks', `# a${'`b'.repeat(LENGTH / 2)}`],
])('a line of %s a million signs long is read in one pass', (_, line) => {
  const text = `Contents\n${line}\n`;
  expect(
    buildSectionTree({
      pages: [
        { page: 1, text },
        { page: 2, text: line },
      ],
    }).pageCount,
  ).toBe(2);
  expect(buildSectionTreeFromMarkdown(text).lineCount).toBe(2);
});
