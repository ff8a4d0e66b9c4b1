import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { finish } from '../src/extractive/steps.ts';
import { readBlocks } from '../src/extractive/text/blocks.ts';
import { plainInline } from '../src/extractive/text/inline.ts';
import { keyOfName } from '../src/extractive/text/keys.ts';
import { languageProfile } from '../src/extractive/text/language.ts';
import { findPageStarts, pageOfBlock } from '../src/extractive/text/page-starts.ts';
import { readPlainBlocks } from '../src/extractive/text/plain-blocks.ts';
import { isProse } from '../src/extractive/text/prose.ts';
import { bareHeading, isBackMatter } from '../src/extractive/text/section-names.ts';
import { groupSections } from '../src/extractive/text/sections.ts';
import { splitSentences } from '../src/extractive/text/sentences.ts';
import { tokenise } from '../src/extractive/text/tokens.ts';

const english = languageProfile('en');

describe('Markdown as blocks', () => {
  test('code, tables, comments, images, front matter and rules are left out', () => {
    const markdown = `---
title: x
---
# Title

First *paragraph* with [a link](http://x.y/a_(b)) and ![an image](i.png).

| a | b |
|---|---|
| c | d |

a | b
--|--
c | d

\`\`\`
code
\`\`\`

    indented code

<!-- a
comment -->
***
Setext
------

- item one
  continued
- item two

    still item text

> quoted text
`;
    expect(readBlocks(markdown).map(({ kind, level, text }) => [kind, level, text])).toEqual([
      ['heading', 1, 'Title'],
      ['paragraph', 0, 'First paragraph with a link and.'],
      ['heading', 2, 'Setext'],
      ['item', 0, 'item one continued'],
      ['item', 0, 'item two'],
      ['paragraph', 0, 'still item text'],
      ['paragraph', 0, 'quoted text'],
    ]);
  });

  test.each([
    ['[[concepts/a|the label]] and [[b]]', 'the label and b'],
    ['as shown [12] and [3, 7–9], see[^1][edit]', 'as shown and, see'],
    ['snake_case stays, _emphasis_ and __strong__ go', 'snake_case stays, emphasis and strong go'],
    ['2 * 3 * 4 and **bold**', '2 * 3 * 4 and bold'],
    ['\\*literal\\* and AT&amp;T', '*literal* and AT&T'],
    ['`code` in <b>bold</b><sup>2</sup>', 'code in bold2'],
  ])('the words of %j are %j', (markdown, words) => {
    expect(plainInline(markdown)).toBe(words);
  });
});

function page(number: number, text: string): string {
  return `The Running Head\n\n${text}\n\n${number}\n`;
}

describe('plain text as blocks', () => {
  test('page numbers and running heads go, broken words and paragraphs are joined', () => {
    const text = [
      page(
        1,
        '1 Introduction\n\nA cache is a store that keeps exam-\nples of data close to the programs which',
      ),
      page(2, 'need them. A well-known example is the disk cache.\n\nA well-\nknown fact.'),
      page(3, '2 Methods\n\nWe measured it twice and found that nothing had changed at all.'),
      page(4, 'Nothing else was found by anybody who looked at the numbers.'),
    ].join('\f');
    expect(readPlainBlocks(text).map(({ kind, text: words }) => `${kind}: ${words}`)).toEqual([
      'heading: 1 Introduction',
      'paragraph: A cache is a store that keeps examples of data close to the programs which need them. A well-known example is the disk cache.',
      'paragraph: A well-known fact.',
      'heading: 2 Methods',
      'paragraph: We measured it twice and found that nothing had changed at all.',
      'paragraph: Nothing else was found by anybody who looked at the numbers.',
    ]);
  });

  test('a number that follows no section number makes no heading', () => {
    const kinds = readPlainBlocks(
      '42 Apples were counted\n\nThen they were eaten by the people who had counted them all.',
    ).map(({ kind }) => kind);
    expect(kinds).toEqual(['paragraph', 'paragraph']);
  });
});

