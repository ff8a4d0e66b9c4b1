import { startModelServer } from '@openkb/test-kit/model-server';
import type { ModelFault } from '@openkb/test-kit/model-server';
import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { createLanguageModel } from '../src/index.ts';
import type { RetryEvent } from '../src/index.ts';
import { errorOf, KEY, modelAt, QUESTION, redirected } from './helpers.ts';

const ASK = { messages: QUESTION };
const status = (code: number, more: object = {}): ModelFault => ({
  fault: 'status',
  status: code,
  ...more,
});

describe('what may pass is asked again', () => {
  test.each([
    ['408', status(408)],
    ['429', status(429)],
    ['500', status(500)],
    ['503', status(503)],
    ['529', status(529)],
    ['a reset before the answer', { fault: 'reset' } as const],
    ['a reset within the answer', { fault: 'reset', afterBytes: 40 } as const],
    ['an answer that breaks off', { fault: 'cut-off' } as const],
    [
      'a failure reported with status 200',
      { fault: 'wrong-shape', body: '{"error":{"message":"Overloaded","code":503}}' } as const,
    ],
  ])('%s', async (_what, fault) => {
    await using server = await startModelServer({ replies: [fault, fault, { text: 'A sum.' }] });
    const events: RetryEvent[] = [];
    const model = modelAt(server, { onRetry: (event) => events.push(event) });
    expect((await model.generate(ASK)).text).toBe('A sum.');
    expect(model.waits).toEqual([500, 1000]);
    expect(events.map(({ attempt, waitMs }) => [attempt, waitMs])).toEqual([
      [1, 500],
      [2, 1000],
    ]);
    expect(server.requests).toHaveLength(3);
  });

  test.each([
    ['seconds', { 'retry-after': '7' }, 7000],
    ['milliseconds', { 'retry-after': '7', 'retry-after-ms': '350' }, 350],
    [
      'a date, measured against the date of the response',
      { date: 'Sat, 22 Nov 2025 12:00:00 GMT', 'retry-after': 'Sat, 22 Nov 2025 12:00:09 GMT' },
      9000,
    ],
    ['something unreadable', { 'retry-after': 'soon' }, 500],
  ])('Retry-After in %s is kept', async (_what, headers, wait) => {
    await using server = await startModelServer({ replies: [status(429, { headers }), 'A sum.'] });
    const model = modelAt(server);
    await model.generate(ASK);
    expect(model.waits).toEqual([wait]);
  });

  test("the wait in Google's error details is kept", async () => {
    const body = JSON.stringify({
      error: {
        code: 429,
        message: 'You exceeded your current quota, please check your plan and billing details.',
        status: 'RESOURCE_EXHAUSTED',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '12.5s' }],
      },
    });
    await using server = await startModelServer({ replies: [status(429, { body }), 'A sum.'] });
    const model = modelAt(server, { model: 'gemini/gemini-flash-latest', baseUrl: server.google });
    await model.generate(ASK);
    expect(model.waits).toEqual([12_500]);
  });
});

describe('after all retries', () => {
  test('the error says what happened, how often it was tried, and what to change (U01)', async () => {
    await using server = await startModelServer({ reply: () => status(503, { message: 'Busy.' }) });
    const model = modelAt(server, { retries: 3 });
    const error = await errorOf(model.generate(ASK));
    expect(error).toMatchObject({ code: 'unreachable', status: 503, retryable: true });
    expect(error.message).toBe(
      '"openai-compatible/some-model" answered with status 503: Busy (after 4 tries).',
    );
    expect(error.hint).toContain('"base_url"');
    expect(model.waits).toEqual([500, 1000, 2000]);
    expect(model.usage().requests).toBe(0);
  });

  test('429 is reported as rate-limited', async () => {
    await using server = await startModelServer({ reply: () => status(429) });
    const error = await errorOf(modelAt(server, { retries: 1 }).generate(ASK));
    expect(error).toMatchObject({ code: 'rate-limited', status: 429 });
    expect(error.hint).toContain('"concurrency"');
  });

  test('a wait of more than two minutes is not waited', async () => {
    await using server = await startModelServer({
      reply: () => status(429, { headers: { 'retry-after': '3600' } }),
    });
    const model = modelAt(server);
    const error = await errorOf(model.generate(ASK));
    expect(error).toMatchObject({ code: 'rate-limited', retryAfterMs: 3_600_000 });
    expect(error.message).toContain('asks to wait 3600 s');
    expect(model.waits).toEqual([]);
  });
});

