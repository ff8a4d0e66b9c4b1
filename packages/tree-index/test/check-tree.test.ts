import { expect, test } from 'vitest';

import { type SectionNode, checkTree } from '../src/index.ts';

const node = (
  id: string,
  startPage: number,
  endPage: number,
  children: SectionNode[] = [],
): SectionNode => ({
  id,
  title: id,
  startPage,
  endPage,
  children,
});

test.each<[string, SectionNode[], string]>([
  [
    'a range that ends before it starts',
    [node('a', 1, 9), node('b', 5, 4)],
    'node "b" has the range 5–4',
  ],
  [
    'a range outside the document',
    [node('a', 1, 9), node('b', 9, 10)],
    'node "b" has the range 9–10 of 9 pages',
  ],
  [
    'a start that goes backwards',
    [node('a', 1, 9), node('b', 4, 5), node('c', 3, 3)],
    'node "c" starts before',
  ],
  [
    'a child outside its parent',
    [node('a', 1, 5, [node('b', 1, 9)])],
    'node "b" reaches outside its parent "a"',
  ],
  ['an id that is there twice', [node('a', 1, 4), node('a', 5, 9)], 'node "a" is there twice'],
  ['a page in no leaf', [node('a', 1, 9, [node('b', 2, 9)])], 'page 1 is in no leaf'],
])('%s is named', (_, nodes, violation) => {
  expect(checkTree({ pageCount: 9, nodes })).toEqual([expect.stringContaining(violation)]);
});

test('a sound tree has no violation', () => {
  const nodes = [node('a', 1, 5, [node('b', 1, 3), node('c', 3, 5)]), node('d', 5, 9)];
  expect(checkTree({ pageCount: 9, nodes })).toEqual([]);
});
