import { type ScriptedCall } from '@openkb/test-kit/scripted-model';
import { describe, expect, test } from 'vitest';

import { type CompilerInput } from '../../src/index.ts';
import { splitSections, windows } from '../../src/model-compiler/digest/split-sections.ts';
import { MemoryWiki, OPTIONS, inputOf } from '../support/memory-wiki.ts';
import { compile, failure, page, plan, scripted } from '../support/scripted.ts';
import { BASE, REPLIES, SUMMARY } from '../support/small-wiki.ts';

const sentence = (about: string, at: number) =>
  `Sentence ${at} of it says something about ${about} that is worth a line. `;
const pageText = (at: number) =>
  Array.from({ length: 12 }, (_, line) => sentence(`topic-${at}`, line)).join('');
const pages = Array.from({ length: 30 }, (_, at) => ({
  page: at + 1,
  text: `## Page ${at + 1}\n\n${pageText(at + 1)}`,
}));
const section = (
  title: string,
  startPage: number,
  endPage: number,
  children: readonly object[] = [],
) => ({ title, startPage, endPage, children }) as never;

const BOOK: CompilerInput = inputOf('book', pages.map(({ text }) => text).join('\n\n'), {
  title: 'The Book',
  docType: 'pageindex',
  fullText: 'sources/book.json',
  pages,
  sections: [
    section('Part one', 1, 15, [section('Chapter one', 2, 8), section('Chapter two', 9, 15)]),
    section('Part two', 16, 30),
  ],
});

/** A summary of every section that is asked for. */
function summaries({ prompt }: ScriptedCall) {
  const ids = [...prompt.matchAll(/^(s\d+)$/gm)].map(([, id]) => id!);
  return { object: { sections: ids.map((id) => ({ id, summary: `Summary of ${id}.` })) } };
}

/** Leaves one section out, and has one that nobody asked for. */
function someSummaries(call: ScriptedCall) {
  const all = summaries(call).object.sections;
  return {
    object: {
      sections: [...all.filter(({ id }) => id !== 's4'), { id: 's99', summary: 'Of none.' }],
    },
  };
}

const replies = { ...REPLIES, sections: summaries };

describe('a long document', () => {
  test('is shown as its section tree with summaries, and its text is in no request but those for the summaries', async () => {
    const wiki = new MemoryWiki();
    const { compiler, model } = scripted(replies, { sectionTokens: 3000 });
    const { messages } = await compile(wiki, compiler, BOOK);
    const keys = model.keys();
    expect(keys.filter((key) => key === 'sections').length).toBeGreaterThan(2);
    expect(keys.slice(keys.indexOf('summary'))).toEqual([
      'summary',
      'plan',
      'page concepts/cache',
      'page entities/ada-lovelace',
      'relink',
    ]);
    const shown = model.calls.find(({ key }) => key === 'summary')!.prompt;
    expect(shown).toContain(
      '- Part one (pages 1–15): Summary of s1.\n  - Chapter one (pages 2–8): Summary of s2.',
    );
    expect(shown).not.toContain('Sentence 3');
    expect(messages).toEqual([
      {
        level: 'info',
        code: 'compiled-by-sections',
        text: 'The document "book" is long: it was compiled from its section tree.',
      },
    ]);
    const summary = wiki.pages.get('summaries/book.md')!;
    expect(summary).toContain(
      '\n## Sections\n\n- Part one (pages 1–15): Summary of s1.\n  - Chapter one (pages 2–8): Summary of s2.\n',
    );
    expect(summary).toContain('doc_type: "pageindex"\nfull_text: "sources/book.json"');
  });

  test('every page of it is summarised once', () => {
    const parts = splitSections(BOOK, 4000);
    for (const { page: number } of pages)
      expect(
        parts.filter(({ text }) => text.includes(`topic-${number} `)).length,
        `page ${number}`,
      ).toBeGreaterThan(0);
    const lengths = parts.reduce((sum, { text }) => sum + text.replace(/\s/g, '').length, 0);
    expect(lengths).toBe(pages.reduce((sum, { text }) => sum + text.replace(/\s/g, '').length, 0));
    expect(Math.max(...parts.map(({ text }) => text.length))).toBeLessThanOrEqual(4000);
  });

  test('the page of a subject is shown the passages that speak of it', async () => {
    const create = [{ title: 'Topic-17', about: 'What it says about topic-17.' }];
    const { compiler, model } = scripted({
      ...replies,
      plan: plan({ create }),
      '*': page('Topic 17 is one of thirty.'),
    });
    await compile(new MemoryWiki(), compiler, BOOK);
    const { prompt } = model.calls.find(({ key }) => key.startsWith('page'))!;
    expect(prompt).toMatch(/\(Page 17, page 17\) Sentence 0 of it says something about topic-17/);
  });

  test('summaries that are missing are asked for again, and then the first sentences stand in, which is said', async () => {
    const wiki = new MemoryWiki();
    const { compiler, model } = scripted(
      { ...replies, sections: someSummaries },
      { sectionTokens: 100_000 },
    );
    const { messages } = await compile(wiki, compiler, BOOK);
    expect(messages.map(({ code }) => code)).toContain('sections-not-summarised');
    expect(model.calls[1]!.prompt).not.toMatch(/^s1$/m);
    expect(wiki.pages.get('summaries/book.md')).toContain(
      '- Part two (pages 16–30): Page 16 Sentence 0 of it says',
    );
  });
});

