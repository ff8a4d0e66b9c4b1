/** What particular endpoints need, refuse or do wrong. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startModelServer } from '@openkb/test-kit/model-server';
import { describe, expect, test } from 'vitest';

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
