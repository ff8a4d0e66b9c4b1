import { readFileSync } from 'node:fs';

import { readFrontMatter, updateFrontMatter } from '@openkb/wiki';
import { describe, expect, test } from 'vitest';

import { analyseDocument } from '../src/extractive/analyse-document.ts';
import { keysOfKeywords, keywordsOf } from '../src/extractive/keywords.ts';
import { languageProfile } from '../src/extractive/text/language.ts';
import { extractiveCompiler } from '../src/index.ts';
import { MemoryWiki, add, inputOf } from './support/memory-wiki.ts';

const compiler = extractiveCompiler();

function fixture(path: string): string {
  return readFileSync(new URL(`fixtures/${path}`, import.meta.url), 'utf8');
}

function recorded(wiki: MemoryWiki, name: string): string[] {
  const { keywords } = readFrontMatter(wiki.read(`summaries/${name}.md`) ?? '');
  return Array.isArray(keywords) ? keywords.filter((one) => typeof one === 'string') : [];
}

describe('the key phrases of a summary', () => {
  test('are written as the document writes them, concepts first, best first', async () => {
    const wiki = new MemoryWiki();
    const markdown = `# Old Lighthouses

A lighthouse is a tower that carries a light. The Tower of Hercules is a Roman lighthouse in Spain. Boston Light is a lighthouse of the United States.
The Pharos was a lighthouse of stone. Nobody has seen the Pharos for centuries. The Tower of Hercules still stands. The United States have kept their lighthouses.`;
    await add(wiki, compiler, inputOf('old', markdown));
    const keywords = recorded(wiki, 'old');
    expect(keywords[0]).toBe('Lighthouse');
    expect(keywords).toEqual(
      expect.arrayContaining(['Pharos', 'Tower of Hercules', 'United States']),
    );
    expect(keywords).not.toContain('Pharo');
    expect(keywords.length).toBeLessThanOrEqual(20);
  });

  test.each(['clock-synchronisation', 'spanner-note', 'buchdruck', 'huancun'])(
    'lead back to the keys of all that the document can say something of: %s',
    async (name) => {
      const markdown = fixture(`${name}/document.md`);
      const source = { title: name, format: 'markdown', markdown, authors: [] };
      const { topics, keywords, profile } = await analyseDocument(source, async () => {});
      const keys = keysOfKeywords(keywords, profile);
      expect(topics.length).toBeGreaterThan(5);
      expect(topics.flatMap((topic) => topic.keys).filter((key) => !keys.has(key))).toEqual([]);
      expect(keywords.length).toBeLessThan(topics.length + 5);
      expect(new Set(keywords).size).toBe(keywords.length);
    },
  );

  test('hold another spelling only where the title does not lead to every key', () => {
    const topic = {
      kind: 'concept',
      key: 'time protocol',
      keys: ['ntp', 'time protocol', 'timekeeper'],
      title: 'Time Protocol (NTP)',
      aliases: ['NTP', 'Time Protocol', 'Timekeepers'],
      score: 1,
      mentions: 2,
      sentences: [],
      definitions: [],
    } as const;
    expect(keywordsOf([topic], languageProfile('en'))).toEqual([
      'Time Protocol (NTP)',
      'Timekeepers',
    ]);
  });

  test('of an earlier version, which were keys, bring the document to a new page as well', async () => {
    const wiki = new MemoryWiki();
    await add(wiki, compiler, inputOf('caches', fixture('order/caches.md')));
    const summary = wiki.read('summaries/caches.md') ?? '';
    const keys = ['cache', 'consistent hashing', 'eviction policy', 'web server'];
    wiki.pages.set('summaries/caches.md', updateFrontMatter(summary, { keywords: keys }));
    await add(wiki, compiler, inputOf('balancing', fixture('order/balancing.md')));
    expect(wiki.read('concepts/consistent-hashing.md')).toContain('## [[summaries/caches|');
    // a stem is no word: stemmed again it would be another
    const stems = ['erfind', 'druckverfahr', 'schnellpress'];
    const known = keysOfKeywords(stems, languageProfile('de'));
    expect(stems.filter((stem) => !known.has(stem))).toEqual([]);
  });
});
