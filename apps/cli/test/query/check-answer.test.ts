import { parseLinks } from '@openkb/wiki';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { checkAnswer, type Reader } from '../../src/query/check-answer.ts';
import { pageNumbersOf } from '../../src/query/page-numbers.ts';

const PAGES = new Set(['concepts/attention', 'summaries/paper', 'sources/paper']);
const PATHS: Readonly<Record<string, string>> = { 'sources/paper': 'sources/paper.json' };
const reader: Reader = {
  resolve: (target) => {
    const plain = target.replace(/\.(?:md|json)$/, '');
    return PAGES.has(plain) ? (PATHS[plain] ?? `${plain}.md`) : undefined;
  },
  hasPage: (document, page) => document === 'paper' && page >= 1 && page <= 9,
};
const check = (text: string) => checkAnswer(text, reader);

test.each([
  ['[[concepts/attention]]', '[[concepts/attention]]', [], []],
  ['[[concepts/attention.md|it]]', '[[concepts/attention|it]]', [], []],
  ['[[concepts/ghost|it]]', 'it', [], ['concepts/ghost']],
  ['[it](concepts/attention.md)', '[[concepts/attention|it]]', [], []],
  ['[it](../concepts/ghost.md)', 'it', [], []],
  ['[[summaries/paper|paper, p. 3]]', '[[summaries/paper|paper, p. 3]]', [3], []],
  ['[[sources/paper|paper, pp. 3-5]]', '[[summaries/paper|paper, pp. 3-5]]', [3, 4, 5], []],
  ['[[summaries/paper|paper, p. 99]]', '[[summaries/paper|paper]]', [], ['summaries/paper, p. 99']],
  ['[[summaries/paper|p. 99]]', '[[summaries/paper|paper]]', [], ['summaries/paper, p. 99']],
  [
    '[[summaries/paper|paper, pp. 9, 10]]',
    '[[summaries/paper|paper, p. 9]]',
    [9],
    ['summaries/paper, p. 10'],
  ],
  ['[[summaries/paper|第3页]]', '[[summaries/paper|第3页]]', [3], []],
  ['`[[concepts/ghost]]`', '`[[concepts/ghost]]`', [], []],
  ['| a | [[concepts/attention|it]] |', '| a | [[concepts/attention\\|it]] |', [], []],
  ['| a | [[concepts/attention\\|it]] |', '| a | [[concepts/attention\\|it]] |', [], []],
])('%s becomes %s', (given, text, pages, unknown) => {
  const checked = check(given);
  expect(checked.text).toBe(text);
  expect(checked.citations.flatMap(({ sourcePages = [] }) => sourcePages)).toEqual(pages);
  expect(checked.unknown).toEqual(unknown);
});

test.each([
  ['paper, p. 3', 'paper', [3]],
  ['paper (pp. 2-4, 7)', 'paper', [2, 3, 4, 7]],
  ['Handbuch, S. 12', 'Handbuch', [12]],
  ['Apollo 11', 'Apollo 11', []],
  ['p. 5-3', '', []],
  ['paper, p. 1-999999', 'paper', Array.from({ length: 200 }, (_, i) => i + 1)],
])('the numbers of %s', (label, words, numbers) => {
  expect(pageNumbersOf(label)).toEqual({ words, numbers });
});

const links = (text: string) => parseLinks(text).map(({ target }) => target);

const PIECES =
  '[[ ]] | ` ``` \n ![ ]( ) < img_src=x> concepts/attention summaries/paper sources/paper ghost ,p.3 ,p.12 \\ > javascript:';
const piece = fc.constantFrom(' ', ...PIECES.split(' '));

test('whatever a model writes, every link left leads to a page, no picture is left, and checking again changes no link', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const once = check(pieces.join(''));
      for (const { target } of parseLinks(once.text)) expect(reader.resolve(target)).toBeDefined();
      expect(links(check(once.text).text)).toEqual(links(once.text));
    }),
    { numRuns: 2000 },
  );
});

test('an answer of a megabyte of marks is checked in bounded time', () => {
  for (const mark of ['`', '[[', '![', '[x](', '``` ', '<', '[['.repeat(3) + 'a|'])
    expect(check(mark.repeat(200_000 / mark.length)).citations).toEqual([]);
});
