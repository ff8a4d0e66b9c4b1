import { startModelServer } from '@openkb/test-kit/model-server';
import type { ModelReply, ModelServer } from '@openkb/test-kit/model-server';
import { describe, expect, test } from 'vitest';

import type { ConversationRequest, LanguageModel, Tool } from '../src/index.ts';
import { call, errorOf, KEY, modelAt, QUESTION, readPage, redirected } from './helpers.ts';

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
