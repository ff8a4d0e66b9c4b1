import { readFrontMatter } from '@openkb/wiki';
import { describe, expect, test } from 'vitest';

import { type CompileStep } from '../../src/index.ts';
import { MemoryWiki, OPTIONS } from '../support/memory-wiki.ts';
import { compile, failure, page, plan, scripted } from '../support/scripted.ts';
import { BASE, CACHE, NOTE, REPLIES, SUMMARY } from '../support/small-wiki.ts';

class PortError extends Error {
  readonly code: string;

  constructor(code: string, message = `It is ${code}.`) {
    super(message);
    this.code = code;
  }
}

const OLD = `---
type: "Concept"
title: "Cache"
sources: ["summaries/primer.md"]
description: "What the primer says."
---

# Cache

${'A cache holds what the primer says that it holds, in every particular. '.repeat(12).trim()}

## Related Documents

- [[summaries/primer|Primer]]
`;

describe('U03, U04, U05: an answer that is no page is asked for again, and then the page has failed', () => {
  test.each([
    ['cut off', { ...CACHE, finishReason: 'length' }, /cut off/],
    [
      'JSON that is not closed',
      { text: '{"description": "A", "content": "A cache' },
      /not a JSON object/,
    ],
    ['null', { object: null }, /not a JSON object/],
    ['an empty string', { text: '' }, /empty/],
    ['a list of two', { object: [CACHE.object, CACHE.object] }, /not a JSON object/],
    ['no content', { object: { description: 'A store of copies.' } }, /"content" is missing/],
    ['empty content', page('  \n'), /holds no text/],
    ['no change', page('No change from the previous output.'), /says only/],
    ['N/A', page('**N/A**'), /says only/],
    ['an apology', page("I'm sorry, but I cannot write this page."), /apology/],
    ['Chinese for an apology', page('抱歉，我无法完成这个任务。'), /apology/],
    [
      'the prompt',
      page(
        'Write about the subject, not about the document: no "this document describes". Name the document of a claim by a link.\n\n- Open with one or two sentences that say what it is, as a definition that stands on its own.',
      ),
      /repeats the request/,
    ],
    [
      'a refusal of the port',
      { error: new PortError('bad-answer', 'The answer was filtered.') },
      /filtered/,
    ],
  ])('%s', async (_, reply, reason) => {
    const wiki = new MemoryWiki();
    const { compiler, model } = scripted({ ...REPLIES, 'page concepts/cache': reply });
    const error = await failure(compile(wiki, compiler, NOTE));
    expect(error.code).toBe('pages-failed');
    expect(error.failures).toMatchObject([{ path: 'concepts/cache.md', title: 'Cache' }]);
    expect(error.failures[0]!.reason).toMatch(reason);
    expect(error.message).toContain('1 of 2 pages failed: "Cache" (');
    expect(model.keys().filter((key) => key === 'page concepts/cache')).toHaveLength(3);
    expect([...wiki.pages.keys()]).toEqual([NOTE.fullText]);
  });

  test('a list of one object is that object, and code fences around it are no part of it', async () => {
    const plain = new MemoryWiki();
    await compile(plain, scripted(REPLIES).compiler, NOTE);
    for (const reply of [
      { object: [CACHE.object] },
      { text: `\`\`\`json\n${JSON.stringify(CACHE.object)}\n\`\`\`` },
    ]) {
      const wiki = new MemoryWiki();
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await compile(wiki, scripted({ ...REPLIES, 'page concepts/cache': reply }).compiler, NOTE);
      expect(wiki.snapshot()).toEqual(plain.snapshot());
    }
  });

  test('a page that is updated stays byte for byte what it was when its rewriting fails or loses most of it', async () => {
    const short = page('A cache is a store.');
    for (const reply of [short, { ...CACHE, finishReason: 'length' }]) {
      const wiki = new MemoryWiki([['concepts/cache.md', OLD]]);
      const { compiler, model } = scripted({ ...REPLIES, 'page concepts/cache': reply });
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await failure(compile(wiki, compiler, NOTE));
      expect(wiki.pages.get('concepts/cache.md')).toBe(OLD);
      expect(model.calls.at(-1)!.prompt).toMatch(/not accepted: .*(?:facts are missing|cut off)/);
    }
  });

  test('a description that is none is the first sentence of the page', async () => {
    const wiki = new MemoryWiki();
    const first = 'A cache is a store that keeps copies of data near the programs that read them.';
    for (const said of ['N/A', 'No changes.', '', 7, null]) {
      const reply = { object: { ...CACHE.object, description: said } };
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await compile(wiki, scripted({ ...REPLIES, 'page concepts/cache': reply }).compiler, NOTE);
      const { description } = readFrontMatter(wiki.pages.get('concepts/cache.md')!);
      expect(description).toBe(first);
    }
  });
});

