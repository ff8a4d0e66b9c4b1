import { startModelServer } from '@openkb/test-kit/model-server';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { metered, replyKey, withReplyCache } from '../src/index.ts';
import type { Message, ReplyStore } from '../src/index.ts';
import { errorOf, KEY, modelAt, QUESTION, SCHEMA } from './helpers.ts';

const OBJECT = { title: 'Attention', pages: ['self-attention'] };
const ASK = { messages: QUESTION, schema: SCHEMA };

/** A store in memory, as a `Map` is one. */
const memory = (): Map<string, string> & ReplyStore => new Map() as never;

test('an answer is asked for once, and its replay costs nothing', async () => {
  await using server = await startModelServer({ reply: () => ({ object: OBJECT }) });
  const store = memory();
  const model = metered(withReplyCache(modelAt(server), store));
  const first = await model.generate(ASK);
  const again = await model.generate(ASK);
  expect(again).toMatchObject({ object: OBJECT, finishReason: 'stop', text: first.text });
  expect(again.usage).toMatchObject({ replayed: 1, requests: 0, inputTokens: 0 });
  expect(model.usage()).toMatchObject({ replayed: 1, requests: 1 });
  // also in another process, with another model of that name
  await withReplyCache(modelAt(server), store).generate(ASK);
  expect(server.requests).toHaveLength(1);
  expect([...store.keys()]).toEqual([replyKey(model.name, ASK)]);
  expect(JSON.stringify([...store])).not.toContain(KEY);
});

test('an object that came in prose is replayed as the object', async () => {
  const text = `Here is {it}: ${JSON.stringify([OBJECT])}`;
  await using server = await startModelServer({ replies: [text] });
  const model = withReplyCache(modelAt(server), memory());
  await model.generate(ASK);
  expect(await model.generate(ASK)).toMatchObject({ object: OBJECT, text });
});

test('what the answer depends on makes the key, and nothing else does', () => {
  const message: fc.Arbitrary<Message> = fc.record({
    role: fc.constantFrom('system' as const, 'user' as const, 'assistant' as const),
    content: fc.string(),
  });
  const messages = fc.array(message, { maxLength: 3 });
  fc.assert(
    fc.property(messages, messages, fc.boolean(), (one, other, schema) => {
      const request = { messages: one, ...(schema ? { schema: SCHEMA } : {}) };
      const key = replyKey('openai/a', request);
      expect(key).toMatch(/^[\da-f]{64}$/u);
      const marked = one.map((each) => ({ ...each, cache: true }));
      expect(replyKey('openai/a', { ...request, messages: marked })).toBe(key);
      expect(replyKey('openai/b', request)).not.toBe(key);
      expect(replyKey('openai/a', { ...request, schema: { type: 'string' } })).not.toBe(key);
      const same = JSON.stringify(one) === JSON.stringify(other);
      expect(replyKey('openai/a', { ...request, messages: other }) === key).toBe(same);
    }),
  );
});

test.each([
  ['is no JSON', '{"text": "A su'],
  ['is of another form', '[1]'],
  ['does not fit the schema any more', '{"text": "x", "object": {"title": 7}}'],
  ['has no object', '{"text": "x"}'],
])('a stored reply that %s is asked for again', async (_what, stored) => {
  await using server = await startModelServer({ replies: [{ object: OBJECT }] });
  const model = modelAt(server);
  const store = memory();
  store.set(replyKey(model.name, ASK), stored);
  expect((await withReplyCache(model, store).generate(ASK)).object).toEqual(OBJECT);
});

test('what was cut off, and errors, are not kept', async () => {
  await using server = await startModelServer({
    replies: [{ text: 'A su', finish: 'length' }, { text: '' }, 'A sum.'],
  });
  const model = withReplyCache(modelAt(server), memory());
  const ask = { messages: QUESTION };
  expect((await model.generate(ask)).finishReason).toBe('length');
  expect((await errorOf(model.generate(ask))).code).toBe('bad-answer');
  expect((await model.generate(ask)).text).toBe('A sum.');
  expect((await model.generate(ask)).text).toBe('A sum.');
});

test('an answer that the caller rejects is asked for again', async () => {
  await using server = await startModelServer({ replies: ['No changes.', 'A sum.'] });
  const model = withReplyCache(modelAt(server), memory());
  await model.generate({ messages: QUESTION });
  await model.reject({ messages: QUESTION });
  expect((await model.generate({ messages: QUESTION })).text).toBe('A sum.');
});

function fail(): never {
  throw new Error('disk full');
}

test('a meter around a cache keeps its way to reject an answer', async () => {
  await using server = await startModelServer({ replies: ['No changes.', 'A sum.'] });
  const model = metered(withReplyCache(modelAt(server), memory()));
  await model.generate({ messages: QUESTION });
  await model.reject({ messages: QUESTION });
  expect((await model.generate({ messages: QUESTION })).text).toBe('A sum.');
});

test('a store that fails costs requests, and no answer', async () => {
  await using server = await startModelServer({ reply: () => 'A sum.' });
  const model = withReplyCache(modelAt(server), { get: fail, set: fail, delete: fail });
  const result = await model.generate({ messages: QUESTION });
  expect(result.text).toBe('A sum.');
  expect(result.warnings).toEqual([expect.stringContaining('could not be kept')]);
  await model.reject({ messages: QUESTION });
});
