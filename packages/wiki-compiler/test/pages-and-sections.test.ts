// oxlint-disable no-await-in-loop -- documents are added one after the other
import { readFileSync } from 'node:fs';

import { readFrontMatter } from '@openkb/wiki';
import { describe, expect, test } from 'vitest';

import { labelsOf } from '../src/extractive/labels.ts';
import { linkSummaryPage } from '../src/extractive/pages/summary-page.ts';
import { languageProfile } from '../src/extractive/text/language.ts';
import { type CompilerInput, extractiveCompiler } from '../src/index.ts';
import { MemoryWiki, add, inputOf } from './support/memory-wiki.ts';

const compiler = extractiveCompiler();
const [caches, balancing] = ['caches', 'balancing'].map((name) =>
  readFileSync(new URL(`fixtures/order/${name}.md`, import.meta.url), 'utf8'),
) as [string, string];

/** One page for each section. */
const pages = caches.split(/(?=^## )/m).map((text, index) => ({ page: index + 1, text }));
const other = inputOf('balancing', balancing);

const short = inputOf('caches', caches, { format: 'pdf', pages });
const long = inputOf('caches', 'not read: the pages are', {
  title: 'Caches in Web Servers',
  format: 'pdf',
  pages,
  fullText: 'sources/caches.json',
  docType: 'pageindex',
  authors: ['Kim Novak'],
  sections: [
    {
      title: 'Caches',
      startPage: 1,
      endPage: 3,
      children: [{ title: 'Eviction', startPage: 3, endPage: 3, children: [] }],
    },
    { title: 'Load', startPage: 4, endPage: 4, children: [] },
  ],
});

async function wikiOf(...inputs: CompilerInput[]): Promise<MemoryWiki> {
  const wiki = new MemoryWiki();
  for (const input of inputs) await add(wiki, compiler, input);
  return wiki;
}

describe('a document with pages', () => {
  test('is quoted with the page of each sentence', async () => {
    const wiki = await wikiOf(short);
    expect(wiki.pages.get('concepts/eviction-policy.md')).toContain(
      '> An eviction policy is a rule that decides which entry leaves when the cache is full.\n> — *Eviction*, p. 3',
    );
    expect(wiki.pages.get('summaries/caches.md')).toMatch(
      /^A \[\[concepts\/cache\|cache\]\] is a store .* \(p\. 1\)$/m,
    );
  });

  test.each([
    ['short, stored as Markdown without page marks', short],
    ['long, stored by page', long],
  ])(
    'has the same page numbers when it is read again for another document: %s',
    async (_, input) => {
      const first = await wikiOf(input, other);
      const last = await wikiOf(other, input);
      expect(first.snapshot()).toEqual(last.snapshot());
      expect(first.pages.get('concepts/consistent-hashing.md')).toContain('> — *Load*, p. 4');
    },
  );
});

describe('a long document', () => {
  test('shows its section tree with page ranges, its authors and its form', async () => {
    const summary = (await wikiOf(long)).pages.get('summaries/caches.md') ?? '';
    expect(summary).toContain(
      '## Outline\n\n- Caches (pages 1–3)\n  - Eviction (page 3)\n- Load (page 4)\n',
    );
    expect(summary).toContain('\nAuthors: Kim Novak\n');
    expect(readFrontMatter(summary)).toMatchObject({
      type: 'Summary',
      doc_type: 'pageindex',
      full_text: 'sources/caches.json',
      compiled_by: 'extractive',
      authors: ['Kim Novak'],
    });
  });
});

test('front matter that a title or a sentence with odd characters fills reads back the same (U07)', async () => {
  const title = 'A "quoted": title # with --- and 🦆\n- and a line';
  const markdown =
    '# x\n\n"Yes: a cache #1 is a store that keeps copies of data," said the duck --- and left. A cache is fast.\n';
  const wiki = await wikiOf(inputOf('odd', markdown, { title }));
  const fields = readFrontMatter(wiki.pages.get('summaries/odd.md') ?? '');
  expect(fields['title']).toBe(title);
  expect(wiki.pages.get('summaries/odd.md')).toContain(
    '# A "quoted": title # with --- and 🦆 - and a line\n',
  );
  expect(fields['description']).toContain('"Yes: a cache #1 is a store');
});

test('linking a summary again changes nothing, however deep its outline is', () => {
  const page = `---
type: "Summary"
---

# Towers

## Outline

- **Towers**: A tower is a high building.
  - **North**
    - **Far North**
      - **Farthest North**: The great rock of Grace Hopper stands in front of the house of Grace Hopper.
`;
  const topic = {
    kind: 'entity',
    key: 'grace hopper',
    keys: ['grace hopper'],
    title: 'Grace Hopper',
    aliases: [],
    score: 1,
    mentions: 2,
    sentences: [],
    definitions: [],
  } as const;
  const link = (text: string) =>
    linkSummaryPage(
      text,
      new Map([['entities/grace-hopper.md', topic]]),
      languageProfile('en'),
      labelsOf('en'),
    );
  const linked = link(page);
  expect(linked).toContain(
    'The great rock of [[entities/grace-hopper|Grace Hopper]] stands in front of the house of Grace Hopper.',
  );
  expect(link(linked)).toBe(linked);
});
