import { describe, expect, test } from 'vitest';

import {
  analyse,
  buildSearchIndex,
  checkWiki,
  detectLanguage,
  logEntry,
  normaliseTarget,
  pageTitle,
  parseLinks,
  passagesOfPage,
  pathKey,
  readFrontMatter,
  readLog,
  removeIndexEntries,
  rewriteLinks,
  searchPassages,
  sentencesOf,
  slugOf,
  splitFrontMatter,
  updateFrontMatter,
  upsertIndexEntries,
} from '../src/index.ts';

// With cost that grows by the square, these take minutes; the time limit of a test
// is the only clock here.
const SIZE = 100_000;
const fill = (pattern: string): string => pattern.repeat(SIZE / pattern.length);

const inputs: Readonly<Record<string, string>> = {
  'open brackets': fill('['),
  'links without an end': fill('[[a '),
  'one endless link': `[[${fill('a')}`,
  backticks: fill('` '),
  'runs of backticks of every length': Array.from({ length: 600 }, (_, i) => '`'.repeat(i)).join(
    ' ',
  ),
  'lines of dashes': fill('---\n'),
  'a key and spaces': `---\na${fill(' ')}\n---\n`,
  'colons in a value': `---\na: "${fill('x: ')}"\n---\n`,
  'empty lines': fill('\n'),
  'carriage returns': fill('\r'),
  headings: fill('# a\n'),
  'a heading that closes again and again': `# a${fill(' #')}x`,
  'comments without an end': fill('<!--'),
  'pictures without an end': fill('![a]('),
  'embeds without a full stop': fill('![[a]] '),
  entries: fill('- [[a/b]] — c\n'),
  'an entry and spaces': `- [[a]]${fill(' ')}x`,
  'links in one item': `- [[a]]${fill(',[[a]]')}x`,
  initials: fill('A. '),
  'one word': fill('y'),
  'hyphens and apostrophes': fill("a-b'"),
  Chinese: fill('注意力机制'),
  Thai: fill('การเรียนรู้'),
  'lone surrogates': fill('\uD800'),
  'log headings': fill('## [x] a | b\n'),
  backslashes: `${fill('\\')}[[a]]`,
};

describe.each(Object.entries(inputs))('a page of %s', (_, page) => {
  test('is read and changed in time that grows with its length', () => {
    expect(splitFrontMatter(page).block.length).toBeLessThanOrEqual(page.length);
    expect(readFrontMatter(page)).toBeTypeOf('object');
    expect(readFrontMatter(updateFrontMatter(page, { type: 'x' }))['type']).toBe('x');
    expect(rewriteLinks(page, () => undefined)).toBe(page);
    expect(parseLinks(page).length).toBeLessThan(SIZE);
    const entry = { section: 'Concepts', target: 'new/b', description: page } as const;
    expect(removeIndexEntries(upsertIndexEntries(page, [entry]), ['new/b'])).toContain(
      '## Concepts',
    );
    expect(readLog(logEntry({ at: page, operation: page, description: page }))).toHaveLength(1);
    expect(readLog(page).length).toBeLessThan(SIZE);
    expect(slugOf(page)).not.toBe('');
    expect(pathKey(normaliseTarget(page))).toBeTypeOf('string');
    expect(
      checkWiki(
        new Map([
          ['concepts/a.md', page],
          ['index.md', page],
        ]),
      ).length,
    ).toBeGreaterThan(0);
  });

  test('is searched in time that grows with its length', () => {
    expect(pageTitle('a/b.md', page)).not.toBe('');
    expect(detectLanguage(page)).toMatch(/^[a-z]{2}$/);
    expect(sentencesOf(page, 'en').join('').length).toBeLessThanOrEqual(page.length);
    const index = buildSearchIndex(passagesOfPage('a/b.md', page));
    expect(searchPassages(index, `what is ${page}`, { top: 3 }).length).toBeLessThanOrEqual(3);
  });
});

test('one word of five million letters does not exhaust the stack', () => {
  for (const letter of ['a', 'a-', '\u{1D400}']) {
    expect(analyse(letter.repeat(5_000_000 / letter.length), 'en').length).toBeGreaterThan(0);
  }
});
