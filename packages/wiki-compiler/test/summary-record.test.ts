import { readFrontMatter } from '@openkb/wiki';
import { describe, expect, test } from 'vitest';

import { takeRecord, withRecord } from '../src/extractive/pages/summary-record.ts';
import { extractiveCompiler } from '../src/index.ts';
import { MemoryWiki, add, inputOf } from './support/memory-wiki.ts';

const compiler = extractiveCompiler();
const PATH = 'summaries/caches.md';
const MARKDOWN = `# Caches

A cache is a store that keeps copies of data near the programs that need them. Every web server
has a cache. When the cache is full, an eviction policy decides what goes.

## Eviction Policy

An eviction policy is a rule that decides which entry leaves a full cache. A good eviction policy
keeps what will be asked for again.
`;
const PAGES = MARKDOWN.split('## ').map((text, at) => ({ page: at + 1, text }));
const INPUT = inputOf('caches', MARKDOWN, { format: 'pdf', pages: PAGES });

/** The page as earlier versions wrote it: the record in front matter, no link to the text. */
function oldForm(page: string): string {
  const { page: rest, record } = takeRecord(page);
  const fields = `page_starts: ${JSON.stringify(record.pageStarts)}\nwritten_lines: "${record.lines}"\n`;
  return rest.replace('\n---\n', `\n${fields}---\n`);
}

describe('the record of a summary page', () => {
  test('is no property that a reader of the page is shown', async () => {
    const wiki = new MemoryWiki();
    await add(wiki, compiler, INPUT);
    const page = wiki.pages.get(PATH)!;
    expect(Object.keys(readFrontMatter(page))).toEqual([
      'type',
      'title',
      'description',
      'doc_type',
      'full_text',
      'compiled_by',
      'format',
      'language',
      'keywords',
    ]);
    expect(takeRecord(page).record.pageStarts).toHaveLength(2);
    expect(takeRecord(page).record.lines).toMatch(/^[a-z\d]+(?: [a-z\d]+)+$/);
  });

  test('is read from front matter too, and is then moved out of it; a person’s words stay', async () => {
    const wiki = new MemoryWiki();
    await add(wiki, compiler, INPUT);
    const fresh = wiki.pages.get(PATH)!;
    const old = oldForm(fresh);
    expect(takeRecord(old).record).toEqual(takeRecord(fresh).record);
    wiki.pages.set(PATH, old.replace('\n## Outline', '\nMy own words.\n\n## Outline'));
    await add(wiki, compiler, INPUT);
    const renewed = wiki.pages.get(PATH)!;
    expect(renewed).toContain('\nMy own words.\n\n## Outline');
    expect(readFrontMatter(renewed)).toEqual(readFrontMatter(fresh));
    expect(renewed.replace('My own words.\n\n', '')).toBe(fresh);
  });

  test('gives the pages of a document that is read again, in both forms', async () => {
    const other = inputOf(
      'proxies',
      '# Proxies\n\nA proxy is a server with a data store. A data store is a place that keeps data. The data store is full of data.\n',
    );
    const pages = [false, true].map(async (old) => {
      const wiki = new MemoryWiki();
      await add(wiki, compiler, INPUT);
      if (old) wiki.pages.set(PATH, oldForm(wiki.pages.get(PATH)!));
      await add(wiki, compiler, other);
      return wiki.pages.get('concepts/cache.md');
    });
    const [fromComment, fromFields] = await Promise.all(pages);
    expect(fromComment).toContain('p. 1');
    expect(fromFields).toBe(fromComment);
  });

  test('that a person has broken, or shows in code, is the person’s', () => {
    const broken = '# A\n\n<!-- extractive-page {"written_lines": -->\n';
    expect(takeRecord(broken)).toMatchObject({ page: broken, comment: '' });
    const comment = '<!-- extractive-page {"written_lines":"x"} -->';
    const shown = `# A\n\n\`\`\`\n<!-- extractive-page {"written_lines":"y"} -->\n\`\`\`\n`;
    const taken = takeRecord(withRecord(shown, comment));
    expect(taken).toEqual({ page: shown, comment, record: { pageStarts: [], lines: 'x' } });
  });
});

describe('the note under the title', () => {
  test('links the stored text, in the language of the wiki', async () => {
    const wiki = new MemoryWiki();
    await add(wiki, compiler, INPUT);
    expect(wiki.pages.get(PATH)).toContain(
      'the sentences below are quoted from the [[sources/caches|document]].*\n',
    );
    const german = await compiler.compile(INPUT, wiki, { language: 'de', entityTypes: [] });
    const page = german.pages.find(({ path }) => path === PATH);
    expect(page?.text).toContain('aus dem [[sources/caches|Dokument]] zitiert.*\n');
  });

  test('links no JSON, which no reader of pages opens', async () => {
    const wiki = new MemoryWiki();
    await add(wiki, compiler, { ...INPUT, fullText: 'sources/caches.json', docType: 'pageindex' });
    expect(wiki.pages.get(PATH)).toContain('are quoted from the document.*\n');
  });
});
