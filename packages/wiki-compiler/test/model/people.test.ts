import fc from 'fast-check';
import { expect, test } from 'vitest';

import { inputOf, MemoryWiki } from '../support/memory-wiki.ts';
import { compile, page, plan, scripted } from '../support/scripted.ts';
import { BASE, NOTE, REPLIES } from '../support/small-wiki.ts';

const PARTS = [
  'A cache is a store.',
  'It keeps copies.',
  '## Limits',
  'It may be stale.',
  '### Size',
  '- small',
  '- or large',
  '## Use',
  '```\ncode\n```',
  '| a | b |\n| - | - |\n| 1 | 2 |',
  'It may be cold.',
];

/** Texts of a model: some of the parts, in any order. */
const texts = fc
  .shuffledSubarray(PARTS, { minLength: 3 })
  .map((parts) => `Caches are stores of copies.\n\n${parts.join('\n\n')}`);

/** What a person inserts, each time with words of its own. */
const insertions = fc.array(
  fc.record({
    at: fc.nat(1000),
    form: fc.constantFrom(
      (word: string) => `${word} is mine.`,
      (word: string) => `\n${word} is mine.\n`,
      (word: string) => `\n## ${word}\n\nMine.\n`,
      (word: string) => `\n#### ${word}\n`,
      (word: string) => `- ${word}`,
      (word: string) => `<!-- keep -->\n## ${word}\n\n[[concepts/ghost]]\n<!-- /keep -->`,
      (word: string) => `\n<!-- keep -->${word}<!-- /keep -->\n`,
      (word: string) => `\n\`\`\`\n## ${word}\n\`\`\`\n`,
      (word: string) => `> ${word}\n> on two lines`,
    ),
  }),
  { maxLength: 4 },
);

test('whatever a person inserts into a page, and however the model rewrites it, each insertion is there once, again and again', async () => {
  await fc.assert(
    fc.asyncProperty(
      texts,
      insertions,
      fc.array(texts, { minLength: 1, maxLength: 3 }),
      async (first, inserted, later) => {
        const wiki = new MemoryWiki();
        await compile(
          wiki,
          scripted({ ...REPLIES, 'page concepts/cache': page(first) }).compiler,
          NOTE,
        );
        const lines = wiki.pages.get('concepts/cache.md')!.split('\n');
        const top = lines.indexOf('# Cache') + 1;
        const words = inserted.map((_, number) => `Insertion-${number}`);
        for (const [number, { at, form }] of inserted.entries())
          lines.splice(placeIn(lines, top, at), 0, ...form(words[number]!).split('\n'));
        wiki.pages.set('concepts/cache.md', lines.join('\n'));
        for (const [number, reply] of later.entries()) {
          const replies = {
            ...BASE,
            plan: plan({ update: [{ page: 'concepts/cache' }] }),
            '*': page(reply),
          };
          // oxlint-disable-next-line no-await-in-loop -- one document after the other
          await compile(
            wiki,
            scripted(replies).compiler,
            inputOf(`later-${number}`, '# Later\n\nA cache.'),
          );
          const text = wiki.pages.get('concepts/cache.md')!;
          for (const word of words)
            expect(text.split(word), `${word} in:\n${text}`).toHaveLength(2);
          expect(text.split('## Related Documents')).toHaveLength(2);
        }
      },
    ),
    { numRuns: 100 },
  );
});

/** A line of the body that is neither within fenced code nor within a table. */
function placeIn(lines: readonly string[], top: number, at: number): number {
  const last = lines.findLastIndex((line) => line.startsWith('<!-- written-lines'));
  const free = lines.flatMap((line, index) => {
    const within = lines.slice(0, index).filter((one) => one.startsWith('```')).length % 2 === 1;
    return index < top || index > last || within || line.startsWith('|') || insideKept(lines, index)
      ? []
      : [index];
  });
  return free[at % free.length] ?? top;
}

function insideKept(lines: readonly string[], index: number): boolean {
  const before = lines.slice(0, index).join('\n');
  return before.lastIndexOf('<!-- keep -->') > before.lastIndexOf('<!-- /keep -->');
}

test('a kept part that nobody closed is closed, and grows no more', async () => {
  const wiki = new MemoryWiki();
  await compile(wiki, scripted(REPLIES).compiler, NOTE);
  wiki.pages.set(
    'concepts/cache.md',
    wiki.pages.get('concepts/cache.md')!.replace('## Limits', '<!-- keep -->\nMine.\n\n## Limits'),
  );
  for (const number of [1, 2, 3]) {
    const replies = {
      ...BASE,
      plan: plan({ update: [{ page: 'concepts/cache' }] }),
      '*': page('A cache is a store, and more is not to be said of it here.'),
    };
    // oxlint-disable-next-line no-await-in-loop -- one document after the other
    await compile(
      wiki,
      scripted(replies).compiler,
      inputOf(`later-${number}`, '# Later\n\nA cache.'),
    );
  }
  const text = wiki.pages.get('concepts/cache.md')!;
  expect(text.split('Mine.')).toHaveLength(2);
  expect(text.split('<!-- /keep -->')).toHaveLength(2);
  expect(text.split('## Related Documents')).toHaveLength(2);
});

test('a page edited on Windows keeps what a person wrote', async () => {
  const wiki = new MemoryWiki();
  await compile(wiki, scripted(REPLIES).compiler, NOTE);
  const edited = wiki.pages
    .get('concepts/cache.md')!
    .replace('## Limits', '## Mine\n\nMine alone.\n\n## Limits');
  wiki.pages.set('concepts/cache.md', edited.replaceAll('\n', '\r\n'));
  const replies = {
    ...BASE,
    plan: plan({ update: [{ page: 'concepts/cache' }] }),
    '*': page('A cache is a store, and more is not to be said of it here.'),
  };
  await compile(wiki, scripted(replies).compiler, inputOf('later', '# Later\n\nA cache.'));
  const text = wiki.pages.get('concepts/cache.md')!;
  expect(text).toContain('## Mine\n\nMine alone.\n');
  expect(text).not.toContain('what is no longer true');
});

test('a hostile answer of 200 KB takes no longer than a long one', async () => {
  for (const unit of [
    '[',
    '![',
    '`',
    '<!--',
    '<!-',
    '<script',
    '[[',
    '](',
    '(',
    '|',
    '# \n',
    '~~~\n',
    '<a ',
    'https://',
    '> ',
    '- ',
    '**',
  ]) {
    const wiki = new MemoryWiki();
    const content = `A cache is a store of copies. ${unit.repeat(Math.ceil(200_000 / unit.length))}`;
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await compile(
      wiki,
      scripted({ ...REPLIES, 'page concepts/cache': page(content) }).compiler,
      NOTE,
    );
    expect(wiki.pages.get('concepts/cache.md')).toContain('A cache is a store of copies.');
  }
});

test('a title that is Markdown is shown and links nothing', async () => {
  const wiki = new MemoryWiki();
  const title = '<b>[[concepts/ghost]]</b>\n# *x* | y';
  await compile(wiki, scripted(REPLIES).compiler, { ...NOTE, title });
  const text = wiki.pages.get('summaries/note.md')!;
  expect(text).toContain('\n# \\<b>\\[\\[concepts/ghost\\]\\]\\</b> # \\*x\\* | y\n');
  expect(wiki.pages.get('concepts/cache.md')).not.toContain('[[concepts/ghost');
});
