/** The double keeps to what the real endpoints do, and fails exactly as it is told. */
import { EventEmitter, once } from 'node:events';

import { describe, expect, test } from 'vitest';

import { startModelServer } from '../src/model-server/index.ts';
import type { ModelServer } from '../src/model-server/index.ts';

const HOUR = 3_600_000;
const MESSAGES = [{ role: 'user', content: 'Hello, as JSON please.' }];

interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: any;
}

async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Sent> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = text.startsWith('{') && text.endsWith('}');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}

/** An answer of which only the first piece is read. */
async function begin(server: ModelServer) {
  const body = JSON.stringify({ model: 'm', messages: MESSAGES });
  const response = await fetch(`${server.openai}/chat/completions`, { method: 'POST', body });
  const reader = response.body?.getReader();
  return { bytes: (await reader?.read())?.value, reader };
}

const chat = (server: ModelServer, body: object = {}, headers = {}): Promise<Sent> =>
  post(`${server.openai}/chat/completions`, { model: 'm', messages: MESSAGES, ...body }, headers);
const claude = (server: ModelServer, body: object = {}, headers = {}): Promise<Sent> =>
  post(
    `${server.anthropic}/messages`,
    { model: 'm', max_tokens: 9, messages: MESSAGES, ...body },
    headers,
  );
const gemini = (server: ModelServer, body: object = {}, headers = {}): Promise<Sent> =>
  post(
    `${server.google}/models/m:generateContent`,
    { contents: [{ role: 'user', parts: [{ text: 'Hello.' }] }], ...body },
    headers,
  );

const schemaFormat = (schema: object, strict = true): object => ({
  response_format: { type: 'json_schema', json_schema: { name: 'response', strict, schema } },
});
const CLOSED = {
  type: 'object',
  properties: { title: { type: 'string' }, kind: { enum: ['b', 'a'] } },
  required: ['title', 'kind'],
  additionalProperties: false,
};

describe('replies', () => {
  test('come in the order of the script, and a request beyond it is refused', async () => {
    await using server = await startModelServer({ replies: ['one', { text: 'two' }] });
    const answers = [await chat(server), await chat(server), await chat(server)];
    expect(answers.map(({ json }) => json.choices?.[0].message.content)).toEqual([
      'one',
      'two',
      undefined,
    ]);
    expect(answers[2]?.status).toBe(400);
    expect(answers[2]?.json.error.message).toContain('no reply left');
  });

  test('can be chosen by what the request says', async () => {
    await using server = await startModelServer({
      reply: ({ messages }, index) => `${index}: ${messages.length}`,
    });
    await chat(server);
    const { json } = await chat(server, { messages: [...MESSAGES, ...MESSAGES] });
    expect(json.choices[0].message.content).toBe('1: 2');
  });

  test('without a script fit the format and the schema that were asked for', async () => {
    await using server = await startModelServer();
    const text = async (body: object): Promise<string> =>
      (await chat(server, body)).json.choices[0].message.content;
    expect(await text({})).not.toBe('');
    expect(JSON.parse(await text({ response_format: { type: 'json_object' } }))).toEqual({});
    expect(JSON.parse(await text(schemaFormat(CLOSED)))).toEqual({ title: 'text', kind: 'b' });
    expect(server.requests.map(({ format }) => format)).toEqual([
      'plain',
      'json_object',
      'json_schema',
    ]);
  });

  test('carry text, reasoning, end and usage in each dialect', async () => {
    const reply = {
      text: 'Hi.',
      thinking: 'Hm.',
      finish: 'length',
      usage: { inputTokens: 10, cachedInputTokens: 4, outputTokens: 2 },
    } as const;
    await using server = await startModelServer({ reply: () => reply });
    expect((await chat(server)).json).toMatchObject({
      choices: [{ message: { content: 'Hi.', reasoning_content: 'Hm.' }, finish_reason: 'length' }],
      usage: {
        prompt_tokens: 10,
        completion_tokens: 2,
        prompt_tokens_details: { cached_tokens: 4 },
      },
    });
    expect((await claude(server)).json).toMatchObject({
      content: [
        { type: 'thinking', thinking: 'Hm.' },
        { type: 'text', text: 'Hi.' },
      ],
      stop_reason: 'max_tokens',
      usage: { input_tokens: 6, cache_read_input_tokens: 4, output_tokens: 2 },
    });
    expect((await gemini(server)).json).toMatchObject({
      candidates: [
        {
          content: { parts: [{ text: 'Hm.', thought: true }, { text: 'Hi.' }] },
          finishReason: 'MAX_TOKENS',
        },
      ],
      usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 2, cachedContentTokenCount: 4 },
    });
  });
});

