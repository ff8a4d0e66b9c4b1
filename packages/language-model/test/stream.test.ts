import { startModelServer } from '@openkb/test-kit/model-server';
import type { ModelReply, ModelServer } from '@openkb/test-kit/model-server';
import { describe, expect, test } from 'vitest';

import type { ConversationRequest, LanguageModel, Tool } from '../src/index.ts';
import { errorOf, KEY, modelAt, QUESTION, redirected } from './helpers.ts';

const DIALECTS = [
  { model: 'openai/gpt-5.4-mini', base: 'openai', at: 'https://api.openai.com/v1' },
  { model: 'openai-compatible/some-model', base: 'openai' },
  { model: 'anthropic/claude-haiku-4-5', base: 'anthropic' },
  { model: 'gemini/gemini-3.8-flash', base: 'google' },
] as const;

const open = (
  server: ModelServer,
  { model, base, ...rest }: (typeof DIALECTS)[number],
): LanguageModel =>
  modelAt(server, {
    model,
    keys: { LLM_API_KEY: KEY },
    ...('at' in rest
      ? { baseUrl: undefined, fetch: redirected(rest.at, server[base]) }
      : { baseUrl: server[base] }),
  });

const readPage: Tool = {
  name: 'read_page',
  description: 'Reads a page of the wiki.',
  parameters: {
    type: 'object',
    properties: { path: { type: 'string' } },
    required: ['path'],
    additionalProperties: false,
  },
  execute: (input) => `Text of ${(input as { path: string }).path}.`,
};
const call = (path: unknown): ModelReply => ({
  text: 'Let me look.',
  toolCalls: [{ name: 'read_page', input: { path } }],
});
const ASK: ConversationRequest = { messages: QUESTION, tools: [readPage] };