describe('what does not pass is asked once', () => {
  test.each([
    ['key-refused', status(401), 'LLM_API_KEY'],
    ['key-refused', status(403), 'LLM_API_KEY'],
    [
      'key-refused',
      status(400, { message: 'API key not valid. Please pass a valid API key.' }),
      'LLM_API_KEY',
    ],
    ['quota', status(402), '"model"'],
    ['quota', status(429, { code: 'insufficient_quota' }), '"model"'],
    [
      'quota',
      status(400, { message: 'Your credit balance is too low to access the API.' }),
      '"model"',
    ],
    ['context-too-long', status(413), '"model"'],
    ['context-too-long', status(400, { code: 'context_length_exceeded' }), '"model"'],
    [
      'context-too-long',
      status(400, { message: 'prompt is too long: 210000 tokens > 200000 maximum' }),
      '"model"',
    ],
    [
      'context-too-long',
      status(400, { message: "This model's maximum context length is 8192 tokens." }),
      '"model"',
    ],
    ['unknown-model', status(404), '"base_url"'],
    ['bad-answer', { fault: 'wrong-shape', body: '<html>Hello</html>' }, '"base_url"'],
    ['bad-answer', { fault: 'wrong-shape', body: '{"choices":[]}' }, '"base_url"'],
    ['bad-answer', { fault: 'wrong-shape' }, '"base_url"'],
  ] as const)('%s', async (code, fault, setting) => {
    await using server = await startModelServer({ reply: () => fault });
    const model = modelAt(server);
    const error = await errorOf(model.generate(ASK));
    expect(error.code).toBe(code);
    expect(error.message).toContain('"openai-compatible/some-model"');
    expect(error.hint).toContain(setting);
    expect(server.requests).toHaveLength(1);
    expect(model.waits).toEqual([]);
  });

  test('a model that the endpoint does not have is named', async () => {
    await using server = await startModelServer({ models: ['llama3.2'] });
    const error = await errorOf(modelAt(server).generate(ASK));
    expect(error.code).toBe('unknown-model');
    expect(error.message).toContain("The model 'some-model' does not exist");
  });

  test('a runtime that is not running is unreachable, with the way to start it', async () => {
    const server = await startModelServer();
    await server.close();
    const model = modelAt(server, { model: 'ollama/llama3.2' });
    const error = await errorOf(model.generate(ASK));
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('(ECONNREFUSED)');
    expect(error.hint).toContain('Start ollama');
    expect(model.waits).toEqual([]);
  });
});