/** The JSON of each event of a stream. */
const eventsOf = (text: string): any[] =>
  text
    .split('\n\n')
    .map((event) => /^data: (.*)$/mu.exec(event)?.[1] ?? '')
    .filter((data) => data.startsWith('{'))
    .map((data) => JSON.parse(data));

const geminiStream = (server: ModelServer, body: object = {}): Promise<Sent> =>
  post(`${server.google}/models/m:streamGenerateContent?alt=sse`, {
    contents: [{ role: 'user', parts: [{ text: 'Hello.' }] }],
    ...body,
  });

describe('streams and tools', () => {
  const TOOLS = [{ name: 'look', parameters: { type: 'object' } }];
  const reply = {
    text: 'A longer text than one piece.',
    thinking: 'Hm.',
    toolCalls: [{ name: 'look', input: { at: 'concepts/a.md' } }],
    usage: { inputTokens: 10, cachedInputTokens: 4, outputTokens: 2 },
  };

  test('OpenAI: text, reasoning, a call in pieces, the end, and usage where it is asked for', async () => {
    await using server = await startModelServer({ reply: () => reply });
    const tools = TOOLS.map((each) => ({ type: 'function', function: each }));
    const ask = { stream: true, tools, stream_options: { include_usage: true } };
    const sent = await chat(server, ask);
    expect(sent.headers.get('content-type')).toBe('text/event-stream');
    expect(sent.text.endsWith('data: [DONE]\n\n')).toBe(true);
    const events = eventsOf(sent.text);
    const deltas = events.map(({ choices }) => choices[0]?.delta ?? {});
    expect(deltas.map(({ content }) => content ?? '').join('')).toBe(reply.text);
    expect(deltas.filter(({ content }) => content).length).toBeGreaterThan(2);
    expect(deltas.map((delta) => delta.reasoning_content ?? '').join('')).toBe('Hm.');
    const calls = deltas.flatMap((delta) => delta.tool_calls ?? []);
    expect(calls[0]).toMatchObject({ id: 'call_1_0', function: { name: 'look' } });
    expect(calls.map((call) => call.function.arguments).join('')).toBe('{"at":"concepts/a.md"}');
    expect(events.find(({ choices }) => choices[0]?.finish_reason)).toMatchObject({
      choices: [{ finish_reason: 'tool_calls' }],
    });
    expect(events.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 10 } });
    expect(server.requests[0]).toMatchObject({ stream: true, tools: TOOLS });
    const silent = eventsOf((await chat(server, { stream: true })).text);
    expect(silent.some((event) => event.usage)).toBe(false);
  });

  test('Anthropic: blocks with their deltas between the start and the end of the message', async () => {
    await using server = await startModelServer({ reply: () => reply });
    const tools = [{ name: 'look', input_schema: { type: 'object' } }];
    const events = eventsOf((await claude(server, { stream: true, tools })).text);
    expect(events[0]).toMatchObject({
      type: 'message_start',
      message: { usage: { input_tokens: 6 } },
    });
    expect(events.at(-1)).toEqual({ type: 'message_stop' });
    expect(events.at(-2)).toMatchObject({ delta: { stop_reason: 'tool_use' } });
    const joined = (type: string, key: string): string =>
      events.map(({ delta }) => (delta?.type === type ? delta[key] : '')).join('');
    expect(joined('thinking_delta', 'thinking')).toBe('Hm.');
    expect(joined('text_delta', 'text')).toBe(reply.text);
    expect(joined('input_json_delta', 'partial_json')).toBe('{"at":"concepts/a.md"}');
    expect(server.requests[0]).toMatchObject({ stream: true, tools: TOOLS });
  });

  test('Google: parts, and the usage at the end', async () => {
    await using server = await startModelServer({ reply: () => reply });
    const tools = [{ functionDeclarations: TOOLS }];
    const events = eventsOf((await geminiStream(server, { tools })).text);
    const parts = events.flatMap(({ candidates }) => candidates[0].content.parts);
    const text = parts.filter(({ thought }) => !thought).map((part) => part.text ?? '');
    expect(text.join('')).toBe(reply.text);
    expect(parts.at(-1)).toEqual({ functionCall: { name: 'look', args: { at: 'concepts/a.md' } } });
    expect(events.at(-1)).toMatchObject({ usageMetadata: { promptTokenCount: 10 } });
    expect(server.requests[0]).toMatchObject({ stream: true, tools: TOOLS });
  });

  test('it can be told to know no streams', async () => {
    await using server = await startModelServer({ ignoresStream: true });
    expect((await chat(server, { stream: true })).json.choices[0].message.content).toBe('Text.');
    expect(server.requests[0]?.stream).toBe(true);
  });

  test('the whole answers carry the calls too', async () => {
    await using server = await startModelServer({ reply: () => reply });
    expect((await chat(server)).json.choices[0].message.tool_calls).toHaveLength(1);
    expect((await claude(server)).json.content.at(-1)).toMatchObject({ type: 'tool_use' });
    expect((await gemini(server)).json.candidates[0].content.parts.at(-1)).toHaveProperty(
      'functionCall',
    );
  });

  test('a call that the next request leaves unanswered is refused, one that is answered is read', async () => {
    await using server = await startModelServer();
    const asked = {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{}' } }],
    };
    expect((await chat(server, { messages: [...MESSAGES, asked] })).json.error.message).toContain(
      'c1',
    );
    const result = { role: 'tool', tool_call_id: 'c1', content: 'Found.' };
    expect((await chat(server, { messages: [...MESSAGES, asked, result] })).status).toBe(200);
    const use = {
      role: 'assistant',
      content: [{ type: 'tool_use', id: 'c1', name: 'look', input: {} }],
    };
    expect((await claude(server, { messages: [...MESSAGES, use] })).json.error.message).toContain(
      'c1',
    );
    const block = { type: 'tool_result', tool_use_id: 'c1', content: 'Found.' };
    const answered = [...MESSAGES, use, { role: 'user', content: [block] }];
    expect((await claude(server, { messages: answered })).status).toBe(200);
    expect(server.requests.map(({ messages }) => messages.at(-1))).toEqual([
      { role: 'tool', content: 'Found.' },
      { role: 'tool', content: 'Found.' },
    ]);
  });

  test('Anthropic takes four marks of a cache, and they are counted', async () => {
    await using server = await startModelServer();
    const mark = { type: 'text', text: 'Hi.', cache_control: { type: 'ephemeral' } };
    const ask = (count: number): Promise<Sent> =>
      claude(server, {
        messages: [{ role: 'user', content: Array.from({ length: count }, () => mark) }],
      });
    expect((await ask(5)).status).toBe(400);
    expect((await ask(4)).status).toBe(200);
    expect(server.requests[0]?.cacheMarks).toBe(4);
  });
});

