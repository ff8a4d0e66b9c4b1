import { describe, expect, test } from 'vitest';

import { type DocumentAnalysis, analyseDocument } from '../src/extractive/analyse-document.ts';
import { findAcronyms } from '../src/extractive/concepts/acronyms.ts';
import { chooseConcepts, conceptCount } from '../src/extractive/concepts/choose-concepts.ts';
import { entityCount } from '../src/extractive/entities/choose-entities.ts';
import { gazetteer } from '../src/extractive/entities/gazetteer.ts';
import { isPersonName, typeOfName } from '../src/extractive/entities/type-of-name.ts';
import { finish } from '../src/extractive/steps.ts';

async function analysed(
  markdown: string,
  authors: readonly string[] = [],
): Promise<DocumentAnalysis> {
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? 'Untitled';
  return analyseDocument({ title, format: 'markdown', markdown, authors }, async () => {});
}

function definitionOf(analysis: DocumentAnalysis, key: string): string | undefined {
  const topic = analysis.topics.find((one) => one.keys.includes(key));
  const best = topic?.definitions[0];
  return best === undefined ? undefined : analysis.text.sentences[best.sentence]?.text;
}

function acronymsIn(text: string): string[] {
  const found = finish(findAcronyms([{ text, section: 0, prose: true, item: false }]));
  return [...found.values()].map(({ short, long }) => `${short}: ${long}`);
}

describe('acronyms', () => {
  test.each([
    ['We use a load balancer (LB) here.', ['LB: load balancer']],
    ['Large language models (LLMs) are big.', ['LLM: Large language models']],
    ['conflict-free replicated data types (CRDTs)', ['CRDT: conflict-free replicated data types']],
    ['Coordinated Universal Time (UTC)', ['UTC: Coordinated Universal Time']],
    ['It rained (NASA) all day (see Fig. 3) in (Paris).', []],
  ])('in %j are %j', (text, expected) => {
    expect(acronymsIn(text)).toEqual(expected);
  });
});

describe('definitions', () => {
  const HEAD =
    '# Notes\n\nThe hash ring is everywhere. Many people use a hash ring at work. The old hash ring was slow.\n\n';

  test.each([
    ['A hash ring is a circle of servers on which keys are placed.'],
    ['The hash ring can be described as a circle of servers with keys.'],
    ['A hash ring consists of servers that share the space of all keys.'],
    ['A circle of servers with all of their keys is called a hash ring.'],
  ])('%s', async (sentence) => {
    expect(definitionOf(await analysed(`${HEAD}${sentence} It works.`), 'hash ring')).toBe(
      sentence,
    );
  });

  test('a sentence about a special case does not define the general term', async () => {
    const text = `${HEAD}A weighted hash ring is a ring with weights for all of its servers. A weighted hash ring is rare. The hash ring is a circle of servers on which the keys are placed.`;
    expect(definitionOf(await analysed(text), 'hash ring')).toMatch(/^The hash ring is a circle/);
  });

  test('a sentence that only mentions the term defines nothing', async () => {
    expect(definitionOf(await analysed(HEAD), 'hash ring')).toBeUndefined();
  });
});

