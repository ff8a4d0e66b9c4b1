/** How much fits into a model: what refusals tell, and what usage tells. */
import { startModelServer } from '@openkb/test-kit/model-server';
import { describe, expect, test } from 'vitest';

import { errorOf, modelAt, QUESTION } from './helpers.ts';

describe('a prompt that does not fit', () => {
  test.each<[number, string, number | undefined]>([
    [
      400,
      "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens.",
      8192,
    ],
    [400, 'Your input exceeds the context window of this model.', undefined],
    [400, 'Input tokens exceed the configured limit of 272000 tokens.', 272_000],
    [
      429,
      'Request too large for gpt-4.1 in organization org-1 on tokens per min (TPM): Limit 30000, Requested 45000.',
      30_000,
    ],
    [400, 'prompt is too long: 210000 tokens > 200000 maximum', 200_000],
    [400, 'input length and `max_tokens` exceed context limit: 199000 + 20000 > 200000', 200_000],
    [
      400,
      'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
      1_048_576,
    ],
    [
      400,
      'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
      32_768,
    ],
    [
      413,
      'Request too large for model `x` on tokens per minute (TPM): Limit 8000, Requested 9000',
      8000,
    ],
    [400, 'Please reduce the length of the messages or completion.', undefined],
    [
      400,
      "This endpoint's maximum context length is 131072 tokens. However, you requested about 140000.",
      131_072,
    ],
    [
      500,
      'the request exceeds the available context size. try increasing the context size',
      undefined,
    ],
    [
      400,
      'request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it',
      4096,
    ],
    [
      400,
      'Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens',
      4096,
    ],
    [
      400,
      'The number of tokens to keep from the initial prompt is greater than the context length',
      undefined,
    ],
    [400, 'the input length exceeds the context length', undefined],
    [
      400,
      'The decoder prompt (length 5000) is longer than the maximum model length of 4096.',
      4096,
    ],
    [400, 'Input is too long for requested model.', undefined],
    [422, '`inputs` tokens + `max_new_tokens` must be <= 8193. Given: 9000', 8193],
    [
      400,
      "This model's maximum prompt length is 131072 but the request contains 200000 tokens.",
      131_072,
    ],
  ])('%i %s', async (status, message, contextTokens) => {
    await using server = await startModelServer({
      reply: () => ({ fault: 'status', status, message }),
    });
    const model = modelAt(server);
    const error = await errorOf(model.generate({ messages: QUESTION }));
    expect(error).toMatchObject({ code: 'context-too-long', contextTokens });
    expect(model.contextTokens()).toBe(contextTokens);
    expect((await errorOf(model.stream({ messages: QUESTION }))).code).toBe('context-too-long');
    expect(model.waits).toEqual([]);
  });

  test.each([
    [400, 'max_tokens is too large: 100000. This model supports at most 16384 completion tokens.'],
    [400, "Invalid 'messages[0].content': string too long. Expected at most 10 images."],
    [
      429,
      'Rate limit reached for gpt-4.1 on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000.',
    ],
    [503, 'The model is overloaded. Please try again later.'],
  ])('is not %i %s', async (status, message) => {
    await using server = await startModelServer({
      reply: () => ({ fault: 'status', status, message }),
    });
    const error = await errorOf(modelAt(server, { retries: 0 }).generate({ messages: QUESTION }));
    expect(error.code).not.toBe('context-too-long');
  });

  test.each([
    [4096, 4096],
    [1_000_000, 8192],
  ])(
    'of a size that was set (%i) and one that a refusal tells the less counts',
    async (set, size) => {
      const message = "This model's maximum context length is 8192 tokens, at most 20 images.";
      await using server = await startModelServer({
        reply: () => ({ fault: 'status', status: 400, message }),
      });
      const model = modelAt(server, { contextTokens: set });
      expect(model.contextTokens()).toBe(set);
      await errorOf(model.generate({ messages: QUESTION }));
      expect(model.contextTokens()).toBe(size);
    },
  );
});

describe('estimates', () => {
  const text = 'The transformer attends to all positions at once. '.repeat(100);
  const messages = [{ role: 'user', content: text }] as const;

  test('come closer to what the provider counts with each answer', async () => {
    const usage = { inputTokens: 1500, outputTokens: 5 };
    await using server = await startModelServer({ reply: () => ({ text: 'A sum.', usage }) });
    const model = modelAt(server);
    const before = model.estimateTokens(text);
    expect(before).toBe(1112);
    await model.generate({ messages });
    expect(model.estimateTokens(text)).toBe(1500);
    await model.stream({ messages });
    expect(model.estimateTokens(text)).toBe(1500);
    expect(model.estimateTokens('')).toBe(0);
  });

  test.each([0, 10, 100_000])('learn nothing from a usage of %i tokens', async (inputTokens) => {
    const usage = { inputTokens, outputTokens: 5 };
    await using server = await startModelServer({ reply: () => ({ text: 'A sum.', usage }) });
    const model = modelAt(server);
    await model.generate({ messages });
    expect(model.estimateTokens(text)).toBe(1112);
  });
});
