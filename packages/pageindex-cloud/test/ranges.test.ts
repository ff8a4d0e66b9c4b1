import { expect, test } from 'vitest';

import { type CloudNode, type RangedNode, rebuildRanges } from '../src/index.ts';
import { isNameOf } from '../src/submit.ts';

const node = (title: string, startPage?: number, children: CloudNode[] = []): CloudNode => ({
  title,
  summary: '',
  keyItems: [],
  children,
  ...(startPage === undefined ? {} : { startPage }),
});

const shape = (nodes: readonly RangedNode[]): readonly unknown[] =>
  nodes.map(({ title, startPage, endPage, children }) =>
    children.length > 0
      ? [title, startPage, endPage, shape(children)]
      : [title, startPage, endPage],
  );

test('a node ends where the next one of its depth or above starts, and a parent covers its children', () => {
  const tree = [node('A', 1, [node('A1', 3), node('A2', 9, [node('A2a', 11)])]), node('B', 20)];
  expect(shape(rebuildRanges(tree, 30))).toEqual([
    [
      'A',
      1,
      20,
      [
        ['A1', 3, 9],
        ['A2', 9, 20, [['A2a', 11, 20]]],
      ],
    ],
    ['B', 20, 30],
  ]);
});

test('starts that are missing, go backwards or lie outside take the start before', () => {
  const tree = [
    node('A', 4),
    node('B'),
    node('C', 2),
    node('D', 99),
    node('E', -1),
    node('F', 2.5),
  ];
  expect(shape(rebuildRanges(tree, 10))).toEqual([
    ['A', 4, 4],
    ['B', 4, 4],
    ['C', 4, 10],
    ['D', 10, 10],
    ['E', 10, 10],
    ['F', 10, 10],
  ]);
});

test('without a page count the last start is the last page', () => {
  expect(shape(rebuildRanges([node('A', 2), node('B', 7)], 0))).toEqual([
    ['A', 2, 7],
    ['B', 7, 7],
  ]);
  expect(rebuildRanges([], 0)).toEqual([]);
});

test('any tree gets ranges within the document that parents cover and that never go backwards', () => {
  let seed = 1;
  const random = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const grow = (depth: number): CloudNode[] =>
    Array.from({ length: random(4) }, () =>
      node(
        'x',
        random(5) === 0 ? undefined : random(60) - 5,
        depth < 12 ? grow(depth + 1 + random(3)) : [],
      ),
    );
  let seen = 0;
  for (let i = 0; i < 300; i += 1) {
    const pageCount = 1 + random(50);
    let last = 1;
    const visit = (nodes: readonly RangedNode[], low: number, high: number): void => {
      for (const { startPage, endPage, children } of nodes) {
        expect(startPage).toBeGreaterThanOrEqual(Math.max(low, last));
        expect(endPage).toBeGreaterThanOrEqual(startPage);
        expect(endPage).toBeLessThanOrEqual(high);
        last = startPage;
        seen += 1;
        visit(children, startPage, endPage);
      }
    };
    visit(rebuildRanges(grow(0), pageCount), 1, pageCount);
  }
  expect(seen).toBeGreaterThan(1000);
});

test.each([
  ['report.pdf', 'report.pdf', true],
  ['report_1.pdf', 'report.pdf', true],
  ['report_99.pdf', 'report.pdf', true],
  ['report_final.pdf', 'report.pdf', false],
  ['other.pdf', 'report.pdf', false],
  ['a_b.pdf', 'a:b.pdf', true],
  [`${'字'.repeat(50)}_0a1b2c3d.pdf`, `${'字'.repeat(90)}.pdf`, true],
  ['x_0a1b2c3d.pdf', `${'字'.repeat(90)}.pdf`, false],
])('"%s" for the file "%s": %s', (theirs, ours, expected) => {
  expect(isNameOf(theirs, ours)).toBe(expected);
});