describe('a document that does not fit into the context', () => {
  const tooLong = Object.assign(new Error('Too many tokens.'), { code: 'context-too-long' });
  const text = Array.from({ length: 60 }, (_, at) => `## Heading ${at}\n\n${pageText(at)}`).join(
    '\n\n',
  );
  const LONG = inputOf('long', text, { title: 'Long' });
  const room = (tokens: number, replyTo: (call: ScriptedCall) => object) => (call: ScriptedCall) =>
    call.request.messages.reduce((sum, { content }) => sum + content.length, 0) > tokens * 4
      ? { error: tooLong }
      : (replyTo(call) as { object: unknown });

  const withRoom = (tokens: number) =>
    Object.fromEntries(
      Object.entries({ ...replies, '*': SUMMARY }).map(([key, reply]) => [
        key,
        room(tokens, (call) => (typeof reply === 'function' ? reply(call) : reply)),
      ]),
    );

  test('falls back to windows of its text', async () => {
    const wiki = new MemoryWiki();
    const { compiler, model } = scripted(withRoom(9000), { sectionTokens: 3000 });
    await compile(wiki, compiler, LONG);
    expect(model.keys()[0]).toBe('summary');
    expect(model.keys()[1]).toBe('sections');
    expect(wiki.pages.get('summaries/long.md')).toContain('- Heading 0: Summary of s1.');
    expect([...wiki.pages.keys()]).toContain('concepts/cache.md');
  });

  test('is asked for smaller batches where a batch is too long, and a part that is too long is cut', async () => {
    const wiki = new MemoryWiki();
    const { compiler } = scripted(withRoom(5000), { sectionTokens: 12_000 });
    const { messages } = await compile(wiki, compiler, LONG);
    expect(messages.map(({ code }) => code)).toEqual(['compiled-by-sections']);
  });

  test('is shown as a tree from the start where the port knows that it does not fit, or a budget says so', async () => {
    const known = scripted(replies);
    const { createModelCompiler } = await import('../../src/index.ts');
    await createModelCompiler({ model: { ...known.model, contextTokens: () => 8000 } }).compile(
      LONG,
      new MemoryWiki(),
      OPTIONS,
    );
    expect(known.model.keys()[0]).toBe('sections');
    const budget = scripted(replies, { documentTokens: 5000 });
    await compile(new MemoryWiki(), budget.compiler, LONG);
    expect(budget.model.keys()[0]).toBe('sections');
  });

  test('fails with an error of its own where not even the tree fits', async () => {
    const error = await failure(
      compile(
        new MemoryWiki(),
        scripted({ ...withRoom(9000), summary: { error: tooLong } }).compiler,
        LONG,
      ),
    );
    expect(error.code).toBe('document-too-long');
    expect(error.message).toContain('"long"');
    expect(error.cause).toBe(tooLong);
  });

  test('a page alone that does not fit fails as a page', async () => {
    const wiki = new MemoryWiki();
    const { compiler } = scripted(
      { ...BASE, ...replies, 'page concepts/cache': { error: tooLong } },
      { allowPartial: true },
    );
    const { missing } = await compile(wiki, compiler, inputOf('note', 'A note.'));
    expect(missing.map(({ failure: why }) => why.reason)).toEqual(['Too many tokens']);
    expect(wiki.pages.has('entities/ada-lovelace.md')).toBe(true);
  });
});

test('windows lose nothing and stay within their limit, whatever the text', () => {
  for (const text of [
    '',
    'x'.repeat(1000),
    '😀'.repeat(300),
    `${'word '.repeat(300)}\n\n${'line\n'.repeat(200)}`,
  ]) {
    const parts = windows(text, 99);
    expect(parts.every((part) => part.length <= 99)).toBe(true);
    expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    expect(parts.join('')).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
  }
});
