import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type SectionNode, buildSectionTree } from '../src/index.ts';
import { type BookSection, type Layout, layOut, numbered } from './book.ts';

const TITLES = [
  'Soil',
  'Light',
  'Water',
  'Roots',
  'Leaves',
  'Shade',
  'Frost',
  'Seeds',
  'Pests',
  'Tools',
  'Compost',
  'Harvest',
];

/** Chapters of two to four sections each; titles are unique by their order. */
const book = fc
  .array(
    fc.record({
      own: fc.integer({ min: 5, max: 40 }),
      sections: fc.array(fc.integer({ min: 5, max: 90 }), { minLength: 2, maxLength: 4 }),
    }),
    { minLength: 3, maxLength: 6 },
  )
  .map((chapters) => {
    const all: BookSection[] = [];
    const next = (): string =>
      `${TITLES[all.length % TITLES.length]} and ${TITLES[(all.length * 5 + 1) % TITLES.length]}`;
    for (const { own, sections } of chapters) {
      all.push({ title: next(), level: 1, length: own });
      for (const length of sections) all.push({ title: next(), level: 2, length });
    }
    return numbered(all);
  });

interface Found {
  readonly title: string;
  readonly page: number;
  readonly level: number;
}

const titled = (nodes: readonly SectionNode[], level = 1): readonly Found[] =>
  nodes.flatMap((node) => [
    { title: node.title, page: node.startPage, level },
    ...(node.keyItems ?? []).map((title) => ({ title, page: node.startPage, level })),
    ...titled(node.children, level + 1),
  ]);

describe.each<{ layout: Layout; method: string }>([
  { layout: 'outline', method: 'outline' },
  { layout: 'contents', method: 'contents' },
  { layout: 'markdown', method: 'headings' },
  { layout: 'fonts', method: 'headings' },
  { layout: 'numbers', method: 'numbering' },
])('a book with $layout', ({ layout, method }) => {
  test(`every section is found by ${method}, on its page and its level`, () => {
    fc.assert(
      fc.property(book, (sections) => {
        const { pages, outline, starts } = layOut(sections, layout);
        const tree = buildSectionTree({ pages, outline });
        const found = titled(tree.nodes).filter(({ title }) => /^\d/.test(title));
        expect(tree.method).toBe(method);
        expect(found).toEqual(
          starts.map(({ title, page }, i) => ({ title, page, level: sections[i]?.level })),
        );
      }),
      { numRuns: 20, seed: 7 },
    );
  });
});
