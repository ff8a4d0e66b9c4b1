/** What particular endpoints need, refuse or do wrong. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startModelServer } from '@openkb/test-kit/model-server';
import { describe, expect, test } from 'vitest';

import { patientFetch } from '../src/index.ts';
import type { Message } from '../src/index.ts';
import { errorOf, KEY, modelAt, QUESTION, redirected, SCHEMA } from './helpers.ts';

const marked = (count: number): Message[] => [
  { role: 'system', content: 'A long prefix.', cache: true },
  ...Array.from({ length: count - 1 }, (_none, index): Message => ({
    role: 'user',
    content: `Part ${index}.`,
    cache: true,
  })),
  { role: 'user', content: 'What is attention?' },
];

describe('marks of a prefix to be cached', () => {
  test.each([
    ['anthropic/claude-haiku-4-5', 'anthropic', 1],
    ['openrouter/anthropic/claude-haiku-4.5', 'openai', 1],
    ['bedrock/anthropic.claude-haiku-4-5', 'anthropic', 1],
    ['openrouter/openai/gpt-5.4-mini', 'openai', 0],
    ['openai/gpt-5.4-mini', 'openai', 0],
    ['gemini/gemini-3.8-flash', 'google', 0],
    ['deepseek/deepseek-flash', 'openai', 0],
    ['openai-compatible/some-model', 'openai', 0],
  ] as const)('%s sees as many as it honours', async (name, base, count) => {
    await using server = await startModelServer();
    const model = modelAt(server, {
      model: name,
      baseUrl: server[base],
      keys: { LLM_API_KEY: KEY },
    });
    await model.generate({ messages: marked(1) });
    await model.stream({ messages: marked(1) });
    expect(server.requests.map(({ cacheMarks }) => cacheMarks)).toEqual([count, count]);
    expect(server.requests[0]?.messages[0]?.content).toBe('A long prefix.');
  });

  test('no more than Anthropic takes are sent: the last four', async () => {
    await using server = await startModelServer();
    const model = modelAt(server, {
      model: 'anthropic/claude-haiku-4-5',
      baseUrl: server.anthropic,
    });
    await model.generate({ messages: marked(6) });
    expect(server.requests[0]?.cacheMarks).toBe(4);
    expect(JSON.stringify(server.requests[0]?.body['system'])).not.toContain('cache_control');
  });

  test('what was written to the cache and read from it is reported', async () => {
    const usage = {
      inputTokens: 100,
      cachedInputTokens: 60,
      cacheWriteTokens: 30,
      outputTokens: 5,
    };
    await using server = await startModelServer({ reply: () => ({ text: 'A sum.', usage }) });
    const model = modelAt(server, {
      model: 'anthropic/claude-haiku-4-5',
      baseUrl: server.anthropic,
    });
    expect((await model.generate({ messages: QUESTION })).usage).toMatchObject(usage);
    expect((await model.stream({ messages: QUESTION })).usage).toMatchObject(usage);
  });
});

test.each([
  ['azure/my-deployment', 'https://acme.openai.azure.com/openai/v1', 'openai'],
  [
    'bedrock/openai.gpt-oss-120b',
    'https://bedrock-runtime.eu-west-1.amazonaws.com/openai/v1',
    'openai',
  ],
  [
    'bedrock/anthropic.claude-haiku-4-5',
    'https://bedrock-mantle.eu-west-1.api.aws/anthropic/v1',
    'anthropic',
  ],
] as const)('%s is asked at %s with a bearer token', async (name, at, base) => {
  await using server = await startModelServer({
    reply: () => ({ object: { title: 'x', pages: [] } }),
  });
  const model = modelAt(server, {
    model: name,
    baseUrl: undefined,
    keys: { LLM_API_KEY: KEY, AZURE_RESOURCE_NAME: 'acme', AWS_REGION: 'eu-west-1' },
    fetch: redirected(at, server[base]),
  });
  await model.generate({ messages: QUESTION, schema: SCHEMA });
  await model.stream({ messages: QUESTION });
  expect(server.requests).toHaveLength(2);
  for (const { headers, dialect } of server.requests) {
    expect(dialect).toBe(base);
    expect(headers['authorization']).toBe(`Bearer ${KEY}`);
    expect(headers).not.toHaveProperty('x-api-key');
  }
});

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

  test('the size that was set stays, whatever a refusal says', async () => {
    const message = "This model's maximum context length is 8192 tokens.";
    await using server = await startModelServer({
      reply: () => ({ fault: 'status', status: 400, message }),
    });
    const model = modelAt(server, { contextTokens: 4096 });
    await errorOf(model.generate({ messages: QUESTION }));
    expect(model.contextTokens()).toBe(4096);
  });
});

describe('what is no answer', () => {
  test('a web page, with the setting to check', async () => {
    await using server = await startModelServer({ reply: () => ({ fault: 'html' }) });
    const model = modelAt(server);
    const errors = [
      await errorOf(model.generate({ messages: QUESTION })),
      await errorOf(model.stream({ messages: QUESTION })),
    ];
    for (const error of errors) {
      expect(error).toMatchObject({ code: 'bad-answer', retryable: false });
      expect(error.message).toContain('web page');
      expect(error.hint).toContain('"base_url"');
    }
    expect(server.requests).toHaveLength(2);
  });

  test('a web page of a gateway that is down is tried again, and not quoted', async () => {
    await using server = await startModelServer({
      replies: [{ fault: 'html', status: 502 }, { fault: 'html', status: 502 }, 'A sum.'],
    });
    expect((await modelAt(server).generate({ messages: QUESTION })).text).toBe('A sum.');
    await using down = await startModelServer({ reply: () => ({ fault: 'html', status: 502 }) });
    const error = await errorOf(modelAt(down, { retries: 0 }).generate({ messages: QUESTION }));
    expect(error).toMatchObject({ code: 'unreachable', status: 502 });
    expect(error.message).not.toContain('<');
  });

  test('an answer without an end is cut before it fills the memory', async () => {
    await using server = await startModelServer({
      reply: () => ({ fault: 'huge', bytes: 40 * 1024 * 1024 }),
    });
    const error = await errorOf(modelAt(server).generate({ messages: QUESTION }));
    expect(error).toMatchObject({ code: 'bad-answer', retryable: false });
    expect(error.message).toContain('without an end');
  });

  test('a redirect is not followed: neither the key nor the document goes elsewhere', async () => {
    await using target = await startModelServer();
    const server = createServer((_request, response) => {
      response.writeHead(307, { location: `${target.openai}/chat/completions?x=1` }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const model = modelAt(target, { baseUrl: `http://127.0.0.1:${port}/v1` });
    const error = await errorOf(model.generate({ messages: QUESTION }));
    server.close();
    server.closeAllConnections();
    expect(error.code).toBe('bad-answer');
    expect(error.message).toContain(`redirects to ${target.url}`);
    expect(target.requests).toEqual([]);
  });
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

describe('patientFetch', () => {
  test('carries answers and streams, and ends its connections', async () => {
    await using server = await startModelServer({ reply: () => 'A sum.' });
    const client = patientFetch();
    const model = modelAt(server, { fetch: client.fetch });
    expect((await model.generate({ messages: QUESTION })).text).toBe('A sum.');
    for (let count = 0; count < 5; count += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that a connection can be reused
      expect((await model.stream({ messages: QUESTION })).text).toBe('A sum.');
    }
    // a request may start while the connection of the one before is being freed
    expect(server.connections).toBeLessThanOrEqual(2);
    await client.close();
    await client.close();
  });

  test('waits for silence as long as it is told, and the error says so', async () => {
    await using server = await startModelServer({
      reply: () => ({ text: 'Late.', delayMs: 2500 }),
    });
    const impatient = patientFetch({ silenceMs: 1000 });
    const error = await errorOf(
      modelAt(server, { fetch: impatient.fetch }).generate({ messages: QUESTION }),
    );
    expect(error).toMatchObject({ code: 'timeout' });
    expect(error.message).toContain('UND_ERR_HEADERS_TIMEOUT');
    await impatient.close();
  });

  test('is given up with the signal, and reports resets as Node does', async () => {
    await using server = await startModelServer({
      reply: (_request, index) => (index === 0 ? { fault: 'silent' } : { fault: 'reset' }),
    });
    const client = patientFetch();
    const model = modelAt(server, { fetch: client.fetch, retries: 1 });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const { signal } = controller;
    expect((await errorOf(model.generate({ messages: QUESTION, signal }))).code).toBe('aborted');
    expect((await errorOf(model.generate({ messages: QUESTION }))).code).toBe('unreachable');
    expect(server.requests).toHaveLength(3);
    await client.close();
  });

  test('goes through a proxy to hosts that are not on the own machine', async () => {
    const seen: string[] = [];
    const proxy = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.writeHead(502).end();
    });
    proxy.on('connect', (request, socket) => {
      seen.push(`CONNECT ${request.url}`);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const http = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    await using server = await startModelServer({ reply: () => 'A sum.' });
    const client = patientFetch({ proxy: { http } });
    const model = modelAt(server, { fetch: client.fetch });
    expect((await model.generate({ messages: QUESTION })).text).toBe('A sum.');
    expect(seen).toEqual([]);
    await client.fetch('https://model.invalid/v1').catch(() => undefined);
    expect(seen).toEqual(['CONNECT model.invalid:443']);
    await client.close();
    proxy.close();
  });
});
