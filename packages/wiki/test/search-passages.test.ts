import fc from 'fast-check';
import { expect, test } from 'vitest';

import { passagesOfPage, passagesOfSourcePages, sentencesOf } from '../src/index.ts';
import { markdown, text } from './arbitraries.ts';

const page = `---
type: "Entity"
title: "BERT"
aliases: ["Bidirectional Encoder"]
description: "A [[concepts/language-model|language model]] of Google"
---
# BERT

First paragraph with **bold** and ![a picture](x.png) and a [web link](https://example.org).

## Training

It was trained on books. <!-- not for readers -->

\`\`\`
# no heading
\`\`\`

## Related Documents

- [[summaries/a]]
- [[summaries/b]] (short)

See also: [[summaries/c]]
`;

test('a page is cut at its headings, with the description first and lists of links left out', () => {
  const about = { page: 'entities/bert.md', title: 'BERT', aliases: ['Bidirectional Encoder'] };
  expect(passagesOfPage('entities/bert.md', page)).toEqual([
    { ...about, heading: '', text: 'A language model of Google', line: 1 },
    { ...about, heading: '', text: 'First paragraph with bold and and a web link.', line: 9 },
    {
      ...about,
      heading: 'Training',
      text: 'It was trained on books.\n\n```\n# no heading\n```',
      line: 13,
    },
  ]);
});

test('the title is that of the front matter, the first heading or the name of the file', () => {
  expect(passagesOfPage('a/b.md', 'x')[0]?.title).toBe('b');
  expect(passagesOfPage('concepts/self-attention.md', 'x')[0]?.title).toBe('self attention');
  expect(passagesOfPage('a/b.md', '# The *title* #\nx')[0]?.title).toBe('The *title*');
});

test('long sections are cut into pieces of about 700 characters at the ends of sentences', () => {
  const sentence = 'This is one of the sentences of a section that is long. ';
  const passages = passagesOfPage('a/b.md', `## H\n\n${sentence.repeat(60)}`);
  expect(passages.length).toBeGreaterThan(3);
  for (const passage of passages) {
    expect(passage.heading).toBe('H');
    expect(passage.text.length).toBeLessThanOrEqual(700);
    expect(passage.text).toMatch(/^This is .* long\.$/s);
  }
});

test('pages of a source carry their page number, and a section goes on over the page break', () => {
  expect(
    passagesOfSourcePages('sources/a.json', 'A', [
      { page: 1, text: '# Intro\n\nOne.' },
      { page: 2, text: 'Two.\n\n# End\n\nThree.' },
    ]),
  ).toEqual([
    { page: 'sources/a.json', title: 'A', heading: 'Intro', text: 'One.', sourcePage: 1 },
    { page: 'sources/a.json', title: 'A', heading: 'Intro', text: 'Two.', sourcePage: 2 },
    { page: 'sources/a.json', title: 'A', heading: 'End', text: 'Three.', sourcePage: 2 },
  ]);
});

test('passages are never empty or too long, begin on their line, and no word of a paragraph is lost', () => {
  fc.assert(
    fc.property(fc.oneof(markdown, text(60)), (body) => {
      const lines = body.split('\n');
      for (const passage of passagesOfPage('a/b.md', body)) {
        expect(passage.text.trim()).not.toBe('');
        expect(passage.text.length).toBeLessThanOrEqual(700);
        expect(passage.line).toBeGreaterThanOrEqual(1);
        expect(passage.line).toBeLessThanOrEqual(lines.length);
      }
    }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 400 }),
      (words) => {
        const found = passagesOfPage('a/b.md', words.join(' ')).map((passage) => passage.text);
        expect(found.join(' ')).toBe(words.join(' '));
      },
    ),
  );
});

test.each([
  ['en', 'It works, e.g. Adam does. See Fig. 3 there. J. Smith said so.', 3],
  ['en', 'One line\nAnother line', 2],
  ['de', 'Am 3. Oktober war es so. Danach nicht.', 2],
  ['zh', '第一句。第二句！第三句？', 3],
])('sentences in %s: %s', (language, words, count) => {
  const sentences = sentencesOf(words, language);
  expect(sentences).toHaveLength(count);
  expect(sentences.join('').replace(/\s/g, '')).toBe(words.replace(/\s/g, ''));
});

test('the sentences of a text have all its words', () => {
  fc.assert(
    fc.property(fc.oneof(text(60), markdown), (words) => {
      expect(sentencesOf(words, 'en').join('').replace(/\s/g, '')).toBe(words.replace(/\s/g, ''));
    }),
  );
});

test.each([
  'Mentioned with: [[concepts/a|A]], [[entities/b|B]]',
  'Erwähnt mit: [[concepts/a]] · [[entities/b]]',
  '- [[concepts/a|A]] (3 mentions)',
  'See also: [[summaries/a]]',
  '[[concepts/a]]',
])('the line %j is no passage', (line) => {
  const found = passagesOfPage('concepts/x.md', `# X\n\nX is a thing.\n\n${line}\n`);
  expect(found.map((passage) => passage.text)).toEqual(['X is a thing.']);
});

test.each(['[[concepts/a|A]] is a library', 'Who knows: [[concepts/a|A]] and the sea'])(
  'the line %j says something and is found',
  (line) => {
    expect(passagesOfPage('concepts/x.md', `# X\n\n${line}\n`)).toHaveLength(1);
  },
);

const textsOf = (by: string): string[] =>
  passagesOfPage(
    'summaries/fog.md',
    `---\ncompiled_by: ${by}\n---\n\n# Fog\n\n*Quoted from the [[sources/fog|document]].*\n\nFog is a cloud.\n\n*Often.*\n`,
  ).map((passage) => passage.text);

test('the line in which a page says that no model compiled it is no passage', () => {
  expect(textsOf('extractive')).toEqual(['Fog is a cloud.\n\n*Often.*']);
  expect(textsOf('somebody').join('\n')).toContain('Quoted from');
});
