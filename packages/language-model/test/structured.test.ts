import { startModelServer } from '@openkb/test-kit/model-server';
import { describe, expect, test } from 'vitest';

import { errorOf, KEY, modelAt, QUESTION, redirected, SCHEMA } from './helpers.ts';

const OBJECT = { title: 'Attention', pages: ['self-attention'] };
const ASK = { messages: QUESTION, schema: SCHEMA };

describe.each([
  { model: 'openai-compatible/some-model', base: 'openai', keyName: 'LLM_API_KEY' },
  { model: 'anthropic/claude-haiku-4-5', base: 'anthropic', keyName: 'ANTHROPIC_API_KEY' },
  { model: 'anthropic/claude-3-haiku-20240307', base: 'anthropic', keyName: 'ANTHROPIC_API_KEY' },
  { model: 'gemini/gemini-flash-latest', base: 'google', keyName: 'GEMINI_API_KEY' },
] as const)('$model', ({ model: name, base, keyName }) => {
  test('the schema is sent and the object comes back', async () => {
    await using server = await startModelServer({ replies: [{ object: OBJECT }] });
    const model = modelAt(server, { model: name, baseUrl: server[base], keys: { [keyName]: KEY } });
    const result = await model.generate(ASK);
    expect(result.object).toEqual(OBJECT);
    expect(JSON.parse(result.text)).toEqual(OBJECT);
    expect(server.requests[0]).toMatchObject({
      format: 'json_schema',
      messages: QUESTION,
      schema: { type: 'object', required: ['title', 'pages'] },
    });
  });
});

test('a refused format is stepped over, and the rung that was reached is remembered', async () => {
  await using server = await startModelServer({
    refuses: ['json_schema'],
    reply: () => ({ object: OBJECT }),
  });
  const model = modelAt(server);
  expect((await model.generate(ASK)).object).toEqual(OBJECT);
  expect((await model.generate(ASK)).object).toEqual(OBJECT);
  expect(server.requests.map(({ format }) => format)).toEqual([
    'json_schema',
    'json_object',
    'json_object',
  ]);
  expect(server.requests[1]?.messages.at(-1)?.content).toContain('"required":["title","pages"]');
  expect(model.waits).toEqual([]);
});

test('where every format is refused, fences and prose are taken off plain text', async () => {
  const text = `Sure! Here is [the] object:\n\n\`\`\`json\n${JSON.stringify(OBJECT, undefined, 2)}\n\`\`\`\nDone {ok}.`;
  await using server = await startModelServer({
    refuses: ['response_format'],
    reply: () => text,
  });
  const model = modelAt(server);
  expect((await model.generate(ASK)).object).toEqual(OBJECT);
  expect((await model.generate(ASK)).object).toEqual(OBJECT);
  expect(server.requests.map(({ format }) => format)).toEqual([
    'json_schema',
    'json_object',
    'plain',
    'plain',
  ]);
});

test('an endpoint that drops the schema without a word is asked on the next rung', async () => {
  await using server = await startModelServer({
    reply: ({ format }) => (format === 'json_schema' ? 'Attention is ...' : { object: OBJECT }),
  });
  const model = modelAt(server);
  const result = await model.generate(ASK);
  expect(result.object).toEqual(OBJECT);
  expect(result.usage.requests).toBe(2);
  await model.generate(ASK);
  expect(server.requests.map(({ format }) => format)).toEqual([
    'json_schema',
    'json_object',
    'json_object',
  ]);
});

test('one bad answer does not cost a rung that has proved itself', async () => {
  await using server = await startModelServer({
    replies: [{ object: OBJECT }, 'No changes.', { object: OBJECT }],
  });
  const model = modelAt(server);
  await model.generate(ASK);
  expect(await errorOf(model.generate(ASK))).toMatchObject({ code: 'bad-answer' });
  expect((await model.generate(ASK)).object).toEqual(OBJECT);
  expect(server.requests.map(({ format }) => format)).toEqual(Array(3).fill('json_schema'));
});

test.each([
  ['an empty answer', { text: '' }],
  ['reasoning alone', { text: '', thinking: 'Hm.' }],
  ['null', 'null'],
  ['a number', '42'],
  ['an empty array', '[]'],
  ['two objects in an array', JSON.stringify([OBJECT, OBJECT])],
  ['an object without what is required', { object: { title: 'Attention' } }],
  ['an object of wrong types', { object: { title: 1, pages: 'x' } }],
  ['JSON that breaks off', '{"title": "Attention", "pages": ["self'],
  ['a list of lists', '[[{"title": "x"}]]'],
])('%s is never taken for the object (U02, U04)', async (_what, reply) => {
  await using server = await startModelServer({ reply: () => reply });
  const model = modelAt(server);
  const error = await errorOf(model.generate(ASK));
  expect(error.code).toBe('bad-answer');
  expect(server.requests).toHaveLength(3);
  expect(model.usage().requests).toBe(3);
});