describe('what real endpoints refuse is refused', () => {
  test.each([
    ['no model', { model: undefined }, 'model'],
    ['no messages', { messages: [] }, 'messages'],
    ['an unknown role', { messages: [{ role: 'robot', content: 'x' }] }, 'role'],
    [
      'JSON mode without the word',
      { messages: [{ role: 'user', content: 'Hi' }], response_format: { type: 'json_object' } },
      "'json'",
    ],
    [
      'an open object in a strict schema',
      schemaFormat({ ...CLOSED, additionalProperties: true }),
      'additionalProperties',
    ],
    [
      'an optional property in a strict schema',
      schemaFormat({ ...CLOSED, required: ['title'] }),
      "Missing 'kind'",
    ],
    [
      'the same deeper down',
      schemaFormat({
        ...CLOSED,
        properties: { title: { type: 'array', items: { type: 'object' } }, kind: {} },
      }),
      'additionalProperties',
    ],
  ])('OpenAI: %s', async (_what, body, message) => {
    await using server = await startModelServer();
    const { status, json } = await chat(server, body);
    expect(status).toBe(400);
    expect(json.error.message).toContain(message);
    expect(server.requests).toHaveLength(0);
  });

  test('a schema that is not strict may leave properties optional', async () => {
    await using server = await startModelServer();
    expect((await chat(server, schemaFormat({ ...CLOSED, required: [] }, false))).status).toBe(200);
  });

  test.each([
    ['no max_tokens', { max_tokens: undefined }],
    ['a system message among the turns', { messages: [{ role: 'system', content: 'x' }] }],
    ['an empty text', { messages: [{ role: 'user', content: ' ' }] }],
  ])('Anthropic: %s', async (_what, body) => {
    await using server = await startModelServer();
    const { status, json } = await claude(server, body);
    expect(status).toBe(400);
    expect(json).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } });
  });

  test('Google: a schema without the JSON type', async () => {
    await using server = await startModelServer();
    const { status, json } = await gemini(server, { generationConfig: { responseSchema: {} } });
    expect(status).toBe(400);
    expect(json.error.status).toBe('INVALID_ARGUMENT');
  });

  test('a wrong key, in each dialect; the right one passes', async () => {
    await using server = await startModelServer({ key: 'right' });
    expect((await chat(server, {}, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await claude(server)).status).toBe(401);
    expect((await gemini(server, {}, { 'x-goog-api-key': 'wrong' })).status).toBe(401);
    expect((await chat(server, {}, { authorization: 'Bearer right' })).status).toBe(200);
    expect((await claude(server, {}, { 'x-api-key': 'right' })).status).toBe(200);
    expect((await gemini(server, {}, { 'x-goog-api-key': 'right' })).status).toBe(200);
  });

  test('a body that is no JSON, and a path that is none', async () => {
    await using server = await startModelServer();
    expect((await post(`${server.openai}/chat/completions`, '{')).status).toBe(400);
    expect((await post(`${server.openai}/completions`, {})).status).toBe(404);
  });
});

