import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type MarkdownNode, buildSectionTreeFromMarkdown, formatTree } from '../src/index.ts';

const titles = (markdown: string): readonly string[] => {
  const all = (nodes: readonly MarkdownNode[]): readonly string[] =>
    nodes.flatMap((node) => [node.title, ...all(node.children)]);
  return all(buildSectionTreeFromMarkdown(markdown).nodes);
};

describe('what is a heading', () => {
  test.each<[string, string, readonly string[]]>([
    ['closing marks are no part of a title', '# Soil ##\n\n## Water #', ['Soil', 'Water']],
    [
      'underlined lines are headings',
      'Soil\n====\n\ntext\n\nWater\n-----\ntext',
      ['Soil', 'Water'],
    ],
    ['a rule under a paragraph is none', '# Soil\n\none\ntwo\n---\n', ['Soil']],
    [
      'fences of both kinds hide headings',
      '# A\n\n```sh\n# no\n```\n\n~~~~\n# no\n~~~\n# no\n~~~~\n\n# B',
      ['A', 'B'],
    ],
    [
      'a longer fence is not closed by a shorter one',
      '# A\n\n````\n```\n# no\n````\n\n# B',
      ['A', 'B'],
    ],
    ['indented code hides headings', '# A\n\n    # no\n', ['A']],
    ['three spaces do not', '   # A', ['A']],
    ['front matter is no text', '---\ntitle: x\n# no\n---\n\n# A', ['A']],
    ['comments hide headings', '<!--\n# no\n-->\n# A', ['A']],
    [
      'emphasis and links are no part of a title',
      '# **Soil** and [water](x.md)',
      ['Soil and water'],
    ],
    ['a hashtag is no heading', '#soil\n\n# A', ['#soil', 'A'].slice(1)],
  ])('%s', (_, markdown, expected) => {
    expect(
      titles(markdown).filter((title) => !['Front matter', 'Opening'].includes(title)),
    ).toEqual(expected);
  });
});

test('sections have line ranges; text before them is kept', () => {
  const tree = buildSectionTreeFromMarkdown(
    'Hello.\n\n# Soil\n\nOn soil.\n\n## Loam\n\nOn loam.\n\n# Water\n\n## Rain\n\ndrops\n',
  );
  expect(formatTree(tree)).toBe(
    [
      '0000 Front matter (lines 1–2)',
      '0001 Soil (lines 3–10)',
      '  0002 Opening (lines 4–6)',
      '  0003 Loam (lines 7–10)',
      '0004 Water (lines 11–15)',
      '  0005 Rain (lines 13–15)',
    ].join('\n'),
  );
});

test('text without headings gives windows cut at blank lines', () => {
  const paragraph = `${'loam '.repeat(60)}\n${'sand '.repeat(60)}\n\n`;
  const tree = buildSectionTreeFromMarkdown(paragraph.repeat(4), { maxTokensPerNode: 350 });
  expect(tree.method).toBe('windows');
  expect(tree.nodes.map((node) => [node.startLine, node.endLine])).toEqual([
    [1, 6],
    [7, 12],
  ]);
});

test('a section far over the limit is split', () => {
  const tree = buildSectionTreeFromMarkdown(`# Soil\n\n${'loam and sand\n\n'.repeat(200)}`, {
    maxTokensPerNode: 100,
  });
  expect(tree.nodes).toHaveLength(1);
  expect(tree.nodes[0]?.children.length).toBeGreaterThan(5);
});

test('any text gives ordered ranges, covered children and every line of text in a leaf', () => {
  const line = fc.oneof(
    fc.constantFrom('', '# A', '## B', '### C', '```', '~~~', '---', '===', 'text'),
    fc.string(),
  );
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 60 }),
      fc.integer({ min: 1, max: 60 }),
      (lines, limit) => {
        const markdown = lines.join('\n');
        const tree = buildSectionTreeFromMarkdown(markdown, { maxTokensPerNode: limit });
        const covered = new Set<number>();
        let last = 0;
        let next = 0;
        const visit = (node: MarkdownNode, low: number, high: number): void => {
          expect(Number(node.id)).toBe(next);
          next += 1;
          expect(node.startLine).toBeGreaterThanOrEqual(Math.max(low, last));
          expect(node.endLine).toBeGreaterThanOrEqual(node.startLine);
          expect(node.endLine).toBeLessThanOrEqual(high);
          last = node.startLine;
          for (const child of node.children) visit(child, node.startLine, node.endLine);
          if (node.children.length === 0)
            for (let i = node.startLine; i <= node.endLine; i += 1) covered.add(i);
        };
        for (const node of tree.nodes) visit(node, 1, tree.lineCount);
        const text = markdown
          .split(/\r\n|\r|\n/)
          .flatMap((each, i) => (each === 'text' ? [i + 1] : []));
        // a line of text above an underline is a heading
        expect(
          text.filter(
            (i) =>
              !covered.has(i) &&
              !/^ {0,3}(=+|-+)[ \t]*$/.test(markdown.split(/\r\n|\r|\n/)[i] ?? ''),
          ),
        ).toEqual([]);
      },
    ),
    { numRuns: 300, seed: 5 },
  );
});