test('a description longer than a line is cut at a word', async () => {
  const wiki = new MemoryWiki();
  const reply = { object: { ...CACHE.object, description: 'word '.repeat(500) } };
  await compile(wiki, scripted({ ...REPLIES, 'page concepts/cache': reply }).compiler, NOTE);
  const { description } = readFrontMatter(wiki.pages.get('concepts/cache.md')!);
  expect(description).toMatch(/^(?:word )+word…$/);
  expect(String(description).length).toBeLessThanOrEqual(320);
});

describe('U06: the summary with links', () => {
  test.each([
    ['empty', page('')],
    ['a non-answer', page('No changes.')],
    ['half of it', page('The note explains.')],
    ['refused', { error: new PortError('unreachable') }],
  ])('%s: the first summary stands, without links that lead nowhere', async (_, relink) => {
    const wiki = new MemoryWiki();
    const summary = page(
      `${SUMMARY.object.content} See [[concepts/ghost|ghosts]] and [[concepts/cache]].`,
    );
    await compile(wiki, scripted({ ...REPLIES, summary, relink }).compiler, NOTE);
    expect(wiki.pages.get('summaries/note.md')).toContain(
      `${SUMMARY.object.content} See ghosts and [[concepts/cache|cache]].\n\n## Related Concepts`,
    );
  });
});

test('U07: descriptions are read again as they were, a body may begin with a rule', async () => {
  const description = '- "Quoted": a #tag, 50 % – 🚀 \\ [x]';
  const wiki = new MemoryWiki();
  const reply = page('---\n\nA cache is a store of copies.\n\n---', `${description}\nsecond line`);
  await compile(wiki, scripted({ ...REPLIES, 'page concepts/cache': reply }).compiler, NOTE);
  const text = wiki.pages.get('concepts/cache.md')!;
  expect(readFrontMatter(text)['description']).toBe(
    '"Quoted": a #tag, 50 % – 🚀 \\ [x] second line',
  );
  expect(text).toContain('# Cache\n\n---\n\nA cache is a store of copies.\n\n---\n');
});

describe('U01: the provider fails for one page of five', () => {
  const create = ['One', 'Two', 'Three', 'Four', 'Five'].map((title) => ({
    title: `Thing ${title}`,
  }));
  const text = page('It is one of five things, and the note says so in so many words.');
  const replies = { ...BASE, plan: plan({ create }), '*': text };
  const down = { error: new PortError('rate-limited', 'Too many requests.') };

  test('nothing is written; the error names the page, the cause and what it has cost', async () => {
    const wiki = new MemoryWiki();
    const { compiler } = scripted({ ...replies, 'page concepts/thing-two': down });
    const error = await failure(compile(wiki, compiler, NOTE));
    expect(error.message).toBe(
      'The document "note" could not be compiled: 1 of 5 pages failed: "Thing Two" (Too many requests).',
    );
    expect(error.cause).toBeInstanceOf(PortError);
    expect(error.usage.requests).toBeGreaterThan(2);
    expect([...wiki.pages.keys()]).toEqual([NOTE.fullText]);
  });

  test('no page is begun after a failure of the provider', async () => {
    const { compiler, model } = scripted(
      { ...replies, 'page concepts/thing-two': down },
      { concurrency: 1 },
    );
    await failure(compile(new MemoryWiki(), compiler, NOTE));
    expect(model.keys()).toEqual([
      'summary',
      'plan',
      'page concepts/thing-one',
      'page concepts/thing-two',
    ]);
  });

  test('a part may be kept: it says what is missing, and the missing page alone is made later', async () => {
    const whole = new MemoryWiki();
    await compile(whole, scripted(replies).compiler, NOTE);
    const wiki = new MemoryWiki();
    const partial = scripted(
      { ...replies, 'page concepts/thing-two': down },
      { allowPartial: true },
    );
    const { missing, messages } = await compile(wiki, partial.compiler, NOTE);
    expect(missing.map(({ page: one, failure: why }) => [one.path, why.reason])).toEqual([
      ['concepts/thing-two.md', 'Too many requests'],
    ]);
    expect(messages).toMatchObject([
      {
        code: 'page-missing',
        text: 'The page "Thing Two" could not be written: Too many requests.',
      },
    ]);
    expect(wiki.pages.has('concepts/thing-two.md')).toBe(false);
    expect(wiki.pages.get('summaries/note.md')).not.toContain('thing-two');

    const stored = JSON.parse(JSON.stringify(missing.map((one) => one.page)));
    const later = scripted(replies);
    await compile(wiki, later.compiler, NOTE, { resume: { pages: stored } });
    expect(later.model.keys()).toEqual(['page concepts/thing-two']);
    expect(wiki.snapshot()).toEqual(whole.snapshot());
  });

  test('stored plans make no path of their own', async () => {
    const wiki = new MemoryWiki();
    const bad = ['../../etc/x.md', 'concepts/../x.md', 'raw/x.md', 'entities/thing.md'].map(
      (path) => ({
        path,
        kind: 'concept' as const,
        action: 'create' as const,
        title: 'X',
        aliases: [],
        about: '',
      }),
    );
    await compile(wiki, scripted(replies).compiler, NOTE);
    const { pages } = await compile(wiki, scripted(replies).compiler, NOTE, {
      resume: { pages: bad },
    });
    expect(pages).toEqual([]);
  });
});