describe('what it is told to refuse is refused', () => {
  test('formats and parameters, and the request is in the log', async () => {
    await using server = await startModelServer({ refuses: ['json_schema', 'cache_control'] });
    const format = await chat(server, schemaFormat(CLOSED));
    expect(format.status).toBe(400);
    expect(format.json.error).toMatchObject({ param: 'response_format' });
    const block = { type: 'text', text: 'Hi.', cache_control: { type: 'ephemeral' } };
    const marked = await claude(server, { messages: [{ role: 'user', content: [block] }] });
    expect(marked.json.error.message).toContain("'cache_control'");
    expect((await claude(server)).status).toBe(200);
    expect(server.requests).toHaveLength(3);
  });

  test('models that it does not have; those that it has are listed', async () => {
    await using server = await startModelServer({ models: ['here'] });
    expect((await chat(server, { model: 'there' })).status).toBe(404);
    expect((await chat(server, { model: 'here' })).status).toBe(200);
    const listing = async (path: string): Promise<any> => (await fetch(server.url + path)).json();
    expect((await listing('/v1/models')).data).toEqual([{ id: 'here', object: 'model' }]);
    expect((await listing('/api/tags')).models).toEqual([{ name: 'here', model: 'here' }]);
  });
});

describe('faults', () => {
  test('a status comes with its headers, in the form of the dialect', async () => {
    const fault = { fault: 'status', status: 429, headers: { 'retry-after': '3' } } as const;
    await using server = await startModelServer({ reply: () => fault });
    const { status, headers, json } = await claude(server);
    expect(status).toBe(429);
    expect(headers.get('retry-after')).toBe('3');
    expect(json.error.type).toBe('rate_limit_error');
    expect((await gemini(server)).json.error.status).toBe('RESOURCE_EXHAUSTED');
  });

  test.each([undefined, 20])('a reset after %s bytes breaks the connection', async (afterBytes) => {
    const fault = { fault: 'reset', ...(afterBytes === undefined ? {} : { afterBytes }) } as const;
    await using server = await startModelServer({ reply: () => fault });
    await expect(chat(server)).rejects.toThrow(
      afterBytes === undefined ? 'fetch failed' : 'terminated',
    );
  });

  test('a cut-off body is the first half of a right one', async () => {
    await using server = await startModelServer({
      replies: [{ fault: 'cut-off', answer: { text: 'Hi.' } }, 'Hi.'],
    });
    const half = await chat(server);
    const whole = await chat(server);
    expect(half.status).toBe(200);
    expect(whole.text.startsWith(half.text)).toBe(true);
    expect(half.text.length).toBe(Math.floor(whole.text.length / 2));
  });

  test('a slow body comes whole in the end', async () => {
    await using server = await startModelServer({
      replies: [
        { fault: 'slow', chunkBytes: 50, everyMs: 1, answer: { text: 'Hi.' } },
        { fault: 'slow', chunkBytes: 50, everyMs: HOUR },
      ],
    });
    expect((await chat(server)).json.choices[0].message.content).toBe('Hi.');
    expect((await begin(server)).bytes).toHaveLength(50);
  });

  test('a silent server ends with its connections when it is closed, twice if need be', async () => {
    const server = await startModelServer({ reply: () => ({ fault: 'silent' }) });
    const pending = chat(server).then(
      () => 'answered',
      (error: unknown) => String(error),
    );
    await expect.poll(() => server.requests.length).toBe(1);
    await server.close();
    await server.close();
    expect(await pending).toContain('fetch failed');
  });
});

