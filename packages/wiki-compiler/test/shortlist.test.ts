import { pageFacts } from '@openkb/wiki';
import { describe, expect, test } from 'vitest';

import { readCatalogue, shortlist, type WikiView } from '../src/index.ts';
import { MemoryWiki } from './support/memory-wiki.ts';

const page = (title: string, description: string, more = '') =>
  `---\ntype: "Concept"\ndescription: "${description}"\nsources: ["summaries/a.md"]\n${more}---\n\n# ${title}\n`;

const wiki = new MemoryWiki([
  ['concepts/cache.md', page('Cache', 'A store of copies near the program.')],
  ['concepts/lighthouse.md', page('Lighthouse', 'A tower with a lamp.', 'aliases: ["beacon"]\n')],
  ['concepts/queue.md', page('Queue', 'A list that keeps an order.')],
  ['entities/ada.md', page('Ada', 'She wrote of a lighthouse and a lamp.')],
  ['summaries/a.md', '---\ntype: "Summary"\ndescription: "All."\n---\n\n# A paper\n'],
]);

describe('the catalogue', () => {
  test('names each page with its description, aliases and documents', () => {
    const { pages, summaries } = readCatalogue(wiki);
    expect(pages[1]).toEqual({
      path: 'concepts/lighthouse.md',
      kind: 'concept',
      title: 'Lighthouse',
      description: 'A tower with a lamp.',
      aliases: ['beacon'],
      documents: ['a'],
    });
    expect(pages.map(({ path }) => path)).toEqual([...wiki.pages.keys()].slice(0, 4));
    expect(summaries).toMatchObject([{ name: 'a', title: 'A paper', description: 'All.' }]);
  });

  test('is the same from facts as from texts, and reads no text where there are facts', () => {
    const facts: WikiView = {
      list: (directory) => wiki.list(directory),
      read: (path) => {
        throw new Error(`"${path}" was read`);
      },
      facts: (path) => pageFacts(path, wiki.read(path) ?? ''),
    };
    expect(readCatalogue(facts)).toEqual(readCatalogue(wiki));
  });
});

describe('the shortlist', () => {
  const catalogue = readCatalogue(wiki);
  const paths = (text: string, limit: number) =>
    shortlist(catalogue, text, { kind: 'concept', limit }).map(({ path }) => path);

  test('holds every page of the kind, by path, while there are no more than the limit', () => {
    expect(paths('Nothing of the kind.', 3)).toEqual([
      'concepts/cache.md',
      'concepts/lighthouse.md',
      'concepts/queue.md',
    ]);
  });

  test('ranks a page by its title, its aliases and its description', () => {
    expect(paths('The caches of a server.', 1)).toEqual(['concepts/cache.md']);
    expect(paths('Beacons along the coast.', 1)).toEqual(['concepts/lighthouse.md']);
    expect(paths('Copies of programs, copies of lists.', 2)).toEqual([
      'concepts/cache.md',
      'concepts/queue.md',
    ]);
  });

  test('names no page of the other kind', () => {
    expect(shortlist(catalogue, 'a lighthouse', { kind: 'entity', limit: 1 })).toMatchObject([
      { path: 'entities/ada.md' },
    ]);
  });

  test('finds the pages of a document among thousands, in the same order every time', () => {
    const many = Array.from({ length: 3000 }, (_, n) => ({
      path: `concepts/topic-${n}.md`,
      kind: 'concept' as const,
      title: `Topic ${n}`,
      description: `What topic ${n} is about.`,
      aliases: [],
      documents: [],
    }));
    const pages = [...many, ...catalogue.pages];
    const text = 'A lighthouse is a tower. Its lamp is seen by the queue of ships.';
    const found = shortlist({ pages }, text, { kind: 'concept', limit: 60 });
    expect(found.slice(0, 2).map(({ title }) => title)).toEqual(['Lighthouse', 'Queue']);
    expect(found).toHaveLength(60);
    const again = shortlist({ pages: pages.toReversed() }, text, { kind: 'concept', limit: 60 });
    expect(again).toEqual(found);
  });
});