test('one object in an array is taken for the object (U04)', async () => {
  await using server = await startModelServer({ reply: () => JSON.stringify([OBJECT]) });
  expect((await modelAt(server).generate(ASK)).object).toEqual(OBJECT);
});

test('an answer that was cut off has no object, and says nothing about the rung (U03)', async () => {
  const cutOff = { text: '{"title": "Attention", "pages": [', finish: 'length' } as const;
  await using server = await startModelServer({ replies: [cutOff, 'Text.', { object: OBJECT }] });
  const model = modelAt(server);
  const result = await model.generate(ASK);
  expect(result.finishReason).toBe('length');
  expect(result).not.toHaveProperty('object');
  expect((await model.generate(ASK)).object).toEqual(OBJECT);
  expect(server.requests.map(({ format }) => format)).toEqual([
    'json_schema',
    'json_schema',
    'json_object',
  ]);
});

test('a schema with optional properties is sent as one that is not strict', async () => {
  await using server = await startModelServer({ reply: () => ({ object: { title: 'x' } }) });
  const schema = { ...SCHEMA, required: ['title'] };
  const model = modelAt(server);
  expect((await model.generate({ messages: QUESTION, schema })).object).toEqual({ title: 'x' });
  await errorOf(model.generate(ASK));
  expect(
    server.requests.map(({ body }) => (body as any).response_format.json_schema.strict),
  ).toEqual([false, true]);
});

test('a provider without a JSON mode is not asked for one', async () => {
  await using server = await startModelServer({
    refuses: ['json_schema'],
    reply: () => ({ object: OBJECT }),
  });
  const model = modelAt(server, { model: 'lmstudio/qwen' });
  expect((await model.generate(ASK)).object).toEqual(OBJECT);
  expect(server.requests.map(({ format }) => format)).toEqual(['json_schema', 'plain']);
});

test('a misfit that the provider reports itself counts as a bad answer', async () => {
  const fault = { fault: 'status', status: 400, code: 'json_validate_failed' } as const;
  await using server = await startModelServer({ replies: [{ object: OBJECT }, fault] });
  const model = modelAt(server);
  await model.generate(ASK);
  expect((await errorOf(model.generate(ASK))).code).toBe('bad-answer');
});

test('a refusal that has nothing to do with the format is reported as the provider says it', async () => {
  const fault = { fault: 'status', status: 400, message: 'The prompt is too rude.' } as const;
  await using server = await startModelServer({ reply: () => fault });
  const error = await errorOf(modelAt(server).generate(ASK));
  expect(error).toMatchObject({ code: 'request-refused', status: 400 });
  expect(error.message).toContain('The prompt is too rude.');
});

test('a refused cache mark is left out from then on, and the call goes through (U28)', async () => {
  await using server = await startModelServer({ refuses: ['cache_control'] });
  const model = modelAt(server, { model: 'anthropic/claude-haiku-4-5', baseUrl: server.anthropic });
  const messages = [
    { role: 'system', content: 'A long prefix.', cache: true },
    QUESTION[1],
  ] as const;
  await Promise.all([model.generate({ messages }), model.generate({ messages })]);
  await model.generate({ messages });
  const marked = server.requests.map(({ body }) => JSON.stringify(body).includes('cache_control'));
  expect(marked[0]).toBe(true);
  expect(marked.filter((mark) => !mark)).toHaveLength(3);
  expect(marked.at(-1)).toBe(false);
});

test.each([
  ['openai-compatible/some-model', {}],
  ['openai/gpt-4.1', { at: 'https://api.openai.com/v1' }],
])(
  '%s: a refused max_tokens is sent under its newer name from then on (U28)',
  async (name, { at }: { at?: string }) => {
    await using server = await startModelServer({ refuses: ['max_tokens'] });
    const model = modelAt(server, {
      model: name,
      ...(at === undefined ? {} : { baseUrl: undefined, fetch: redirected(at, server.openai) }),
    });
    await model.generate({ messages: QUESTION, maxOutputTokens: 77 });
    await model.generate({ messages: QUESTION, maxOutputTokens: 78 });
    expect(server.requests.map(({ body }) => body['max_completion_tokens'])).toEqual([
      undefined,
      77,
      78,
    ]);
  },
);
