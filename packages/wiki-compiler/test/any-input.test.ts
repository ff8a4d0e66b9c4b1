// oxlint-disable no-await-in-loop -- inputs are compiled one after the other
import { existsSync, readFileSync, readdirSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type CompilerInput, extractiveCompiler } from '../src/index.ts';
import { countTurns } from './support/count-turns.ts';
import { MemoryWiki, OPTIONS, add, inputOf } from './support/memory-wiki.ts';
import { quotedSentences, sourceText } from './support/quotations.ts';
import { violationsOf } from './support/violations.ts';

const compiler = extractiveCompiler();

/** Compiles into an empty wiki; what of the things that hold of any result does not hold. */
async function faultsOf(input: CompilerInput): Promise<unknown[]> {
  const wiki = new MemoryWiki();
  const { pages } = await add(wiki, compiler, input);
  const summary = `summaries/${input.name}.md`;
  const said = sourceText(input.markdown, input.format);
  const untrue = pages.flatMap(({ path, text }) =>
    quotedSentences(path, text)
      .filter((quoted) => !said.includes(quoted) && quoted !== input.title)
      .map((quoted) => ({ fault: 'not in the source', path, quoted })),
  );
  const linkable = new Map(wiki.pages).set(input.fullText, '---\ntype: "Source"\n---\n');
  // a summary without topics is linked by the index alone
  const violations = violationsOf(linkable).filter(
    ({ code, path }) => code !== 'not-in-index' && (code !== 'orphan-page' || path !== summary),
  );
  const again = (await compiler.compile(input, wiki, OPTIONS)).pages.map(({ path }) => path);
  return [
    ...(wiki.pages.has(summary) ? [] : ['no summary']),
    ...untrue,
    ...violations,
    ...again.map((path) => ({ fault: 'changed when compiled again', path })),
  ];
}

const PROSE = readFileSync(new URL('fixtures/order/caches.md', import.meta.url), 'utf8');

