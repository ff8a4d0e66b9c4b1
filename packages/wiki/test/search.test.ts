import fc from 'fast-check';
import { expect, test } from 'vitest';

import { buildSearchIndex, passagesOfPage, searchPassages } from '../src/index.ts';
import { markdown, text } from './arbitraries.ts';

const wiki: Readonly<Record<string, string>> = {
  'concepts/attention.md': `---
type: "Concept"
description: "Attention weighs the parts of an input by their relevance to a query."
---
# Attention mechanism

Attention maps a query and key-value pairs to an output. The output is a weighted sum of the values.

## Self-attention

Self-attention relates positions of a single sequence. It is the core of the [[entities/transformer]].
`,
  'concepts/bleu.md':
    '# Bilingual evaluation understudy (BLEU)\n\nBLEU compares n-grams of a translation with references. Higher is better.\n',
  'entities/transformer.md': `---
type: "Work"
aliases: ["Vaswani et al. 2017"]
---
# Transformer

The Transformer is a model built on attention alone. Attention, attention, attention: the attention mechanism everywhere.
`,
  'concepts/vorhofflimmern.md':
    '# Vorhofflimmern\n\nDas Vorhofflimmern ist eine Störung des Herzrhythmus. Die Behandlung mit Betablockern senkt die Frequenz und ist bei vielen Patienten die erste Wahl.\n',
  'concepts/注意力.md':
    '# 注意力机制\n\n注意力机制让模型关注输入序列中最相关的部分。它是Transformer模型的核心。\n',
};

const index = buildSearchIndex(
  Object.entries(wiki).flatMap(([path, page]) => passagesOfPage(path, page)),
);
const find = (query: string, top = 3) => searchPassages(index, query, { top });
const pages = (query: string): string[] => find(query).map(({ passage }) => passage.page);

test('the passage with the words of the query comes first, with its best sentence', () => {
  const [hit] = find('weighted sum of values');
  expect(hit?.passage.page).toBe('concepts/attention.md');
  expect(hit?.sentence).toBe('The output is a weighted sum of the values.');
});

test('English words that say nothing find no page in another script that has one of them', () => {
  const japanese =
    '# 灯台\n\nCompiled without a model. 灯台は海を照らす建物である。灯台の光は遠くまで届く。レンズは灯台に使われる。\n';
  const both = buildSearchIndex([
    ...passagesOfPage('concepts/灯台.md', japanese),
    ...passagesOfPage('concepts/nozzle.md', '# Nozzle\n\nIt accelerates the gas of a rocket.\n'),
  ]);
  const found = (query: string) =>
    searchPassages(both, query, { top: 3 }).map(({ passage }) => passage.page);
  expect(found('What is a nozzle?')).toEqual(['concepts/nozzle.md']);
  expect(found('a')).toEqual([]);
  expect(found('灯台')).toEqual(['concepts/灯台.md']);
  expect(found('model')).toEqual(['concepts/灯台.md']);
});

test('words are found in other forms, and parts of hyphenated words', () => {
  expect(find('translations comparing')[0]?.passage.page).toBe('concepts/bleu.md');
  expect(find('self attention position')[0]?.passage.heading).toBe('Self-attention');
});

test.each([
  ['what is the attention mechanism?', 'concepts/attention.md'],
  ['What’s a transformer', 'entities/transformer.md'],
  ['what does BLEU stand for?', 'concepts/bleu.md'],
  ['define bilingual evaluation understudy', 'concepts/bleu.md'],
  ['who is Vaswani et al. 2017?', 'entities/transformer.md'],
  ['Was ist Vorhofflimmern?', 'concepts/vorhofflimmern.md'],
  ['什么是注意力机制？', 'concepts/注意力.md'],
  ['注意力机制是什么', 'concepts/注意力.md'],
])('"%s" puts the page of that name first', (query, path) => {
  expect(find(query)[0]?.passage.page).toBe(path);
});

test('the definition of a page is its description', () => {
  const [hit] = find('what is the attention mechanism');
  expect(hit?.sentence).toBe(
    'Attention weighs the parts of an input by their relevance to a query.',
  );
});

test('a word one letter off is found', () => {
  expect(pages('translaton')).toEqual(['concepts/bleu.md']);
  expect(pages('Vorhofflimern')).toEqual(['concepts/vorhofflimmern.md']);
  expect(pages('seqeunce')).toEqual(['concepts/attention.md']);
});

test('a query in one language finds pages in it, whatever others the wiki has', () => {
  expect(pages('Behandlungen von Patienten')[0]).toBe('concepts/vorhofflimmern.md');
  expect(pages('模型关注什么')[0]).toBe('concepts/注意力.md');
});

test('a query of stop words, of unknown words or of nothing finds nothing', () => {
  expect(find('the of and')).toEqual([]);
  expect(find('xylophone quartz')).toEqual([]);
  expect(find('')).toEqual([]);
  expect(searchPassages(buildSearchIndex([]), 'attention')).toEqual([]);
});

test('at most so many passages are returned as asked for, best first', () => {
  expect(find('attention', 2)).toHaveLength(2);
  expect(find('attention', 0)).toEqual([]);
  const scores = find('attention transformer model', 10).map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(scores.length).toBeGreaterThan(2);
});

test('equal passages come in the order of their pages, in whatever order they were indexed', () => {
  const passages = ['b', 'c', 'a'].map((name) => ({
    page: `concepts/${name}.md`,
    title: 'T',
    heading: '',
    text: 'The same words about turbines.',
  }));
  for (const order of [passages, passages.toReversed()]) {
    const hits = searchPassages(buildSearchIndex(order), 'turbines');
    expect(hits.map(({ passage }) => passage.page)).toEqual([
      'concepts/a.md',
      'concepts/b.md',
      'concepts/c.md',
    ]);
  }
});

test('no wiki and no query makes the search throw, and the same query finds the same', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(markdown, text(60)), { maxLength: 5 }),
      text(30),
      (bodies, query) => {
        const build = () =>
          buildSearchIndex(bodies.flatMap((body, i) => passagesOfPage(`concepts/${i}.md`, body)));
        const hits = searchPassages(build(), query, { top: 5 });
        expect(searchPassages(build(), query, { top: 5 })).toEqual(hits);
        for (const { passage, score, sentence } of hits) {
          expect(score).toBeGreaterThan(0);
          expect(passage.text).toContain(sentence);
        }
      },
    ),
  );
});

test('a word of a passage finds that passage', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.stringMatching(/^[b-df-hj-np-tv-z]{6,9}$/), {
        minLength: 3,
        maxLength: 20,
      }),
      (words) => {
        const built = buildSearchIndex(
          words.map((word, i) => ({
            page: `concepts/${i}.md`,
            title: '',
            heading: '',
            text: `About ${word}.`,
          })),
        );
        for (const [i, word] of words.entries()) {
          expect(searchPassages(built, word)[0]?.passage.page).toBe(`concepts/${i}.md`);
        }
      },
    ),
    { numRuns: 20 },
  );
});
