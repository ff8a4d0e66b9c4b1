import { EventEmitter, once } from 'node:events';

import { startModelServer } from '@openkb/test-kit/model-server';
import type { ModelServer } from '@openkb/test-kit/model-server';
import { describe, expect, test } from 'vitest';

import { errorOf, KEY, modelAt, QUESTION, redirected } from './helpers.ts';

const DIALECTS = [
  {
    model: 'openai/gpt-5.4-mini',
    base: 'openai',
    keyName: 'OPENAI_API_KEY',
    at: 'https://api.openai.com/v1',
  },
  {
    model: 'openai/gpt-4.1',
    base: 'openai',
    keyName: 'OPENAI_API_KEY',
    at: 'https://api.openai.com/v1',
  },
  { model: 'openai-compatible/some-model', base: 'openai', keyName: 'LLM_API_KEY' },
  { model: 'ollama/llama3.2', base: 'openai', keyName: 'LLM_API_KEY' },
  { model: 'deepseek/deepseek-chat', base: 'openai', keyName: 'DEEPSEEK_API_KEY' },
  { model: 'anthropic/claude-haiku-4-5', base: 'anthropic', keyName: 'ANTHROPIC_API_KEY' },
  { model: 'gemini/gemini-flash-latest', base: 'google', keyName: 'GEMINI_API_KEY' },
] as const;

describe.each(DIALECTS)('$model', ({ model: name, base, keyName, ...rest }) => {
  const open = (server: ModelServer): ReturnType<typeof modelAt> =>
    modelAt(server, {
      model: name,
      keys: { [keyName]: KEY },
      // OpenAI itself is spoken to at its own address only
      ...('at' in rest
        ? { baseUrl: undefined, fetch: redirected(rest.at, server[base]) }
        : { baseUrl: server[base] }),
    });

  test('the text, the usage and the reason come back, and the messages arrive in their roles', async () => {
    const usage = { inputTokens: 120, cachedInputTokens: 100, outputTokens: 7 };
    await using server = await startModelServer({
      replies: [{ text: ' A weighted sum. ', usage }],
    });
    const model = open(server);

    const result = await model.generate({ messages: QUESTION, maxOutputTokens: 50 });

    expect(result.text).toBe('A weighted sum.');
    expect(result.finishReason).toBe('stop');
    expect(result).not.toHaveProperty('object');
    expect(result.usage).toMatchObject({ requests: 1, unreported: 0, ...usage });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({
      model: name.slice(name.indexOf('/') + 1),
      messages: QUESTION,
      format: 'plain',
    });
    expect(JSON.stringify(server.requests[0]?.headers)).toContain(KEY);
  });

  test('an answer at the token limit is reported as cut off', async () => {
    await using server = await startModelServer({
      replies: [{ text: 'A weigh', finish: 'length' }],
    });
    const model = open(server);
    expect(await model.generate({ messages: QUESTION })).toMatchObject({
      text: 'A weigh',
      finishReason: 'length',
    });
  });

  test.each([
    ['empty', { text: '' }, 'empty answer'],
    ['of spaces only', { text: ' \n ' }, 'empty answer|reasoning'],
    [
      'reasoning only',
      { text: '', thinking: 'Let me see.' },
      'reasoning and no answer|empty answer',
    ],
    ['stopped by the filter', { text: '', finish: 'refused' }, 'refused to answer'],
    ['cut off in its reasoning', { text: '', finish: 'length' }, 'output limit'],
  ] as const)('an answer that is %s is an error, and paid for', async (_what, reply, message) => {
    await using server = await startModelServer({ replies: [reply] });
    const model = open(server);
    const error = await errorOf(model.generate({ messages: QUESTION }));
    expect(error.code).toBe('bad-answer');
    expect(error.message).toMatch(new RegExp(message));
    expect(error.hint).toBeDefined();
    expect(model.usage().requests).toBe(1);
  });
});

test('reasoning in <think> tags is not part of the text, and alone it is no answer', async () => {
  await using server = await startModelServer({
    replies: ['<think>\nHm {.\n</think>\n\nA sum.', '<think>Hm', '<think>Hm</think>'],
  });
  const model = modelAt(server);
  expect((await model.generate({ messages: QUESTION })).text).toBe('A sum.');
  expect((await errorOf(model.generate({ messages: QUESTION }))).code).toBe('bad-answer');
  expect((await errorOf(model.generate({ messages: QUESTION }))).code).toBe('bad-answer');
});

