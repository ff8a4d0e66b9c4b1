import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  buildSearchIndex,
  buildSegment,
  decodeSegment,
  encodeSegment,
  type LiveSegment,
  mergeSegments,
  mostLanguage,
  pageLanguage,
  passagesOfPage,
  SearchIndex,
  searchedPage,
  searchPassages,
} from '../src/index.ts';

const WORDS = {
  en: 'attention weights queries translation running runs ran caches the of and is model models'.split(
    ' ',
  ),
  de: 'der die und ist Vorhofflimmern Herzrhythmus Störung Behandlung läuft laufen Modell'.split(
    ' ',
  ),
  zh: ['注意力', '机制', '模型', '关注', '序列', '核心'],
};

/** Pages of one directory: path -> text, in two or three languages, some too short to tell. */
const wiki = fc.dictionary(
  fc.constantFrom(...'abcdefghij'.split('').map((name) => `concepts/${name}.md`)),
  fc
    .tuple(fc.constantFrom('en', 'en', 'de', 'zh'), fc.array(fc.nat(), { maxLength: 60 }))
    .map(([language, numbers]) => {
      const words = WORDS[language as 'en'];
      const word = (n: number) => words[n % words.length] ?? '';
      const [first = 0, ...rest] = numbers;
      return `# ${word(first)}\n\n${rest.map(word).join(' ')}\n\n## ${word(first + 1)}\n\n${word(first + 2)}\n`;
    }),
);

const pagesOf = (texts: Readonly<Record<string, string>>) =>
  Object.keys(texts)
    .toSorted()
    .map((path) => searchedPage(path, passagesOfPage(path, texts[path] ?? '')));

const QUERIES = [
  'attention model',
  'what is attention?',
  'was ist Vorhofflimmern',
  'laufen und running',
  '什么是注意力',
  'atention of translatons',
  'Modell Behandlungen',
];

/** The pages of `before` in one segment, those that changed since in another. */
function updated(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly LiveSegment[] {
  const old = pagesOf(before);
  const base = buildSegment(old, mostLanguage(old));
  const { segment } = decodeSegment(encodeSegment(base, []));
  const now = pagesOf(after);
  const most = mostLanguage(now);
  const kept = segment.pages.filter(
    (page) => after[page.path] === before[page.path] && pageLanguage(page, most) === page.language,
  );
  const same = new Set(kept.map(({ path }) => path));
  const dead = segment.pages.map(({ path }) => path).filter((path) => !same.has(path));
  const fresh = buildSegment(
    now.filter(({ path }) => !same.has(path)),
    most,
  );
  return [
    { segment, dead: new Set(dead) },
    { segment: fresh, dead: new Set() },
  ];
}

test('segments that were updated find what an index of all pages finds, with the same scores', () => {
  let found = 0;
  fc.assert(
    fc.property(wiki, wiki, (before, changes) => {
      const after = { ...before, ...changes };
      for (const path of Object.keys(before)) if (path < 'concepts/c') delete after[path];
      const passages = new Map(pagesOf(after).map((page) => [page.path, page.passages]));
      const whole = buildSearchIndex([...passages.values()].flat());
      const parts = updated(before, after);
      const passagesOf = (path: string) => passages.get(path) ?? [];
      const merged = { segment: mergeSegments(parts), dead: new Set<string>() };
      for (const index of [
        new SearchIndex(parts, passagesOf),
        new SearchIndex([merged], passagesOf),
      ])
        for (const query of QUERIES) {
          const expected = searchPassages(whole, query);
          found += expected.length;
          expect(searchPassages(index, query)).toEqual(expected);
        }
    }),
    { numRuns: 150 },
  );
  expect(found).toBeGreaterThan(1000);
});

test('a segment is read as it was written', () => {
  const pages = pagesOf({ 'concepts/a.md': '# A\n\nSome text.\n', 'concepts/b.md': '' });
  const segment = buildSegment(pages, 'en');
  const read = decodeSegment(encodeSegment(segment, ['one', 'two']));
  expect(read).toEqual({ segment, extra: ['one', 'two'] });
});

test('a page that changed after it was analysed is left out where its passage is gone', () => {
  const pages = pagesOf({ 'concepts/a.md': '# A\n\nSome text.\n' });
  const parts = [{ segment: buildSegment(pages, 'en'), dead: new Set<string>() }];
  expect(searchPassages(new SearchIndex(parts, () => []), 'text')).toEqual([]);
});