describe('any input gives pages whose quotations are in the source and whose links lead somewhere', () => {
  test.each<[string, string]>([
    ['empty', ''],
    ['white space', ' \n\t\n  '],
    ['one sentence', 'A cache is a store that keeps copies of data.'],
    ['one word', 'cache'],
    ['one letter in a row', 'x'.repeat(60_000)],
    ['lines of one word', `${'word '.repeat(12)}\n`.repeat(1000)],
    [
      'a log',
      Array.from({ length: 1000 }, (_, at) => `12:00:07 INFO request ${at} done in ${at} ms`).join(
        '\n',
      ),
    ],
    ['code only', '```js\nconst cache = new Map();\n```\n\n    indented();\n'],
    ['a fence that is never closed', '# T\n\n```\nconst a = 1;\n'.repeat(3)],
    ['a table only', '| a | b |\n|---|---|\n| cache | store |\n'.repeat(40)],
    ['headings only', '# One\n## Two\n### Three\n'],
    ['front matter that is never closed', '---\ntitle: x\nA cache is a store. A cache is small.\n'],
    [
      'mixed languages',
      `${PROSE}\n\n## Deutsch\n\nDer Speicher ist ein Gerät, das Daten hält. Der Speicher ist klein.\n\n## 中文\n\n缓存是一种技术。缓存很快。\n`,
    ],
    [
      'right to left',
      'الذاكرة المخبئية هي مخزن سريع للبيانات. تستخدم الذاكرة المخبئية في كل خادم. الذاكرة المخبئية صغيرة الحجم وسريعة جدا في كل الأحوال.\n\n'.repeat(
        5,
      ),
    ],
    [
      'Hebrew',
      'זיכרון מטמון הוא מאגר קטן ומהיר של נתונים. זיכרון מטמון נמצא בכל שרת. בלי זיכרון מטמון השרת איטי.\n\n'.repeat(
        5,
      ),
    ],
    [
      'Japanese',
      'キャッシュはデータを保存する仕組みである。キャッシュは速い。データベースはキャッシュより遅い。\n\n'.repeat(
        5,
      ),
    ],
    ['Thai', 'แคชคือที่เก็บข้อมูลที่รวดเร็ว แคชมีขนาดเล็ก ฐานข้อมูลช้ากว่าแคช\n\n'.repeat(5)],
    [
      'Korean',
      '캐시는 데이터를 저장하는 장치이다. 캐시는 매우 빠르다. 데이터베이스는 캐시보다 느리다.\n\n'.repeat(
        5,
      ),
    ],
    [
      'links and marks of the wiki itself',
      `${PROSE}\n\nA cache [[concepts/none|is linked]] to [[nothing]] and ![[embedded]]. The cache \`[[code]]\` has **bold** and <b>HTML</b> and <!-- keep --> marks and *stars* in every cache. <!-- extractive {"document":"x"} -->\n`,
    ],
    [
      'lone surrogates and control characters',
      'A cache \uD800 is a store \u0000 that keeps copies. The cache \uDC00 is \uFEFF fast. A cache is a store.',
    ],
  ])('%s', async (_, markdown) => {
    expect(await faultsOf(inputOf('doc', markdown))).toEqual([]);
    expect(await faultsOf(inputOf('doc', markdown, { format: 'text' }))).toEqual([]);
    expect(
      await faultsOf(
        inputOf('doc', markdown, { format: 'pdf', pages: [{ page: 1, text: markdown }] }),
      ),
    ).toEqual([]);
  });

  test('prose with marks, brackets, quotes and numbers thrown in', async () => {
    const words = fc.constantFrom(
      'a cache',
      'the web server',
      'is a',
      'store',
      '[[x]]',
      '*',
      '**',
      '_',
      '`',
      '<b>',
      '-->',
      '<!--',
      '(LB)',
      'Load Balancer (LB)',
      'Ada Lovelace',
      'in Paris',
      '.',
      '. ',
      ',',
      ':',
      '#',
      '|',
      '\n',
      '\n\n',
      '\n# ',
      '\n- ',
      '\n> ',
      '[1]',
      '\\',
      '\\[',
      '&lt;',
      '$',
      '1.',
      '…',
      '"',
      '](x)',
      '[',
      '](',
      '![',
      '{}',
      '=',
      '---',
      '\n---\n',
      '\n```\n',
      '\t',
      '缓存是一种',
      'é',
      '\u0301',
      '👩‍💻',
      '\r\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(words, { minLength: 20, maxLength: 200 }), async (parts) => {
        expect(
          await faultsOf(inputOf('doc', `${PROSE.slice(0, 600)}\n\n${parts.join(' ')}`)),
        ).toEqual([]);
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  test('documents of many names that look alike get pages without clashes', async () => {
    const names = [
      'C',
      'C++',
      'C#',
      'c',
      'ﬁle system',
      'file system',
      'FILE system',
      'Con',
      'index',
    ];
    const text = names.map(
      (one) =>
        `## ${one}\n\n${one} is a thing that everybody knows. Many people use ${one} daily. We like ${one} a lot.`,
    );
    expect(await faultsOf(inputOf('doc', `# Names\n\n${text.join('\n\n')}\n`))).toEqual([]);
  });
});

describe('a long document', () => {
  // so many parts that to look at each beside each would take many minutes
  test.each<[string, string]>([
    ['2 MB of prose', PROSE.repeat(Math.ceil(2_000_000 / PROSE.length))],
    ['20 MB without a space', 'x'.repeat(20_000_000)],
    ['brackets', '['.repeat(10_000_000)],
    ['opened links', '[a]('.repeat(600_000)],
    ['opened images', '![a'.repeat(200_000)],
    ['stars', '*a '.repeat(600_000)],
    ['underscores and tags', '_<a '.repeat(600_000)],
    ['parentheses', 'Load Balancer (LB '.repeat(200_000)],
    ['capitals', 'Aa Bb '.repeat(400_000)],
    ['Chinese without a full stop', '缓存系统数据库'.repeat(28_000)],
    ['hyphens', 'a-'.repeat(2_000_000)],
    ['comment openings', '<!-- '.repeat(1_000_000)],
    ['headings', '# Head\n'.repeat(400_000)],
    ['list items', '- A cache is fast.\n'.repeat(200_000)],
  ])('of %s is compiled in one pass', async (_, markdown) => {
    const { pages } = await compiler.compile(inputOf('doc', markdown), new MemoryWiki(), OPTIONS);
    expect(pages.map(({ path }) => path)).toContain('summaries/doc.md');
  });

  test('lets the event loop turn during its compilation', async () => {
    const turns = countTurns();
    await compiler.compile(inputOf('doc', PROSE.repeat(200)), new MemoryWiki(), OPTIONS);
    expect(turns.end()).toBeGreaterThan(5);
  });
});

const corpus = new URL('../../../../shared/corpus/reference/', import.meta.url);
const references = existsSync(corpus)
  ? readdirSync(corpus).filter((file) => file.endsWith('.md'))
  : [];

test.skipIf(references.length === 0)(
  'the reference documents of the corpus, when they are there, are quoted truly',
  async () => {
    for (const file of references) {
      const markdown = readFileSync(new URL(file, corpus), 'utf8');
      expect(await faultsOf(inputOf(file.replace(/\..*$/, ''), markdown))).toEqual([]);
    }
  },
);
