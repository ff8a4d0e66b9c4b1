// oxlint-disable no-await-in-loop -- documents are added one after the other: that is what is tested
import { readFileSync, readdirSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { extractiveCompiler } from '../src/index.ts';
import { MemoryWiki, add, inputOf, remove } from './support/memory-wiki.ts';
import { violationsOf } from './support/violations.ts';

const folder = new URL('fixtures/order/', import.meta.url);
const documents = readdirSync(folder)
  .toSorted()
  .map((file) => inputOf(file.replace('.md', ''), readFileSync(new URL(file, folder), 'utf8')));
const compiler = extractiveCompiler();

async function wikiOf(order: readonly number[]): Promise<MemoryWiki> {
  const wiki = new MemoryWiki();
  for (const index of order) await add(wiki, compiler, documents[index]!);
  return wiki;
}

const someOrder = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 1 });

describe('the order of adds', () => {
  test('twelve orders of adds give the same pages, byte for byte', async () => {
    const expected = (await wikiOf([0, 1, 2, 3])).snapshot();
    expect(
      Object.keys(expected).filter((path) => path.startsWith('concepts/')).length,
    ).toBeGreaterThan(8);
    for (const order of permutations([0, 1, 2, 3]).filter((_, index) => index % 2 === 0))
      expect((await wikiOf(order)).snapshot()).toEqual(expected);
  });

  test('some documents in any order give the same pages as the same documents sorted', async () => {
    await fc.assert(
      fc.asyncProperty(someOrder, async (order) => {
        expect((await wikiOf(order)).snapshot()).toEqual(
          (await wikiOf(order.toSorted((a, b) => a - b))).snapshot(),
        );
      }),
      { numRuns: 10, seed: 7 },
    );
  });

  test('a document that knew a term before it had a page gets a section when the page is made', async () => {
    const [balancing, caches] = [documents[0]!, documents[1]!];
    const wiki = await wikiOf([1]);
    expect(wiki.pages.get('summaries/caches.md')).toContain('"Consistent hashing"');
    expect(wiki.pages.has('concepts/consistent-hashing.md')).toBe(false);
    await add(wiki, compiler, balancing);
    const page = wiki.pages.get('concepts/consistent-hashing.md') ?? '';
    expect(page).toContain(`## [[summaries/caches|${caches.title}]]`);
    expect(wiki.pages.get('summaries/caches.md')).toContain('- [[concepts/consistent-hashing|');
  });

  test('a document whose stored text is gone is named in a warning and keeps its pages', async () => {
    const wiki = await wikiOf([1]);
    wiki.pages.delete('sources/caches.md');
    const before = wiki.pages.get('summaries/caches.md');
    const { messages } = await add(wiki, compiler, documents[0]!);
    expect(
      messages.filter((one) => one.code === 'stored-text-missing').map((one) => one.text),
    ).toEqual([
      'The document "caches" was not read again for new pages: "sources/caches.md" is missing or unreadable.',
    ]);
    expect(wiki.pages.get('summaries/caches.md')).toBe(before);
  });
});

describe('compiling again', () => {
  test('a document compiled again changes no page', async () => {
    const wiki = await wikiOf([0, 1, 2, 3]);
    for (const document of documents)
      expect(
        (await compiler.compile(document, wiki, { language: 'en', entityTypes: TYPES })).pages,
      ).toEqual([]);
  });

  test('a changed text replaces the sections of the document and takes it from pages it no longer speaks of', async () => {
    const wiki = await wikiOf([0, 1, 2, 3]);
    const shorter = inputOf(
      'queues',
      documents[3]!.markdown.replace(/## Back Pressure[\s\S]*?(?=## Order)/, ''),
    );
    const { removals = [] } = await add(wiki, compiler, shorter);
    expect(removals).toContain('concepts/back-pressure.md');
    expect(wiki.pages.get('entities/david-karger.md')).not.toContain('summaries/queues');
    expect(dead(wiki)).toEqual([]);
  });

  test('a page that goes because its document changed is gone from the lists of the others too', async () => {
    const [balancing, caches] = [documents[0]!, documents[1]!];
    const alone = await wikiOf([1]);
    const wiki = await wikiOf([1, 0]);
    expect(wiki.pages.has('concepts/consistent-hashing.md')).toBe(true);
    const silent = inputOf(
      'balancing',
      `# ${balancing.title}\n\nNothing is known about this any more.\n`,
    );
    await add(wiki, compiler, silent);
    expect(wiki.pages.has('concepts/consistent-hashing.md')).toBe(false);
    expect(wiki.pages.get('summaries/caches.md')).toBe(alone.pages.get('summaries/caches.md'));
    expect(wiki.pages.get('concepts/cache.md')).toBe(alone.pages.get('concepts/cache.md'));
    expect([caches.name, dead(wiki)]).toEqual(['caches', []]);
  });
});

describe('removing', () => {
  test('add then remove restores every page, for every last document and any others before it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 2 }), async (order) => {
        const [last, ...others] = order.toReversed();
        const before = (await wikiOf(others)).snapshot();
        const wiki = await wikiOf(order);
        await remove(wiki, compiler, documents[last!]!.name);
        expect(wiki.snapshot()).toEqual(before);
      }),
      { numRuns: 12, seed: 11 },
    );
  });

  test('no link leads to a missing page after any adds and removals', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 3 })), { minLength: 1, maxLength: 7 }),
        async (steps) => {
          const wiki = new MemoryWiki();
          for (const [adding, index] of steps) {
            const document = documents[index]!;
            if (adding) await add(wiki, compiler, document);
            else if (wiki.pages.has(`summaries/${document.name}.md`))
              await remove(wiki, compiler, document.name);
            expect(dead(wiki)).toEqual([]);
          }
        },
      ),
      { numRuns: 8, seed: 3 },
    );
  });
});

const TYPES = ['person', 'organization', 'place', 'product', 'work', 'event', 'other'];

/** Violations of what a wiki is, but for the index, which is not the compiler's. */
function dead(wiki: MemoryWiki) {
  const pages = new Map([...wiki.pages].filter(([path]) => !path.startsWith('sources/')));
  for (const path of wiki.list('sources')) pages.set(path, '---\ntype: "Source"\n---\n');
  return violationsOf(pages).filter(
    ({ code }) => code !== 'not-in-index' && code !== 'orphan-page',
  );
}

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item) =>
    permutations(items.filter((one) => one !== item)).map((rest) => [item].concat(rest)),
  );
}
