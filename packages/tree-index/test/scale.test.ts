import { expect, test } from 'vitest';

import { buildSectionTree, buildSectionTreeFromMarkdown } from '../src/index.ts';

const LENGTH = 20_000;

test.each<[string, string]>([
  ['dots', '. '.repeat(LENGTH)],
  ['spaces', `# a${' '.repeat(LENGTH)}b`],
  ['brackets', `# ${'[]('.repeat(LENGTH / 3)}`],
  ['underlines', `a${'_'.repeat(LENGTH)}b`],
  ['closing marks', `# a${' #'.repeat(LENGTH / 2)} x`],
  ['numbers', `${'1.'.repeat(LENGTH)} x`],
  ['bars', `${'|'.repeat(LENGTH)}x`],
  ['ticks', `# a${'`b'.repeat(LENGTH / 2)}`],
])('a long line of %s does not hold up the tree', (_, line) => {
  const before = performance.now();
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
  // an exponential or cubic pattern takes minutes
  expect(performance.now() - before).toBeLessThan(5000);
});