describe('time and abort', () => {
  test.each([
    ['silent', { fault: 'silent' } as const],
    ['trickling', { fault: 'slow', chunkBytes: 1, everyMs: 20 } as const],
  ])('a %s endpoint ends in a timeout that is not tried again', async (_what, fault) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    await using server = await startModelServer({
      reply: () => {
        setImmediate(() => vi.advanceTimersByTime(80));
        return fault;
      },
    });
    let sent: AbortSignal | null | undefined;
    const model = modelAt(server, {
      timeoutMs: 80,
      fetch: (url, init) => {
        sent = init?.signal;
        return fetch(url, init);
      },
    });
    const error = await errorOf(model.generate(ASK));
    expect(error.code).toBe('timeout');
    expect(error.message).toContain('within 80 ms');
    expect(error.hint).toContain('"timeout"');
    expect(sent?.aborted).toBe(true);
    expect(server.requests).toHaveLength(1);
  });

  test("a timeout of fetch's own is a timeout too", async () => {
    await using server = await startModelServer();
    const cause = Object.assign(new Error('Headers Timeout'), { code: 'UND_ERR_HEADERS_TIMEOUT' });
    const model = modelAt(server, {
      fetch: async () => {
        throw new TypeError('fetch failed', { cause });
      },
    });
    expect((await errorOf(model.generate(ASK))).code).toBe('timeout');
    expect(model.waits).toEqual([]);
  });

  test('an answer that trickles in time is whole', async () => {
    const answer = { text: 'A weighted sum of values.' };
    await using server = await startModelServer({
      replies: [{ fault: 'slow', chunkBytes: 64, everyMs: 2, answer }],
    });
    expect((await modelAt(server).generate(ASK)).text).toBe(answer.text);
  });

  test('the caller can give up before, within and between tries', async () => {
    await using server = await startModelServer({
      reply: (_request, index) => {
        if (index > 0) return status(500);
        setImmediate(() => within.abort());
        return { fault: 'silent' };
      },
    });
    const within = new AbortController();
    const first = errorOf(modelAt(server).generate({ ...ASK, signal: within.signal }));
    expect((await first).code).toBe('aborted');

    const between = new AbortController();
    const model = modelAt(server, { sleep: async () => between.abort() });
    const second = await errorOf(model.generate({ ...ASK, signal: between.signal }));
    expect(second.code).toBe('aborted');
    expect(server.requests).toHaveLength(2);

    const before = await errorOf(model.generate({ ...ASK, signal: AbortSignal.abort() }));
    expect(before.code).toBe('aborted');
    expect(server.requests).toHaveLength(2);
  });

  test('those that wait for a place get it when others are given up', async () => {
    await using server = await startModelServer({
      reply: (_request, index) => {
        if (index > 0) return 'A sum.';
        setImmediate(() => controller.abort());
        return { fault: 'silent' };
      },
    });
    const model = modelAt(server, { concurrency: 1 });
    const controller = new AbortController();
    const stuck = errorOf(model.generate({ ...ASK, signal: controller.signal }));
    const next = model.generate(ASK);
    expect((await stuck).code).toBe('aborted');
    expect((await next).text).toBe('A sum.');
  });
});

/** Every text that hangs on an error or its causes. */
const inside = (error: unknown): string => {
  const parts: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) {
    parts.push(String(at), at.stack ?? '', JSON.stringify(at), ...Object.values(at).map(String));
  }
  return parts.join('\n');
};

describe('secrets', () => {
  test('a key that the provider echoes is in no part of the error', async () => {
    await using server = await startModelServer({ key: 'sk-the-right-one-0123456789' });
    const error = await errorOf(modelAt(server).generate(ASK));
    expect(error.code).toBe('key-refused');
    expect(error.message).toContain('Incorrect API key provided: [secret]');
    expect(error.cause).toBeInstanceOf(Error);
    expect(inside(error)).not.toContain(KEY);
  });

  test('nor are header values, a login in the base URL, other keys, or the messages', async () => {
    const secrets = [
      'team-header-secret',
      'pass-word-1234',
      'sk-proj-AAAABBBBCCCCDDDDEEEE',
      'AIzaSyA1234567890123456789012345',
    ];
    await using server = await startModelServer({
      reply: () => status(400, { message: `You sent ${secrets.join(' and ')}` }),
    });
    const model = modelAt(server, {
      // undici refuses logins in addresses, so the request goes to the plain one
      baseUrl: server.openai.replace('//', '//user:pass-word-1234@'),
      fetch: redirected('user:pass-word-1234@', ''),
      extraHeaders: { 'x-team': 'team-header-secret' },
    });
    const error = await errorOf(model.generate(ASK));
    expect(error.message).toContain('You sent [secret] and [secret] and [secret] and [secret]');
    for (const secret of [...secrets, KEY, QUESTION[1].content]) {
      expect(inside(error)).not.toContain(secret);
    }
  });

  test('nor is a login in the address that cannot be reached', async () => {
    const model = createLanguageModel({
      model: 'openai-compatible/some-model',
      baseUrl: 'http://me:hunter2@127.0.0.1:1/v1',
      keys: {},
      fetch: async () => {
        throw new TypeError('fetch failed', {
          cause: new Error('no http://me:hunter2@x'),
        });
      },
      sleep: async () => {},
      retries: 0,
    });
    const error = await errorOf(model.generate(ASK));
    expect(error.message).toContain('http://[secret]@127.0.0.1:1/v1');
    expect(inside(error)).not.toContain('hunter2');
  });
});