describe('a second try', () => {
  test('asks only for what is missing: every other request is byte for byte the same', async () => {
    const first = scripted({ ...REPLIES, 'page entities/ada-lovelace': { text: '' } });
    await failure(compile(new MemoryWiki(), first.compiler, NOTE));
    const second = scripted(REPLIES);
    await compile(new MemoryWiki(), second.compiler, NOTE);
    const asked = new Set(first.model.calls.map(({ request }) => JSON.stringify(request.messages)));
    const fresh = second.model.calls.filter(
      ({ request }) => !asked.has(JSON.stringify(request.messages)),
    );
    expect(fresh.map(({ key }) => key)).toEqual(['relink']);
  });

  test('the port forgets the answers of a page that has failed, and keeps those of one that was mended', async () => {
    const rejected: string[] = [];
    const { model } = scripted({
      ...REPLIES,
      'page concepts/cache': [{ text: '' }, CACHE],
      'page entities/ada-lovelace': { text: '' },
    });
    const { createModelCompiler } = await import('../../src/index.ts');
    const reject = async ({
      messages,
    }: {
      readonly messages: readonly { readonly content: string }[];
    }) => {
      rejected.push(/\n(\S+) \|/.exec(messages.at(-1)!.content)?.[1] ?? '');
    };
    await failure(
      compile(new MemoryWiki(), createModelCompiler({ model: { ...model, reject } }), NOTE),
    );
    expect(rejected).toEqual(Array.from({ length: 3 }, () => 'entities/ada-lovelace'));
  });

  test('after a conflict goes on from the plan, and asks for pages alone', async () => {
    const wiki = new MemoryWiki();
    const { plan: made } = await scripted(REPLIES).compiler.compile(NOTE, wiki, OPTIONS);
    wiki.pages.set('concepts/cache.md', OLD);
    const { compiler, model } = scripted({
      ...REPLIES,
      'page concepts/cache': page(`${OLD.split('\n')[9]!} And the note agrees.`),
    });
    await compile(wiki, compiler, NOTE, { resume: JSON.parse(JSON.stringify(made)) });
    expect(model.keys()).toEqual(['page concepts/cache', 'page entities/ada-lovelace', 'relink']);
    expect(readFrontMatter(wiki.pages.get('concepts/cache.md')!)['sources']).toEqual([
      'summaries/primer.md',
      'summaries/note.md',
    ]);
  });
});

test.each(['key-missing', 'key-refused', 'unknown-model', 'quota'])(
  'the error "%s" of the port ends the compilation at once and is passed on',
  async (code) => {
    const error = new PortError(code);
    const { compiler, model } = scripted({ ...REPLIES, summary: { error } });
    await expect(compiler.compile(NOTE, new MemoryWiki(), OPTIONS)).rejects.toBe(error);
    expect(model.calls).toHaveLength(1);
  },
);

