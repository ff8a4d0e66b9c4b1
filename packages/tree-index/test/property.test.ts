import fc from 'fast-check';
import { expect, test } from 'vitest';

import { type SectionNode, buildSectionTree, checkTree, formatTree } from '../src/index.ts';

const words = fc.array(fc.constantFrom('soil', 'Light', 'Water', '土壤', 'pH', 'the', '12', 'iv'), {
  minLength: 1,
  maxLength: 8,
});
const line = fc.oneof(
  words.map((all) => all.join(' ')),
  fc
    .tuple(fc.integer({ min: 1, max: 6 }), words)
    .map(([n, all]) => `${'#'.repeat(n)} ${all.join(' ')}`),
  fc
    .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), words)
    .map(([a, b, all]) => `${a}.${b} ${all.join(' ')}`),
  fc.tuple(words, fc.integer({ min: 0, max: 40 })).map(([all, n]) => `${all.join(' ')} ..... ${n}`),
  fc.constantFrom('', 'Contents', '```', '---', 'Chapter 3', 'Part II', 'IV. Roots', '第二章 水'),
  fc.string(),
  fc.string({ unit: 'binary' }),
);
const page = fc.array(line, { maxLength: 12 });
const styled = fc.record(
  { text: line, size: fc.constantFrom(10, 12, 18, 0, NaN), bold: fc.boolean(), y: fc.double() },
  { requiredKeys: ['text'] },
);
const pages = fc
  .array(
    fc.record({
      lines: page,
      styles: fc.option(fc.array(styled, { maxLength: 8 })),
      long: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((all) =>
    all.map(({ lines, styles, long }, i) => ({
      page: i + 1,
      text: long ? `${lines.join('\n')}\n${'loam '.repeat(2000)}` : lines.join('\n'),
      ...(styles ? { lines: styles } : {}),
    })),
  );
const outline = fc.array(
  fc.record(
    {
      title: fc.oneof(line, fc.constantFrom('Soil', 'Page 3', 'Chapter 1')),
      level: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer(), fc.constant(NaN)),
      page: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer(), fc.double()),
      top: fc.double(),
    },
    { requiredKeys: ['title', 'level'] },
  ),
  { maxLength: 30 },
);
const climbing = fc
  .array(
    fc.record({
      title: line,
      level: fc.integer({ min: 1, max: 4 }),
      page: fc.integer({ min: 1, max: 60 }),
      top: fc.double({ min: 0, max: 1 }),
    }),
    { maxLength: 30 },
  )
  .map((all) => all.toSorted((a, b) => a.page - b.page));
const input = fc.record(
  { pages, outline: fc.oneof(outline, climbing) },
  { requiredKeys: ['pages'] },
);
const options = fc.record({
  maxPagesPerNode: fc.integer({ min: 1, max: 12 }),
  maxTokensPerNode: fc.integer({ min: 1, max: 30_000 }),
});

const flatten = (nodes: readonly SectionNode[]): readonly SectionNode[] =>
  nodes.flatMap((node) => [node, ...flatten(node.children)]);

test('any pages and any outline give a tree that keeps every invariant', () => {
  const methods = new Set<string>();
  fc.assert(
    fc.property(input, options, (given, limits) => {
      const tree = buildSectionTree(given, limits);
      methods.add(tree.method);
      expect(checkTree(tree)).toEqual([]);
      expect(tree.pageCount).toBe(given.pages.length);
      const nodes = flatten(tree.nodes);
      expect(nodes.length > 0).toBe(given.pages.length > 0);
      expect(nodes.map((node) => Number(node.id))).toEqual(nodes.map((_, i) => i));
      expect(nodes.every((node) => node.title.trim() !== '' && !node.title.includes('\n'))).toBe(
        true,
      );
      expect(formatTree(tree).split('\n').length).toBeGreaterThanOrEqual(nodes.length);
    }),
    { numRuns: 150, seed: 20 },
  );
  expect([...methods].toSorted()).toEqual(['headings', 'outline', 'windows']);
});

test('no leaf is over twice a limit unless it is one page', () => {
  fc.assert(
    fc.property(pages, options, (given, limits) => {
      const tree = buildSectionTree({ pages: given }, limits);
      for (const leaf of flatten(tree.nodes).filter((node) => node.children.length === 0)) {
        const count = leaf.endPage - leaf.startPage + 1;
        expect(count === 1 || count <= limits.maxPagesPerNode * 2).toBe(true);
      }
    }),
    { numRuns: 100, seed: 21 },
  );
});

test('the same input gives the same tree', () => {
  fc.assert(
    fc.property(input, options, (given, limits) => {
      const copy = structuredClone(given);
      expect(buildSectionTree(given, limits)).toEqual(buildSectionTree(copy, limits));
      expect(given).toEqual(copy);
    }),
    { numRuns: 40, seed: 22 },
  );
});