test('usage is added up over requests, and a provider that reports none is counted as such', async () => {
  await using server = await startModelServer({
    reply: (_request, index) =>
      index < 2
        ? { text: 'A sum.', usage: { inputTokens: 10, outputTokens: 2 } }
        : { fault: 'wrong-shape', body: '{"choices":[{"message":{"content":"A sum."}}]}' },
  });
  const model = modelAt(server);
  await Promise.all([1, 2, 3].map(() => model.generate({ messages: QUESTION })));
  expect(model.usage()).toEqual({
    requests: 3,
    replayed: 0,
    unreported: 1,
    inputTokens: 20,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 4,
    reasoningTokens: 0,
  });
});

test('no more requests than "concurrency" are under way, and connections are reused (U23)', async () => {
  const arrivals = new EventEmitter();
  const four = once(arrivals, 'four');
  await using server = await startModelServer({
    reply: async (_request, index) => {
      if (index === 3) arrivals.emit('four');
      await four;
      return 'A sum.';
    },
  });
  const model = modelAt(server, { concurrency: 4 });
  const results = await Promise.all(
    Array.from({ length: 165 }, () => model.generate({ messages: QUESTION })),
  );
  expect(results).toHaveLength(165);
  expect(server.requests).toHaveLength(165);
  expect(server.peak).toBe(4);
  expect(server.connections).toBeLessThanOrEqual(8);
});

test('extra headers are sent with every request', async () => {
  await using server = await startModelServer();
  await modelAt(server, { extraHeaders: { 'x-team': 'wiki' } }).generate({ messages: QUESTION });
  expect(server.requests[0]?.headers['x-team']).toBe('wiki');
});

test('nothing is written to the terminal, also where the SDK has warnings', async () => {
  const written: unknown[] = [];
  const methods = ['log', 'info', 'warn', 'error'] as const;
  const before = methods.map((method) => console[method]);
  for (const method of methods) console[method] = (...parts: unknown[]) => void written.push(parts);
  try {
    await using server = await startModelServer();
    const model = modelAt(server, {
      model: 'anthropic/some-model-of-tomorrow',
      baseUrl: server.anthropic,
    });
    const result = await model.generate({ messages: QUESTION });
    expect(result.warnings.join()).toContain('maxOutputTokens');
  } finally {
    methods.forEach((method, index) => (console[method] = before[index] ?? console.log));
  }
  expect(written).toEqual([]);
});

test('a prompt that the endpoint has cut without a word is a warning, told once', async () => {
  const usage = { inputTokens: 2048, outputTokens: 5 };
  await using server = await startModelServer({ reply: () => ({ text: 'A sum.', usage }) });
  const told: string[] = [];
  const model = modelAt(server, { onWarning: (warning) => told.push(warning) });
  const long = 'The transformer attends to all positions at once. '.repeat(1000);
  const result = await model.generate({ messages: [{ role: 'user', content: long }] });
  expect(result.warnings).toEqual([expect.stringContaining('read 2048 of about 11112 tokens')]);
  await model.generate({ messages: [{ role: 'user', content: long }] });
  expect(told).toEqual(result.warnings);
  expect((await model.generate({ messages: QUESTION })).warnings).toEqual([]);
});

test.each([
  ['ollama/llama3.2', 'OPENAI_API_KEY', 'authorization'],
  ['anthropic/claude-haiku-4-5', 'ANTHROPIC_API_KEY', 'x-api-key'],
  ['gemini/gemini-flash-latest', 'GOOGLE_GENERATIVE_AI_API_KEY', 'x-goog-api-key'],
] as const)(
  '%s: a key that was not handed in is not found in the environment',
  async (name, variable, header) => {
    const before = { ...process.env };
    process.env[variable] = 'sk-environment-0123456789';
    try {
      await using server = await startModelServer();
      const baseUrl = name.startsWith('gemini') ? server.google : server.openai;
      await modelAt(server, { model: name, baseUrl, keys: {} }).generate({ messages: QUESTION });
      expect(server.requests[0]?.headers[header] ?? '').toBe('');
    } finally {
      process.env = before;
    }
  },
);

test('the address that a local runtime shows to its user is enough', async () => {
  await using server = await startModelServer();
  const model = modelAt(server, { model: 'ollama/llama3.2', baseUrl: `${server.url}/` });
  await model.generate({ messages: QUESTION });
  expect(server.requests[0]?.path).toBe('/v1/chat/completions');
});
