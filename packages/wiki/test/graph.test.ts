import fc from 'fast-check';
import { expect, test } from 'vitest';

import { linkGraph } from '../src/index.ts';
import { markdown } from './arbitraries.ts';

test('links between pages are edges, counted, with back links; others are not', () => {
  const pages = new Map([
    [
      'concepts/b.md',
      '---\ntype: "Concept"\nsee: "[[summaries/a]]"\n---\n# Big B\n\n[[concepts/b]] [[gone]]',
    ],
    ['summaries/a.md', '[[concepts/b]] and [[Concepts/B#x|again]], but not `[[sources/s]]`'],
    ['sources/s.json', '[]'],
  ]);
  expect(linkGraph(pages)).toEqual({
    nodes: [
      { path: 'concepts/b.md', title: 'Big B', type: 'Concept' },
      { path: 'sources/s.json', title: 's', type: '' },
      { path: 'summaries/a.md', title: 'a', type: '' },
    ],
    edges: [
      { from: 'concepts/b.md', to: 'summaries/a.md', links: 1 },
      { from: 'summaries/a.md', to: 'concepts/b.md', links: 2 },
    ],
    backLinks: new Map([
      ['concepts/b.md', ['summaries/a.md']],
      ['sources/s.json', []],
      ['summaries/a.md', ['concepts/b.md']],
    ]),
  });
});

test('the order of the pages makes no difference, and every edge has its back link', () => {
  fc.assert(
    fc.property(fc.array(markdown, { maxLength: 4 }), (bodies) => {
      const pages = bodies.map((body, i) => [`concepts/${'abcd'[i]}.md`, body] as const);
      const graph = linkGraph(new Map(pages));
      expect(linkGraph(new Map(pages.toReversed()))).toEqual(graph);
      const back = [...graph.backLinks].flatMap(([to, from]) =>
        from.map((path) => `${path} ${to}`),
      );
      expect(back.toSorted()).toEqual(
        graph.edges.map(({ from, to }) => `${from} ${to}`).toSorted(),
      );
    }),
  );
});