describe('concepts', () => {
  test('variants join their root, and the name is the form that a reader would look up', async () => {
    const analysis = await analysed(`# Attention

Attention lets a model look at all words. The attention mechanism was found early. An attention mechanism weighs words.
Attention is cheap. The attention mechanism is used in translation, where attention replaced memory. Multi-head attention runs
several attention mechanisms at once. Multi-head attention is popular. Attention is all that is needed.`);
    const topic = analysis.concepts[0]!.topic;
    expect(topic).toMatchObject({
      key: 'attention',
      title: 'Attention mechanism',
      aliases: ['Attention'],
    });
    expect(topic.keys).toContain('attention mechanism');
  });

  test('what every document of a wiki of five is about gives way to what is particular to this one', async () => {
    const analysis = await analysed(`# Trees and Forests

## Trees

A tree is a plant with a trunk. A tree has leaves. The tree grows slowly, and the tree lives long.

## Forests

A forest is a place with many trees. A forest has a floor. The forest keeps water, and the forest cools the air.`);
    const common = {
      documents: 10,
      of: (keys: readonly string[]) => (keys.includes('tree') ? 10 : 0),
    };
    const alone = { documents: 0, of: () => 0 };
    expect(chooseConcepts(analysis.concepts, 1, alone)[0]!.key).toBe('tree');
    expect(chooseConcepts(analysis.concepts, 1, common)[0]!.key).toBe('forest');
  });

  test('a longer document is worth more pages, within limits', () => {
    expect([50, 500, 2000, 10_000, 100_000].map((words) => conceptCount(words, 10))).toEqual([
      1, 4, 6, 9, 14,
    ]);
    expect([50, 500, 2000, 10_000, 100_000].map((words) => entityCount(words))).toEqual([
      4, 5, 10, 17, 20,
    ]);
  });
});

describe('entities', () => {
  const places = gazetteer('en');

  test.each([
    ['Ada Lovelace', 'person'],
    ['J. S. Bach', 'person'],
    ['Ludwig van Beethoven', 'person'],
    ['University of Toronto', 'organization'],
    ['National Physical Laboratory', 'organization'],
    ['New York', 'place'],
    ['Germany', 'place'],
    ['Lake Constance', 'place'],
    ['NIPS 2017', 'event'],
    ['Battle of Hastings', 'event'],
    ['Wall Street Journal', 'work'],
    ['WordPerfect', 'product'],
    ['Microsoft', 'organization'],
    ['UDP', 'other'],
    ['Blue Whale', 'other'],
  ])('%s by itself is of type %s', (name, type) => {
    expect(typeOfName(name.split(' '), places).type).toBe(type);
  });

  test('capitals alone make no person', () => {
    expect(isPersonName(['Figure', 'Three'])).toBe(false);
    expect(isPersonName(['WEST', 'WING'])).toBe(false);
  });

  test('the words beside a name tell what it is', async () => {
    const { entities } = await analysed(`# Notes

The physicist Lise Meitner worked in Berlin. Lise Meitner left in 1938. Zorvex is a database for graphs. Most people like Zorvex.
The company Blimtor announced it. Blimtor employs ten people. The city of Quandale has a bridge. We went to Quandale, a town near the sea.`);
    const types = Object.fromEntries(entities.map(({ topic }) => [topic.title, topic.entityType]));
    expect(types).toMatchObject({
      'Lise Meitner': 'person',
      Zorvex: 'product',
      Blimtor: 'organization',
      Quandale: 'place',
    });
  });

  test('a surname joins the full name, and an author of the document gets no page for the title page', async () => {
    const text = `# Notes

Grace Hopper wrote a compiler. Hopper was an admiral. Everybody liked Hopper. Kim Novak wrote these notes, and Kim Novak is tired.`;
    const { entities } = await analysed(text, ['Kim Novak']);
    const hopper = entities.find(({ topic }) => topic.title === 'Grace Hopper');
    expect(hopper?.topic.mentions).toBe(3);
    expect(entities.find(({ topic }) => topic.title === 'Kim Novak')).toMatchObject({
      choosable: false,
      spare: false,
    });
  });

  test('labels, citations, months and headings in capitals are no names', async () => {
    const { entities } = await analysed(`# Notes

See Figure 1 and Figure 2 in March. As shown (Smith et al., 2019) and by others (Smith, 2019), Table 3 is right. THE BIG WARNING applies.
In March we looked at Figure 3 again (Smith et al., 2019). THE BIG WARNING applies in March. Table 4 is wrong.`);
    expect(entities.map(({ topic }) => topic.title)).toEqual([]);
  });
});