test('a mistake of the port is no failure of a page', async () => {
  const error = new TypeError('x is not a function');
  const { compiler } = scripted(
    { ...REPLIES, 'page concepts/cache': { error } },
    { allowPartial: true },
  );
  await expect(compiler.compile(NOTE, new MemoryWiki(), OPTIONS)).rejects.toBe(error);
});

test('an aborted compilation rejects with the reason of the signal, before and between requests', async () => {
  const reason = new Error('The user has had enough.');
  const early = scripted(REPLIES);
  await expect(
    early.compiler.compile(NOTE, new MemoryWiki(), {
      ...OPTIONS,
      signal: AbortSignal.abort(reason),
    }),
  ).rejects.toBe(reason);
  expect(early.model.calls).toEqual([]);
  const controller = new AbortController();
  const late = scripted({
    ...REPLIES,
    plan: () => {
      controller.abort(reason);
      return REPLIES['plan'] as { object: unknown };
    },
  });
  await expect(
    late.compiler.compile(NOTE, new MemoryWiki(), { ...OPTIONS, signal: controller.signal }),
  ).rejects.toBe(reason);
  expect(late.model.keys()).toEqual(['summary', 'plan']);
});

test('U14: a page whose body names the document already has it among its sources afterwards', async () => {
  const body = OLD.replace(
    'in every particular. ',
    'in every particular, and [[summaries/note]] too. ',
  );
  const wiki = new MemoryWiki([['concepts/cache.md', body]]);
  await compile(
    wiki,
    scripted({ ...REPLIES, plan: plan({ related: ['concepts/cache'] }) }).compiler,
    NOTE,
  );
  const text = wiki.pages.get('concepts/cache.md')!;
  expect(readFrontMatter(text)['sources']).toEqual(['summaries/primer.md', 'summaries/note.md']);
  expect(text).not.toContain('See also');
});

test('U30, R10: compiled again, a document makes no second page; pages that its plan forgets are written again', async () => {
  const wiki = new MemoryWiki();
  await compile(wiki, scripted(REPLIES).compiler, NOTE);
  const before = wiki.snapshot();
  expect((await compile(wiki, scripted(REPLIES).compiler, NOTE)).pages).toEqual([]);
  const changed = { ...NOTE, markdown: `${NOTE.markdown}\n\nNothing of it is true any more.` };
  const { compiler, model } = scripted({
    ...REPLIES,
    plan: plan(),
    'page concepts/cache': page(
      'A cache was once thought to be a store of copies, which is not true any more.',
    ),
  });
  await compile(wiki, compiler, changed);
  expect(Object.keys(wiki.snapshot())).toEqual(Object.keys(before));
  expect(model.keys()).toEqual([
    'summary',
    'plan',
    'page concepts/cache',
    'page entities/ada-lovelace',
    'relink',
  ]);
  expect(model.calls[2]!.prompt).toContain('This document was a source of the page before');
  expect(wiki.pages.get('concepts/cache.md')).not.toContain('Limits');
});

test('steps are told with the page, the place and what it has cost so far', async () => {
  const steps: CompileStep[] = [];
  const { compiler } = scripted(
    { ...REPLIES, 'page concepts/cache': [{ text: '' }, CACHE] },
    { onStep: (step) => steps.push(step), concurrency: 1 },
  );
  const { usage } = await compile(new MemoryWiki(), compiler, NOTE);
  expect(
    steps.map(
      ({ pass, state, page: path, number, of }) => `${pass} ${number}/${of} ${path} ${state}`,
    ),
  ).toEqual([
    'summary 1/1 summaries/note.md started',
    'summary 1/1 summaries/note.md finished',
    'plan 1/1 summaries/note.md started',
    'plan 1/1 summaries/note.md finished',
    'page 1/2 concepts/cache.md started',
    'page 1/2 concepts/cache.md repeated',
    'page 1/2 concepts/cache.md finished',
    'page 2/2 entities/ada-lovelace.md started',
    'page 2/2 entities/ada-lovelace.md finished',
    'relink 1/1 summaries/note.md started',
    'relink 1/1 summaries/note.md finished',
  ]);
  expect(steps.map((step) => step.usage.requests)).toEqual([0, 1, 1, 2, 2, 3, 4, 4, 5, 5, 6]);
  expect(steps.at(-1)!.usage).toEqual(usage);
});