describe.each(DIALECTS)('$model', (dialect) => {
  test('the text comes in pieces that make up the answer, with its usage', async () => {
    const usage = { inputTokens: 120, cachedInputTokens: 100, outputTokens: 7 };
    const text = 'Attention is a weighted sum of values. 注意力 🙂';
    await using server = await startModelServer({ replies: [{ text, thinking: 'Hm.', usage }] });
    const model = open(server, dialect);
    const pieces: string[] = [];
    const result = await model.stream({
      messages: QUESTION,
      onText: (piece) => pieces.push(piece),
    });
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.join('')).toBe(text);
    expect(result).toMatchObject({ text, finishReason: 'stop', steps: 1, toolCalls: [] });
    expect(result.usage).toMatchObject({ requests: 1, unreported: 0, ...usage });
    expect(model.usage()).toEqual(result.usage);
    expect(server.requests[0]).toMatchObject({ stream: true, messages: QUESTION, tools: [] });
  });

  test('tools are called and answered until the model answers', async () => {
    await using server = await startModelServer({
      replies: [call('concepts/a.md'), call('concepts/b.md'), 'It is a sum.'],
    });
    const told: [string, number][] = [];
    const called: unknown[] = [];
    const result = await open(server, dialect).stream({
      ...ASK,
      onText: (text, step) => told.push([text, step]),
      onToolCall: ({ input }) => called.push(input),
    });
    expect(result).toMatchObject({ text: 'It is a sum.', steps: 3, finishReason: 'stop' });
    expect(result.toolCalls).toEqual([
      { name: 'read_page', input: { path: 'concepts/a.md' } },
      { name: 'read_page', input: { path: 'concepts/b.md' } },
    ]);
    expect(called).toEqual(result.toolCalls.map(({ input }) => input));
    expect(result.usage.requests).toBe(3);
    const last = told.filter(([, step]) => step === 3).map(([text]) => text);
    expect(last.join('')).toBe('It is a sum.');
    expect(server.requests[0]?.tools).toMatchObject([
      { name: 'read_page', parameters: { type: 'object', required: ['path'] } },
    ]);
    const { messages = [] } = server.requests[2] ?? {};
    expect(messages.filter(({ role }) => role === 'tool').map(({ content }) => content)).toEqual([
      expect.stringContaining('Text of concepts/a.md.'),
      expect.stringContaining('Text of concepts/b.md.'),
    ]);
  });

  test('calls made at once run at once, and their results keep their order', async () => {
    const both = {
      toolCalls: [1, 2].map((n) => ({ name: 'wait', input: { n } })),
    };
    await using server = await startModelServer({ replies: [both, 'Done.'] });
    const started: number[] = [];
    let both2: (() => void) | undefined;
    const bothStarted = new Promise<void>((resolve) => (both2 = resolve));
    const wait: Tool = {
      name: 'wait',
      description: 'Waits for the others.',
      parameters: { type: 'object', properties: { n: { type: 'integer' } } },
      async execute(input) {
        const { n } = input as { n: number };
        if (started.push(n) === 2) both2?.();
        await bothStarted;
        return { n };
      },
    };
    await open(server, dialect).stream({ messages: QUESTION, tools: [wait] });
    expect(started).toEqual([1, 2]);
    const results = server.requests[1]?.messages.filter(({ role }) => role === 'tool');
    expect(results?.map(({ content }) => content)).toEqual([
      expect.stringContaining('1'),
      expect.stringContaining('2'),
    ]);
  });

  test.each<[string, Partial<Tool>, ModelReply, RegExp]>([
    [
      'throws',
      {
        execute: () => {
          throw new Error(`no page for ${KEY}`);
        },
      },
      call('x'),
      /no page for \[secret\]/u,
    ],
    ['gets what does not fit', {}, call(7), /does not fit: path/u],
    ['is not there', { name: 'other' }, call('x'), /no tool "read_page"/u],
  ])('a tool that %s is reported to the model', async (_what, change, reply, message) => {
    await using server = await startModelServer({ replies: [reply, 'I could not read it.'] });
    const tools = [{ ...readPage, ...change }];
    const result = await open(server, dialect).stream({ messages: QUESTION, tools });
    expect(result.text).toBe('I could not read it.');
    expect(result.toolCalls[0]?.error).toMatch(message);
    const reported = server.requests[1]?.messages.find(({ role }) => role === 'tool');
    expect(reported?.content).toMatch(message);
    expect(JSON.stringify(server.requests[1]?.body)).not.toContain(KEY);
  });

  test('the last step is asked for without tools', async () => {
    await using server = await startModelServer({
      replies: [call('a'), call('b'), 'With what I have: a sum.'],
    });
    const result = await open(server, dialect).stream({ ...ASK, maxSteps: 3 });
    expect(result).toMatchObject({ steps: 3, text: 'With what I have: a sum.' });
    const choices = server.requests.map(({ body }) => JSON.stringify(body));
    const none = /"tool_choice":(?:"none"|\{"type":"none"\})|"mode":"NONE"/u;
    expect(choices.map((body) => none.test(body))).toEqual([false, false, true]);
  });

  test('an answer at the token limit is cut off, an empty one is an error', async () => {
    await using server = await startModelServer({
      replies: [
        { text: 'A weigh', finish: 'length' },
        { text: '' },
        { text: '', finish: 'refused' },
      ],
    });
    const model = open(server, dialect);
    expect((await model.stream({ messages: QUESTION })).finishReason).toBe('length');
    expect((await errorOf(model.stream({ messages: QUESTION }))).code).toBe('bad-answer');
    expect((await errorOf(model.stream({ messages: QUESTION }))).message).toContain('refused');
  });

  test.each<[string, ModelReply, string]>([
    ['overload before it', { fault: 'status', status: 529 }, 'unreachable'],
    ['overload within it', { fault: 'error-event', status: 529 }, 'unreachable'],
    ['a limit within it', { fault: 'error-event', status: 429 }, 'rate-limited'],
    ['a reset', { fault: 'reset', afterBytes: 30 }, 'unreachable'],
    [
      'a clean end in its midst',
      { fault: 'cut-off', answer: { text: 'word '.repeat(50) } },
      'bad-answer',
    ],
  ])('%s is tried again, after what was shown is taken back', async (_what, fault, code) => {
    await using server = await startModelServer({ replies: [fault, fault, 'A sum.'] });
    let shown = '';
    const events: string[] = [];
    const model = modelAt(server, {
      model: dialect.model,
      ...('at' in dialect
        ? { baseUrl: undefined, fetch: redirected(dialect.at, server.openai) }
        : { baseUrl: server[dialect.base] }),
      onRetry: ({ error }) => events.push(error.code),
    });
    const result = await model.stream({
      messages: QUESTION,
      onText: (text) => (shown += text),
      onRestart: () => (shown = ''),
    });
    expect(result.text).toBe('A sum.');
    expect(shown).toBe('A sum.');
    expect(events).toEqual([code, code]);
  });
});