describe('faults of streams and gateways', () => {
  test('an error in the midst of a stream comes in the manner of the dialect', async () => {
    await using server = await startModelServer({
      reply: () => ({ fault: 'error-event', status: 529, message: 'Overloaded' }),
    });
    const openai = await chat(server, { stream: true });
    expect(openai.status).toBe(200);
    expect(eventsOf(openai.text).at(-1)).toMatchObject({ error: { message: 'Overloaded' } });
    const anthropic = eventsOf((await claude(server, { stream: true })).text);
    expect(anthropic.at(-1)).toEqual({
      type: 'error',
      error: { type: 'overloaded_error', message: 'Overloaded' },
    });
    expect(eventsOf((await geminiStream(server)).text).at(-1)).toMatchObject({
      error: { code: 529 },
    });
    expect((await chat(server)).status).toBe(529);
  });

  test('a stalled answer begins and does not end', async () => {
    await using server = await startModelServer({
      reply: () => ({ fault: 'stalled', afterBytes: 10 }),
    });
    const { bytes, reader } = await begin(server);
    expect(bytes).toHaveLength(10);
    const next = reader?.read().then(
      () => 'more',
      () => 'broken',
    );
    const pause = new Promise((resolve) => setTimeout(resolve, 50, 'silence'));
    expect(await Promise.race([next, pause])).toBe('silence');
    await server.close();
    expect(await next).toBe('broken');
  });

  test('a huge answer has at least the bytes that it was told to have', async () => {
    await using server = await startModelServer({
      reply: () => ({ fault: 'huge', bytes: 1_000_000 }),
    });
    expect((await chat(server)).text.length).toBeGreaterThanOrEqual(1_000_000);
  });

  test('a web page comes with its type and status', async () => {
    await using server = await startModelServer({
      replies: [{ fault: 'html' }, { fault: 'html', status: 502 }],
    });
    const pages = [await chat(server), await chat(server)];
    expect(pages.map(({ status }) => status)).toEqual([200, 502]);
    expect(pages[0]?.headers.get('content-type')).toBe('text/html');
  });
});

test('connections and the most requests at once are counted', async () => {
  const arrivals = new EventEmitter();
  const all = once(arrivals, 'all');
  await using server = await startModelServer({
    reply: async (_request, index) => {
      if (index === 2) arrivals.emit('all');
      await all;
      return 'Hi.';
    },
  });
  await Promise.all([chat(server), chat(server), chat(server)]);
  expect(server.peak).toBe(3);
  expect(server.connections).toBeGreaterThanOrEqual(1);
  expect(server.connections).toBeLessThanOrEqual(3);
});
