import fc from 'fast-check';
import { expect, test } from 'vitest';

import { layOut } from '../../src/visualize/layout.ts';

const places = ({ x, y }: { x: Float64Array; y: Float64Array }) =>
  [...x].map((one, i) => [one, y[i]] as [number, number]);

test('every graph is laid out, each page in a place of its own, the same each time', () => {
  const graph = fc.integer({ min: 0, max: 40 }).chain((count) =>
    fc.record({
      count: fc.constant(count),
      edges: fc.array(
        fc.array(fc.integer({ min: 0, max: Math.max(0, count - 1) }), {
          minLength: 2,
          maxLength: 2,
        }),
        {
          maxLength: count,
        },
      ),
    }),
  );
  fc.assert(
    fc.property(graph, ({ count, edges }) => {
      const flat = edges.filter(([a, b]) => a !== b).flat();
      const found = places(layOut(count, flat));
      expect(found).toHaveLength(count);
      expect(found.flat().every((one) => Number.isFinite(one))).toBe(true);
      expect(new Set(found.map(([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}`)).size).toBe(count);
      expect(places(layOut(count, flat))).toEqual(found);
    }),
    { numRuns: 60 },
  );
});

test('linked pages lie nearer than others', () => {
  // ten stars of ten pages
  const edges = Array.from({ length: 100 }, (_, i) => [i, i - (i % 10)])
    .filter(([a, b]) => a !== b)
    .flat();
  const found = places(layOut(100, edges));
  const distance = (a: number, b: number) =>
    Math.hypot(found[a]![0] - found[b]![0], found[a]![1] - found[b]![1]);
  const within = distance(1, 0);
  const between = distance(1, 50);
  expect(within * 2).toBeLessThan(between);
});
