import fc from 'fast-check';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';

import { convert } from '../src/index.ts';
import { markdownBlocks } from '../src/markdown/blocks.ts';
import { findImages } from '../src/markdown/find-images.ts';
import { png } from './support/images.ts';

const markdown = (content: string) => ({ name: 'a.md', bytes: Buffer.from(content) });

test('a Markdown text without pictures comes out byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
      async (words) => {
        fc.pre(!/(?![\n\t])\p{Cc}|[\uFEFF\uFFFD]/u.test(words));
        expect((await convert(markdown(`x${words}`))).markdown).toBe(`x${words}`);
      },
    ),
    { numRuns: 200 },
  );
});

test('every other byte of a text with pictures stays', async () => {
  const source = {
    ...markdown('a  \n![b]( ./p.png  "t" )\tc\n\n\n![d][e]\n\n[e]: <p.png>\n'),
    readAsset: () => png(2, 2),
  };
  expect((await convert(source)).markdown).toBe(
    'a  \n![b]( openkb-image:p.png  "t" )\tc\n\n\n![d][e]\n\n[e]: <openkb-image:p.png>\n',
  );
});

describe('front matter', () => {
  test.each([
    ['title: "A: b"\nauthor: Ada', 'A: b', { authors: ['Ada'] }],
    ["title: 'It''s' # comment\nauthors: [\"A, B\", C]", "It's", { authors: ['A, B', 'C'] }],
    [
      'Title: x\nauthors:\n- name: A\n- B\ndate: 2024-01-02',
      'x',
      { authors: ['A', 'B'], date: '2024-01-02' },
    ],
    ['# comment\n\ntags: [a]\ntitle:', 'Heading', {}],
  ])('%s', async (block, title, metadata) => {
    const document = await convert(markdown(`---\n${block}\n---\n\n# Heading\n`));
    expect(document).toMatchObject({ title, metadata, markdown: '# Heading\n' });
  });

  test.each([
    '---\n\nA rule, then words\n\n---\n',
    '---\ntitle: never closed\n',
    'a\n---\ntitle: b\n---\n',
  ])('is not what only looks like it: %#', async (content) => {
    expect((await convert(markdown(content))).markdown).toBe(content);
  });
});

describe('the blocks are those of CommonMark', () => {
  const lines = fc.constantFrom(
    'words',
    '# a',
    '## b ##',
    '#',
    '#c',
    '===',
    '---',
    '- item',
    '1. one',
    '2. two',
    '   more',
    '    code',
    '```',
    '~~~',
    '````js',
    '',
    '> quote',
    '> # d',
    '<div>',
    '</div>',
    '<!-- x',
    '-->',
    '* * *',
    '  # e',
    '\t# f',
    '- # g',
    '+',
    '-->  # h',
    '<b>',
    '- ```',
    '  ```',
  );
  const parser = unified().use(remarkParse);

  /** Headings of the root by offset, as the reference parser sees them. */
  const reference = (text: string): number[] =>
    parser
      .parse(text)
      .children.flatMap((node) =>
        node.type === 'heading'
          ? [text.lastIndexOf('\n', (node.position?.start.offset ?? 0) - 1) + 1]
          : [],
      );

  test('headings outside of lists and quotations', () => {
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 7 }), (parts) => {
        const text = parts.join('\n');
        // and it reads a lone tag after an open quotation or item as neither text nor HTML
        fc.pre(!text.includes('<b>') || !/^(?:>|[-+]|\d\.)/m.test(text));
        // right after indented code the reference parser takes no list that cannot interrupt a paragraph
        fc.pre(!/^(?: {4}|\t).*\n+(?:2\.|\+$)/m.test(text));
        expect(markdownBlocks(text).headings.map(({ offset }) => offset)).toEqual(reference(text));
      }),
      { numRuns: 600 },
    );
  });
});

describe('addresses of pictures', () => {
  test.each([
    ['![a](b.png)', ['b.png']],
    ['![a [b] c](d(e).png "f")', ['d(e).png']],
    ['![a]\n\n[A]: b.png', ['b.png']],
    ['[![a](b.png)](c)', ['b.png']],
    ['![![a](b.png)](c.png)', ['c.png']],
    ["<img\n src='a b.png'>", ['a b.png']],
    ['`` ` ![a](b.png) `` ![c](d.png)', ['d.png']],
    ['\\![a](b.png)', []],
    ['![a](b c.png)', []],
    ['![a](b.png', []],
    ['[a](b.png)', []],
    ['[a]: b.png\n\n[a]', []],
  ])('%s', (text, found) => {
    expect(addresses(text)).toEqual(found);
  });

  test.each(['![', '![[', '![a](', '![a](b', '<img ', '`', '``', '<!--', '[', '![a]['])(
    'a million of nothing but %s are read in one pass',
    (part) => {
      // looking from each to the end of the text would take many minutes
      expect(findImages(`${part.repeat(1_000_000)}![x](y)`).length).toBeLessThan(2);
    },
  );
});

function addresses(text: string): string[] {
  return findImages(text).map(({ address }) => address);
}
