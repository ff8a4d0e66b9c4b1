import fc from 'fast-check';
import { expect, test } from 'vitest';

import { checkWiki, upsertIndexEntries, type Violation } from '../src/index.ts';
import { markdown, text } from './arbitraries.ts';

const healthy: Readonly<Record<string, string>> = {
  'index.md': upsertIndexEntries('', [
    { section: 'Documents', target: 'summaries/a', label: 'short', description: 'A' },
    { section: 'Concepts', target: 'concepts/b', description: 'B' },
  ]),
  'log.md': '# Operations Log\n\n## [2026-01-02 03:04:05] remove | [[concepts/gone]]\n',
  'AGENTS.md': '---\ntype: "Conventions"\n---\nWrite `[[concepts/x]]`.\n',
  'summaries/a.md':
    '---\ntype: "Summary"\nfull_text: "sources/a.md"\n---\n[[concepts/b]] ![[picture.png]] [[#top]]\n',
  'concepts/b.md':
    '---\ntype: "Concept"\nsources: ["summaries/a.md"]\n---\nSee also: [[summaries/a]]\n',
  'sources/a.md': '---\ntype: "Source"\n---\nif [[ -f x ]]; then [[1]](http://x) fi\n',
  'sources/big.json': '[]',
};

const check = (changes: Readonly<Record<string, string | undefined>>): Violation[] => {
  const pages = new Map(Object.entries(healthy));
  for (const [path, page] of Object.entries(changes)) {
    if (page === undefined) pages.delete(path);
    else pages.set(path, page);
  }
  return checkWiki(pages);
};
const found = (changes: Readonly<Record<string, string | undefined>>): string[] =>
  check(changes).map(({ code, path, line, subject }) =>
    [code, path, line, subject].filter((x) => x !== undefined).join(' '),
  );

test('a wiki in order has no violation', () => {
  expect(check({})).toEqual([]);
  expect(checkWiki(new Map())).toEqual([]);
});

test('a link to no page is dead, with its line', () => {
  expect(found({ 'concepts/b.md': `${healthy['concepts/b.md']}\nto [[concepts/c|C]]\n` })).toEqual([
    'dead-link concepts/b.md 7 concepts/c',
  ]);
});

test('a link in front matter is checked too', () => {
  expect(
    found({
      'concepts/b.md':
        '---\ntype: "Concept"\nsee: ["[[concepts/c]]"]\nsources: ["summaries/a.md"]\n---\n[[summaries/a]]',
    }),
  ).toEqual(['dead-link concepts/b.md 3 concepts/c']);
});

test('a link in another spelling is not dead, and is told', () => {
  const links = '[[Concepts/B.md#x]] [[B]] [[b]] [[concepts/b.md]] [[/concepts/b]]';
  expect(found({ 'summaries/a.md': `${healthy['summaries/a.md']}${links}` })).toEqual([
    'inexact-link summaries/a.md 6 /concepts/b',
    'inexact-link summaries/a.md 6 B',
    'inexact-link summaries/a.md 6 Concepts/B.md',
  ]);
});

test('an index in which a fence is never closed lists its entries all the same', () => {
  expect(found({ 'index.md': `\`\`\`\n${healthy['index.md']}` })).toEqual([]);
});

test('a wiki with pages and no index says so; one without pages needs none', () => {
  expect(found({ 'index.md': undefined })).toEqual(['missing-index index.md']);
  expect(checkWiki(new Map([['AGENTS.md', healthy['AGENTS.md'] ?? '']]))).toEqual([]);
});

test('a link that names its folder does not hide that a page of the same name elsewhere is an orphan (U18c)', () => {
  const b = healthy['concepts/b.md'] ?? '';
  const index = upsertIndexEntries(healthy['index.md'] ?? '', [
    { section: 'Entities', target: 'entities/b', description: 'B' },
  ]);
  expect(found({ 'entities/b.md': b, 'index.md': index })).toEqual(['orphan-page entities/b.md']);
});

