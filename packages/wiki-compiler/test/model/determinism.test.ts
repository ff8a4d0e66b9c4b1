import fc from 'fast-check';
import { expect, test } from 'vitest';

import { MemoryWiki, OPTIONS } from '../support/memory-wiki.ts';
import { page, plan, scripted } from '../support/scripted.ts';
import { BASE, NOTE } from '../support/small-wiki.ts';

const TITLES = ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven'].map(
  (title) => `Thing ${title}`,
);

const replies = {
  ...BASE,
  plan: plan({ create: TITLES.map((title) => ({ title })) }),
  '*': ({ key }: { readonly key: string }) =>
    page(
      `This is ${key}. It leads to [[concepts/thing-one]] and [[concepts/thing-six]].`,
      `About ${key}`,
    ),
  'page concepts/thing-four': [
    { text: '' },
    page('The fourth of them, at the second time of asking.'),
  ],
  'page concepts/thing-five': { text: '' },
};

test('the compilation is the same byte for byte in whatever order answers arrive, and however many are asked at once', async () => {
  const reference = JSON.stringify(
    await scripted(replies, { allowPartial: true, concurrency: 1 }).compiler.compile(
      NOTE,
      new MemoryWiki(),
      OPTIONS,
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.infiniteStream(fc.nat(10)),
      fc.integer({ min: 1, max: 9 }),
      async (order, concurrency) => {
        const pick = (waiting: readonly string[]) => order.next().value! % waiting.length;
        const { compiler, model } = scripted(replies, { allowPartial: true, concurrency, pick });
        const compilation = await compiler.compile(NOTE, new MemoryWiki(), OPTIONS);
        expect(JSON.stringify(compilation)).toBe(reference);
        expect(model.mostAtOnce()).toBe(Math.min(concurrency, TITLES.length));
      },
    ),
    { numRuns: 60 },
  );
});

test('a failure is reported the same way in whatever order answers arrive', async () => {
  const failing = { ...replies, 'page concepts/thing-two': { object: null } };
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat(10)), async (order) => {
      const pick = (waiting: readonly string[]) => order.next().value! % waiting.length;
      const { compiler } = scripted(failing, { pick });
      await expect(compiler.compile(NOTE, new MemoryWiki(), OPTIONS)).rejects.toThrow(
        'The document "note" could not be compiled: 2 of 7 pages failed: "Thing Two" (the answer was not a JSON object), "Thing Five" (the answer was empty).',
      );
    }),
    { numRuns: 30 },
  );
});

test('all requests of a document begin with the same messages, and marks are at most four', async () => {
  const { compiler, model } = scripted(replies, { allowPartial: true });
  await compiler.compile(NOTE, new MemoryWiki(), OPTIONS);
  const [first, ...others] = model.calls.map(({ request }) => request.messages);
  for (const messages of others) expect(messages.slice(0, 2)).toEqual(first);
  const prefixes = model.calls
    .filter(({ key }) => /^(?:page|relink)/.test(key))
    .map(({ request }) => JSON.stringify(request.messages.slice(0, 5)));
  expect(new Set(prefixes).size).toBe(1);
  for (const { request } of model.calls) {
    expect(request.messages.filter(({ cache }) => cache).length).toBeLessThanOrEqual(4);
    expect(request.messages.map(({ role }) => role).slice(1)).toEqual(
      request.messages.slice(1).map((_, at) => (at % 2 === 0 ? 'user' : 'assistant')),
    );
  }
});
