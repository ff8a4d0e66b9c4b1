/** Streams that are refused, stall, are given up, or ask in turn. */
import { startModelServer } from '@openkb/test-kit/model-server';
import type { ModelReply } from '@openkb/test-kit/model-server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { ConversationRequest } from '../src/index.ts';
import { call, errorOf, modelAt, QUESTION, readPage } from './helpers.ts';

const ASK: ConversationRequest = { messages: QUESTION, tools: [readPage] };

test.each(['stream_options', 'tool_choice', 'temperature', 'max_tokens', 'max_completion_tokens'])(
  'a refused %s is left out from then on (U28)',
  async (name) => {
    const refuses = name === 'max_completion_tokens' ? ['max_tokens', name] : [name];
    await using server = await startModelServer({ refuses, reply: () => 'A sum.' });
    const model = modelAt(server, { temperature: 0 });
    const ask = { ...ASK, maxSteps: 1, maxOutputTokens: 50 };
    expect((await model.stream(ask)).text).toBe('A sum.');
    const before = server.requests.length;
    expect((await model.stream(ask)).text).toBe('A sum.');
    expect(server.requests).toHaveLength(before + 1);
  },
);

test('drop_params leaves out what a request can do without where a refusal names nothing', async () => {
  const refusal = { fault: 'status', status: 422, message: 'Extra inputs.' } as const;
  const reply = ({ body }: { body: object }): ModelReply =>
    'temperature' in body ? refusal : 'A sum.';
  await using server = await startModelServer({ reply });
  const settings = { temperature: 0 };
  expect((await errorOf(modelAt(server, settings).stream(ASK))).code).toBe('request-refused');
  const dropping = modelAt(server, { ...settings, dropParameters: true });
  expect((await dropping.stream(ASK)).text).toBe('A sum.');
});

describe('time', () => {
  const text = 'A weighted sum of the values. '.repeat(5);
  const stalled = { fault: 'stalled', answer: { text } } as const;
  // time passes for the model only where a test says so
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  test('a stream that stands still is given up, and tried again', async () => {
    await using server = await startModelServer({ replies: [stalled, 'A sum.'] });
    const model = modelAt(server, { chunkTimeoutMs: 300 });
    let restarts = 0;
    const result = await model.stream({
      messages: QUESTION,
      onText: () => void (restarts === 0 && vi.advanceTimersByTime(300)),
      onRestart: () => (restarts += 1),
    });
    expect(result.text).toBe('A sum.');
    expect(restarts).toBe(1);
    expect(result.usage).toMatchObject({ requests: 2, unreported: 1 });
  });

  test('one whose text was shown and cannot be taken back is an error', async () => {
    await using server = await startModelServer({ reply: () => stalled });
    const error = await errorOf(
      modelAt(server, { chunkTimeoutMs: 300 }).stream({
        messages: QUESTION,
        onText: () => void vi.advanceTimersByTime(300),
      }),
    );
    expect(error).toMatchObject({ code: 'timeout', retryable: false });
    expect(error.message).toContain('in the midst of its answer');
    expect(server.requests).toHaveLength(1);
  });

  test('a slow stream lasts as long as it moves, however long that is', async () => {
    await using server = await startModelServer({ replies: [text] });
    let pieces = 0;
    const model = modelAt(server, { timeoutMs: 700, chunkTimeoutMs: 700 });
    const onText = (): void => {
      pieces += 1;
      vi.advanceTimersByTime(699);
    };
    const result = await model.stream({ messages: QUESTION, onText });
    expect(result.text).toBe(text.trim());
    expect(pieces).toBeGreaterThan(3);
  });

  test('silence before the first piece is a timeout that is not tried again', async () => {
    await using server = await startModelServer({
      reply: () => {
        vi.advanceTimersByTime(60);
        return { fault: 'silent' };
      },
    });
    const error = await errorOf(modelAt(server, { timeoutMs: 60 }).stream({ messages: QUESTION }));
    expect(error).toMatchObject({ code: 'timeout', retryable: false });
    expect(server.requests).toHaveLength(1);
  });

  test('the caller can give up in a stream and in a tool', async () => {
    await using server = await startModelServer({ replies: [stalled, call('a')] });
    const model = modelAt(server);
    const first = new AbortController();
    const shown: string[] = [];
    const error = await errorOf(
      model.stream({
        messages: QUESTION,
        signal: first.signal,
        onText: (piece) => {
          shown.push(piece);
          first.abort();
        },
      }),
    );
    expect(error.code).toBe('aborted');
    expect(shown).toHaveLength(1);

    const second = new AbortController();
    const stuck = { ...readPage, execute: () => new Promise(() => second.abort()) };
    const within = model.stream({ messages: QUESTION, tools: [stuck], signal: second.signal });
    expect((await errorOf(within)).code).toBe('aborted');
  });
});

test('a tool may ask the same model, also where one request at a time is allowed', async () => {
  await using server = await startModelServer({ replies: [call('a'), 'Inner.', 'Outer.'] });
  const model = modelAt(server, { concurrency: 1 });
  const asking = {
    ...readPage,
    execute: async () => (await model.generate({ messages: QUESTION })).text,
  };
  const result = await model.stream({ messages: QUESTION, tools: [asking] });
  expect(result.text).toBe('Outer.');
  expect(server.requests[2]?.messages.at(-1)?.content).toBe('Inner.');
});

test('reasoning in <think> tags is not shown', async () => {
  await using server = await startModelServer({
    replies: ['<think>\nHm, tags.</think>\n\nA < b.', '<think>Only that', '<thin>k'],
  });
  const model = modelAt(server);
  let shown = '';
  const onText = (text: string): void => void (shown += text);
  expect((await model.stream({ messages: QUESTION, onText })).text).toBe('A < b.');
  expect(shown).toBe('A < b.');
  shown = '';
  expect((await errorOf(model.stream({ messages: QUESTION, onText }))).code).toBe('bad-answer');
  expect(shown).toBe('');
  expect((await model.stream({ messages: QUESTION, onText })).text).toBe('<thin>k');
  expect(shown).toBe('<thin>k');
});

test('two tools of one name are a mistake of the programmer', async () => {
  await using server = await startModelServer();
  const twice = modelAt(server).stream({ messages: QUESTION, tools: [readPage, readPage] });
  await expect(twice).rejects.toThrow(TypeError);
});

test('an endpoint that knows no streams gives its answers, calls and errors all the same', async () => {
  await using server = await startModelServer({
    ignoresStream: true,
    replies: [call('a'), 'A sum.', { text: '' }],
  });
  const model = modelAt(server);
  let shown = '';
  const onText = (text: string, step: number): void => void (step === 2 && (shown += text));
  const result = await model.stream({ ...ASK, onText });
  expect(result).toMatchObject({ text: 'A sum.', steps: 2, toolCalls: [{ input: { path: 'a' } }] });
  expect(result.usage).toMatchObject({ requests: 2, unreported: 0 });
  expect(shown).toBe('A sum.');
  expect((await errorOf(model.stream(ASK))).code).toBe('bad-answer');
});

test.each([
  ['{"error":{"message":"Overloaded","code":503}}', 'unreachable'],
  ['{"choices":[]}', 'bad-answer'],
  ['oops\n{', 'bad-answer'],
])('%s with status 200 in place of a stream is an error', async (body, code) => {
  await using server = await startModelServer({ reply: () => ({ fault: 'wrong-shape', body }) });
  const error = await errorOf(modelAt(server, { retries: 0 }).stream(ASK));
  expect(error.code).toBe(code);
});
