import { startModelServer } from '@openkb/test-kit/model-server';
import { describe, expect, test } from 'vitest';

import { addUsage, loadPriceBook, metered, NO_USAGE } from '../src/index.ts';
import type { Usage } from '../src/index.ts';
import { errorOf, modelAt, QUESTION, SCHEMA } from './helpers.ts';

const at = new Date('2026-11-01T00:00:00Z');
const MILLION = { inputTokens: 1_000_000, outputTokens: 1_000_000 };
const usage = (part: Partial<Usage>): Usage => ({ ...NO_USAGE, requests: 1, ...part });

describe('prices', () => {
  test.each([
    'openai/gpt-5.4-mini',
    'gpt-5.4-mini',
    'anthropic/claude-haiku-4-5',
    'gemini/gemini-3.8-flash',
    'mistral/mistral-medium-latest',
    'groq/openai/gpt-oss-120b',
    'openrouter/anthropic/claude-haiku-4.5',
    'azure/gpt-4.1',
    'bedrock/anthropic.claude-haiku-4-5-20251001-v1:0',
  ])('%s has one', async (model) => {
    const book = await loadPriceBook({ at });
    expect(book.costOf(model, MILLION)).toBeGreaterThan(0.1);
  });

  test.each(['openai/gpt-99', 'meta-llama/Llama-3.1-8B', 'openai-compatible/gpt-4.1', 'x/y'])(
    '%s has none that is known',
    async (model) => {
      const book = await loadPriceBook({ at });
      expect(book.costOf(model, MILLION)).toBeUndefined();
      expect(book.contextTokens(model)).toBeUndefined();
    },
  );

  test('a model on the own machine costs nothing', async () => {
    expect((await loadPriceBook({ at })).costOf('ollama/llama3.2', MILLION)).toBe(0);
  });

  test('cached input is cheaper, written to the cache it is dearer', async () => {
    const book = await loadPriceBook({ at });
    const model = 'anthropic/claude-haiku-4-5';
    const input = { inputTokens: 1_000_000, outputTokens: 0 };
    const plain = book.costOf(model, input) ?? 0;
    expect(plain).toBeCloseTo(1);
    expect(book.costOf(model, { ...input, cachedInputTokens: 1_000_000 })).toBeCloseTo(0.1);
    expect(book.costOf(model, { ...input, cacheWriteTokens: 1_000_000 })).toBeCloseTo(1.25);
    // counted beside the input, they are priced and no error
    expect(
      book.costOf(model, { inputTokens: 0, outputTokens: 0, cachedInputTokens: 1_000_000 }),
    ).toBeCloseTo(0.1);
  });

  test('the size of the context is known where the price is', async () => {
    const { contextTokens } = await loadPriceBook({ at });
    expect(contextTokens('anthropic/claude-haiku-4-5')).toBe(200_000);
  });
});

const reply = (): object => ({ text: 'A sum.', usage: { inputTokens: 100, outputTokens: 10 } });
const costOf = ({ inputTokens }: Usage): number => inputTokens / 100;

describe('meters', () => {
  test('one of a document within one of a command count the same answers', async () => {
    await using server = await startModelServer({ reply });
    const command = metered(modelAt(server), { costOf });
    const documents = [metered(command, { costOf }), metered(command, { costOf })] as const;
    await documents[0].generate({ messages: QUESTION });
    await documents[1].generate({ messages: QUESTION });
    await documents[1].stream({ messages: QUESTION });
    expect(documents.map((one) => one.spent().dollars)).toEqual([1, 2]);
    expect(command.spent()).toMatchObject({ dollars: 3, unpriced: 0 });
    expect(command.usage()).toEqual(documents.map((one) => one.usage()).reduce(addUsage));
  });

  test('answers that were not accepted are counted, and the caller is told of each', async () => {
    await using server = await startModelServer({ reply });
    const model = metered(modelAt(server), { costOf });
    const told: Usage[] = [];
    const onUsage = (one: Usage): void => void told.push(one);
    await errorOf(model.generate({ messages: QUESTION, schema: SCHEMA, onUsage }));
    expect(told).toHaveLength(3);
    expect(model.spent()).toMatchObject({ usage: { requests: 3, inputTokens: 300 }, dollars: 3 });
  });

  test('what has no price, or no usage, is counted as such', async () => {
    const silent = {
      fault: 'wrong-shape',
      body: '{"choices":[{"message":{"content":"A."}}]}',
    } as const;
    await using server = await startModelServer({ replies: [silent, 'A sum.'] });
    const model = metered(modelAt(server), {
      costOf: (one) => (one.outputTokens > 1 ? undefined : 1),
    });
    await model.generate({ messages: QUESTION });
    await model.generate({ messages: QUESTION });
    expect(model.spent()).toMatchObject({ dollars: 0, unpriced: 2 });
  });

  test('a request that is not allowed is not sent', async () => {
    await using server = await startModelServer({ reply });
    const model = metered(modelAt(server), {
      costOf,
      allow: ({ dollars }) => {
        if (dollars >= 2) throw new Error('over budget');
      },
    });
    await model.generate({ messages: QUESTION });
    await model.stream({ messages: QUESTION });
    await expect(model.generate({ messages: QUESTION })).rejects.toThrow('over budget');
    await expect(model.stream({ messages: QUESTION })).rejects.toThrow('over budget');
    expect(server.requests).toHaveLength(2);
  });
});

test('adding usages adds every field', () => {
  const one = Object.fromEntries(Object.keys(NO_USAGE).map((key, n) => [key, n + 1])) as never;
  const sum = Object.fromEntries(Object.keys(NO_USAGE).map((key, n) => [key, 2 * n + 2]));
  expect(addUsage(one, one)).toEqual(sum);
  expect(addUsage(usage({}), NO_USAGE)).toEqual(usage({}));
});
