// oxlint-disable no-await-in-loop -- documents are added one after the other: that is what is tested
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { type CompilerInput, extractiveCompiler } from '../src/index.ts';
import { MemoryWiki, add, inputOf, remove } from './support/memory-wiki.ts';

const compiler = extractiveCompiler();

const TERMS = [
  'vector clock',
  'hash table',
  'bloom filter',
  'write-ahead log',
  'load balancer',
  'binary tree',
  'memory barrier',
  'garbage collector',
];
const NAMES = ['Grace Hopper', 'Donald Knuth', 'Stanford University', 'Redis', 'Toronto'];

const term = fc.constantFrom(...TERMS);
const name = fc.constantFrom(...NAMES);

const sentence = fc.oneof(
  term.map((one) => `A ${one} is a structure that programmers meet in almost every large system.`),
  fc
    .tuple(term, term)
    .map(([a, b]) => `Without a ${a} the ${b} would have to read every entry again.`),
  fc
    .tuple(term, name)
    .map(([a, b]) => `The ${a} was studied for many years by ${b} and by many others.`),
  name.map((one) => `Nobody knows more about the early days than ${one} and the people around.`),
  term.map((one) => `Most engineers learn about the ${one} long before they ever need it.`),
);

const section = fc
  .tuple(term, fc.array(sentence, { minLength: 2, maxLength: 6 }))
  .map(([heading, sentences]) => `## The ${heading}\n\n${sentences.join(' ')}`);

const corpus = fc
  .array(fc.array(section, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 4 })
  .map((documents) =>
    documents.map((sections, index) =>
      inputOf(`doc-${index}`, `# Notes number ${index}\n\n${sections.join('\n\n')}\n`),
    ),
  );

async function wikiOf(documents: readonly CompilerInput[]): Promise<MemoryWiki> {
  const wiki = new MemoryWiki();
  for (const document of documents) await add(wiki, compiler, document);
  return wiki;
}

test('generated documents give the same pages in whatever order they are added', async () => {
  await fc.assert(
    fc.asyncProperty(corpus, fc.infiniteStream(fc.nat()), async (documents, random) => {
      const keyed = documents.map((document) => ({ document, key: random.next().value }));
      const shuffled = keyed.toSorted((a, b) => a.key - b.key).map(({ document }) => document);
      expect((await wikiOf(shuffled)).snapshot()).toEqual((await wikiOf(documents)).snapshot());
    }),
    { numRuns: 20, seed: 1 },
  );
});

test('taking a generated document out gives the wiki without it', async () => {
  await fc.assert(
    fc.asyncProperty(corpus, fc.nat(), async (documents, at) => {
      const gone = documents[at % documents.length]!;
      const wiki = await wikiOf(documents);
      await remove(wiki, compiler, gone.name);
      const without = await wikiOf(documents.filter((one) => one !== gone));
      expect(wiki.snapshot()).toEqual(without.snapshot());
    }),
    { numRuns: 15, seed: 2 },
  );
});