test.each([
  ['missing-front-matter sources/a.md 1', { 'sources/a.md': 'x' }],
  ['unreadable-front-matter sources/a.md 1', { 'sources/a.md': '---\ntype: [x\n---\n' }],
  ['missing-type sources/a.md 1', { 'sources/a.md': '---\ntitle: "x"\n---\n' }],
  ['missing-type sources/a.md 1', { 'sources/a.md': '---\ntype: " "\n---\n' }],
  [
    'duplicate-key sources/a.md 4 type',
    { 'sources/a.md': '---\ntype: "x"\nother: 1\ntype: "y"\n---\n' },
  ],
  ['not-in-index concepts/b.md', { 'index.md': '## Documents\n- [[summaries/a]]\n' }],
  [
    'index-entry-without-page index.md concepts/gone',
    { 'index.md': `${healthy['index.md']}- [[concepts/gone]] — x\n` },
  ],
  [
    'missing-source concepts/b.md 1 summaries/gone.md',
    {
      'concepts/b.md':
        '---\ntype: "Concept"\nsources: ["summaries/a.md", "summaries/gone.md"]\n---\n',
    },
  ],
  [
    'missing-source concepts/b.md 1 summaries/gone.md',
    {
      'concepts/b.md':
        '---\ntype: "Concept"\nsources: [{resource: summaries/a.md}, {resource: /summaries/gone.md}]\n---\n[[summaries/a]]',
    },
  ],
  ['path-clash sources/a.md sources/A.md', { 'sources/A.md': '---\ntype: "x"\n---\n' }],
  ['forbidden-name sources/a:b.md', { 'sources/a:b.md': '---\ntype: "x"\n---\n' }],
])('%s', (violation, changes) => {
  expect(found(changes)).toEqual([violation]);
});

test.each([
  'a#b',
  'a^b',
  'a[b',
  'a]b',
  'a|b',
  'a\\b',
  'a:b',
  'a?b',
  'con',
  'COM1.x',
  'a.',
  'a\tb',
  'x'.repeat(256),
])('the name "%s" is forbidden', (name) => {
  const page = '---\ntype: "x"\n---\n';
  const names = check({ [`sources/${name}/x.md`]: page }).map(({ code }) => code);
  expect(names).toEqual(['forbidden-name']);
});

test('a page that only the index and itself link is an orphan, also when another of its name is linked', () => {
  const page = '---\ntype: "Concept"\n---\n[[entities/b]] [[concepts/b]]\n';
  expect(
    found({
      'entities/b.md': page,
      'concepts/b.md': '---\ntype: "Concept"\nsources: ["summaries/a.md"]\n---\n',
      'summaries/a.md': '---\ntype: "Summary"\n---\n[[entities/b]]\n',
      'index.md': `${healthy['index.md']}\n## Entities\n- [[entities/b]] — x\n`,
    }),
  ).toEqual([]);
  expect(
    found({
      'entities/b.md': page.replace('[[concepts/b]]', ''),
      'concepts/b.md': '---\ntype: "Concept"\nsources: ["summaries/a.md"]\n---\n[[concepts/b]]\n',
      'summaries/a.md': '---\ntype: "Summary"\n---\n[[entities/b]]\n',
      'index.md': `${healthy['index.md']}\n## Entities\n- [[entities/b]] — x\n`,
    }),
  ).toEqual(['orphan-page concepts/b.md']);
});

test('a source that a concept names keeps its summary from being an orphan', () => {
  expect(
    found({ 'concepts/b.md': '---\ntype: "Concept"\nsources: ["summaries/a.md"]\n---\n' }),
  ).toEqual([]);
  expect(found({ 'concepts/b.md': '---\ntype: "Concept"\n---\n' })).toEqual([
    'orphan-page summaries/a.md',
  ]);
});

test('every message is a sentence that names the page', () => {
  const violations = check({
    'sources/a.md': 'x',
    'concepts/b.md': '[[gone]]',
    'entities/Ä#.md': '',
  });
  expect(violations.length).toBeGreaterThan(4);
  for (const { message, path } of violations) {
    expect(message).toMatch(/^["A-Z].*\.$/);
    expect(message).toContain(`"${path}"`);
  }
});

test('no wiki makes the checks throw, and the order of its pages makes no difference', () => {
  const path = fc.oneof(
    fc.constantFrom('index.md', 'concepts/a.md', 'summaries/x.md', 'log.md'),
    text(10),
  );
  fc.assert(
    fc.property(fc.dictionary(path, fc.oneof(markdown, text(30)), { maxKeys: 6 }), (pages) => {
      const violations = checkWiki(new Map(Object.entries(pages)));
      expect(checkWiki(new Map(Object.entries(pages).toReversed()))).toEqual(violations);
    }),
  );
});