describe('sections', () => {
  test('headings lose their numbers, and what follows the references belongs to them', () => {
    expect(
      [
        '3.1 Attention',
        'IV. Results',
        'A. Proofs',
        'A Study',
        'Kapitel 2: Druck',
        '第三章 缓存',
      ].map(bareHeading),
    ).toEqual(['Attention', 'Results', 'Proofs', 'A Study', 'Druck', '缓存']);
    expect(['References', 'Weblinks', '参考文献', 'Method'].map(isBackMatter)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    const { sections } = finish(
      groupSections(
        readBlocks(
          '# T\n\nLead.\n\n## Abstract\n\nx\n\n## References\n\ny\n\n### Books\n\nz\n\n## Appendix\n\nw',
        ),
        'T',
        () => undefined,
      ),
    );
    expect(sections.map(({ title, back, abstract }) => [title, back, abstract])).toEqual([
      ['', false, false],
      ['Abstract', false, true],
      ['References', true, false],
      ['Books', true, false],
      ['Appendix', false, false],
    ]);
  });

  test('a list of references, a row of numbers and a formula are no prose', () => {
    expect(isProse('The cache keeps copies of data near the programs.')).toBe(true);
    expect(isProse('[12] Vaswani, A., Shazeer, N.: Attention. In Proceedings of NIPS.')).toBe(
      false,
    );
    expect(isProse('12.4 13.5 9.1 33 2 18.0 44 10')).toBe(false);
    expect(isProse('x = a + b * c / (d - e) ^ 2')).toBe(false);
    expect(isProse('缓存是一种保存数据的技术。')).toBe(true);
  });
});

describe('sentences', () => {
  test.each([
    ['en', ['See e.g. the work of J. S. Bach et al. for details.', 'It is old.']],
    ['en', ['Dr. Smith met Mr. Jones in Fig. 3 at 5 p.m. on Monday.', 'They spoke.']],
    ['de', ['Am 3. Oktober trafen sich z. B. alle.', 'Danach war Ruhe.']],
    ['zh', ['缓存是一种技术。', '它很快。']],
  ])('in %s are %j', (language, sentences) => {
    expect(splitSentences(sentences.join(language === 'zh' ? '' : ' '), language)).toEqual(
      sentences,
    );
  });

  test('hold every character of the paragraph but white space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const flat = text.replace(/\s/g, '');
        expect(splitSentences(text, 'en').join('').replace(/\s/g, '')).toBe(flat);
      }),
    );
  });
});

describe('words and keys', () => {
  test('tokens keep hyphens, plus signs and inner points, and lose the possessive', () => {
    const words = tokenise(
      "The model's self-attention in C++ and Node.js, James' work.",
      'en',
      english.canonical,
    );
    expect(words.map(({ text, possessive }) => (possessive ? `${text}*` : text))).toEqual([
      'The',
      'model*',
      'self-attention',
      'in',
      'C++',
      'and',
      'Node.js',
      'James*',
      'work',
    ]);
    expect(words[2]!.parts).toEqual(['self', 'attention']);
  });

  test.each([
    ['Positional Encodings', 'positional encoding'],
    ['positional-encoding', 'positional encoding'],
    ["Moore's laws", 'moore law'],
    ['Kubernetes', 'kubernetes'],
    ['analyses of classes', 'analysis of class'],
    ['U.S.', 'u.s'],
  ])('the key of %j is %j', (name, key) => {
    expect(keyOfName(name, english)).toBe(key);
  });

  test('a plural and its singular have one key, an encoder and an encoding have two', () => {
    expect(keyOfName('matrices', english)).toBe(keyOfName('matrix', english));
    expect(keyOfName('encoders', english)).not.toBe(keyOfName('encodings', english));
  });
});

test('the page of a block is found by its first words, in order, also where one is missing', () => {
  const blocks = readBlocks(
    '# One\n\nSame words.\n\nFirst page text.\n\n# Two\n\nSame words.\n\nnot on any page\n\nThird page text.',
  );
  const pages = [
    { page: 1, text: '# One\n\nSame words.\n\nFirst page text.' },
    { page: 2, text: '# Two\n\nSame words.' },
    { page: 3, text: 'Third page text.' },
  ];
  const starts = findPageStarts(blocks, pages);
  expect(blocks.map((_, index) => pageOfBlock(starts, index))).toEqual([1, 1, 1, 2, 2, 2, 3]);
  expect(pageOfBlock([], 3)).toBeUndefined();
});
