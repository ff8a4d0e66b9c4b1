import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  checkFacts,
  checkWiki,
  graphOfFacts,
  linkGraph,
  pageFacts,
  type PageFacts,
} from '../src/index.ts';
import { markdown, text } from './arbitraries.ts';

const PAGE = `---
type: Concept
title: "A"
sources: ["summaries/x.md"]
made: 2020-01-02
type: Idea
---

# A

See [[concepts/b|B]], \`[[not/this]]\`.

And [[concepts/c]].
`;

describe('the facts of a page', () => {
  test('are these; where they change, what is kept of pages must be given up', () => {
    expect(pageFacts('concepts/a.md', PAGE)).toEqual({
      title: 'A',
      fields: {
        type: 'Idea',
        title: 'A',
        sources: ['summaries/x.md'],
        made: '2020-01-02',
      },
      frontMatter: 'present',
      repeatedKeys: [{ key: 'type', line: 6 }],
      links: [
        { target: 'concepts/b', line: 11 },
        { target: 'concepts/c', line: 13 },
      ],
    });
    expect(pageFacts('concepts/a.md', 'Plain.').frontMatter).toBe('missing');
    expect(pageFacts('concepts/a.md', '---\na: [\n---\n')).toMatchObject({
      frontMatter: 'unreadable',
      fields: {},
    });
  });

  test('of any text are what JSON gives back', () => {
    fc.assert(
      fc.property(fc.oneof(text(), markdown), (page) => {
        const facts = pageFacts('concepts/a.md', page);
        expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
      }),
    );
  });

  test('of front matter that JSON cannot hold are still plain', () => {
    for (const yaml of [
      'a: &x [*x]',
      'a: .nan',
      'a: 123456789012345678901',
      '__proto__: {b: 1}',
      '? {a: 1}\n: b',
    ]) {
      const facts = pageFacts('a.md', `---\n${yaml}\n---\n`);
      expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
    }
  });
});

test('checks and graphs of kept facts are those of the texts', () => {
  const path = fc.constantFrom(
    'index.md',
    'log.md',
    'concepts/a.md',
    'concepts/A.md',
    'entities/b.md',
    'summaries/x.md',
    'sources/x.md',
    'sources/x.json',
    'explorations/q.md',
  );
  const line = fc.constantFrom(
    '[[concepts/a]]',
    '[[entities/b|B]]',
    '[[nowhere]]',
    '- [[summaries/x]] (short) — x',
    '## Documents',
    '',
    'words',
    '![[p.png]]',
  );
  const front = fc.constantFrom(
    '',
    '---\ntype: "T"\nsources: ["summaries/x.md", "summaries/y.md"]\n---\n',
    '---\na: [\n---\n',
    '---\nb: 1\nb: 2\n---\n',
  );
  const page = fc
    .tuple(front, fc.array(line, { maxLength: 6 }))
    .map(([a, b]) => `${a}\n${b.join('\n')}\n`);
  let violations = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(path, page)), (files) => {
      const pages = new Map(files);
      const kept = new Map(
        [...pages].map(([name, one]) => [name, JSON.stringify(pageFacts(name, one))]),
      );
      const wiki = {
        paths: pages.keys(),
        facts: (name: string) => JSON.parse(kept.get(name as 'index.md') ?? 'null') as PageFacts,
        index: pages.get('index.md'),
      };
      const expected = checkWiki(pages);
      violations += expected.length;
      expect(checkFacts(wiki)).toEqual(expected);
      expect(graphOfFacts({ ...wiki, paths: pages.keys() })).toEqual(linkGraph(pages));
    }),
  );
  expect(violations).toBeGreaterThan(100);
});