const compatible = DIALECTS[1];

test.each([[], ['tool_choice']])(
  'a model that never stops asking for tools is an error; refused: %s',
  async (...refuses) => {
    await using server = await startModelServer({ refuses, reply: () => call('a') });
    const error = await errorOf(open(server, compatible).stream({ ...ASK, maxSteps: 2 }));
    expect(error).toMatchObject({ code: 'bad-answer' });
    expect(error.message).toContain('asked for tools again');
    expect(server.requests).toHaveLength(2 + refuses.length);
  },
);

test('arguments that are no JSON are reported to the model', async () => {
  const reply = { toolCalls: [{ name: 'read_page', input: {}, rawInput: '{"path": ' }] };
  await using server = await startModelServer({ replies: [reply, 'Sorry.'] });
  const result = await open(server, compatible).stream(ASK);
  expect(result.toolCalls[0]?.error).toContain('cannot be read');
  expect(server.requests[1]?.messages.at(-1)).toMatchObject({ role: 'tool' });
});

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

  test('a stream that stands still is given up, and tried again', async () => {
    await using server = await startModelServer({ replies: [stalled, 'A sum.'] });
    const model = modelAt(server, { chunkTimeoutMs: 80 });
    let restarts = 0;
    const result = await model.stream({ messages: QUESTION, onRestart: () => (restarts += 1) });
    expect(result.text).toBe('A sum.');
    expect(restarts).toBe(1);
    expect(result.usage).toMatchObject({ requests: 2, unreported: 1 });
  });

  test('one whose text was shown and cannot be taken back is an error', async () => {
    await using server = await startModelServer({ reply: () => stalled });
    const error = await errorOf(
      modelAt(server, { chunkTimeoutMs: 80 }).stream({ messages: QUESTION, onText: () => {} }),
    );
    expect(error).toMatchObject({ code: 'timeout', retryable: false });
    expect(error.message).toContain('in the midst of its answer');
    expect(server.requests).toHaveLength(1);
  });

  test('a slow stream lasts as long as it moves, however long that is', async () => {
    const slow = { fault: 'slow', chunkBytes: 200, everyMs: 15, answer: { text } } as const;
    await using server = await startModelServer({ replies: [slow] });
    const pieces: number[] = [];
    const start = performance.now();
    const model = modelAt(server, { timeoutMs: 250, chunkTimeoutMs: 250 });
    const result = await model.stream({
      messages: QUESTION,
      onText: () => pieces.push(performance.now() - start),
    });
    expect(result.text).toBe(text.trim());
    expect(pieces.at(-1)).toBeGreaterThan(300);
    expect(pieces[0]).toBeLessThan((pieces.at(-1) ?? 0) / 2);
  });

  test('silence before the first piece is a timeout that is not tried again', async () => {
    await using server = await startModelServer({ reply: () => ({ fault: 'silent' }) });
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
