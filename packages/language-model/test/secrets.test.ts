/** Whatever an endpoint does with the secrets that it gets, they are in nothing that comes back. */
import { startModelServer } from '@openkb/test-kit/model-server';
import type { ModelReply, ModelRequest } from '@openkb/test-kit/model-server';
import { describe, expect, test } from 'vitest';

import type { RetryEvent, Usage } from '../src/index.ts';
import { errorOf, modelAt, QUESTION, SCHEMA } from './helpers.ts';

/** Of no known shape, so that it is taken out because it is known. */
const KEY = 'q7Zt0Fh3Vb9LmX2cW8rKsD5pYeJ1aGnU';
const HEADER = 'team header value 42';

/** Every text that hangs on a value, its causes and what cannot be enumerated included. */
function inside(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (seen.has(value)) return '';
  seen.add(value);
  const keys = Reflect.ownKeys(value);
  return keys.map((key) => `${String(key)}: ${inside(Reflect.get(value, key), seen)}`).join('\n');
}

const sent = ({ headers }: ModelRequest): string => JSON.stringify(headers);

/** An endpoint that quotes what it was sent wherever there is room for it. */
const ECHOES: Record<string, (request: ModelRequest) => ModelReply> = {
  'an error of the request': (request) => ({
    fault: 'status',
    status: 400,
    message: sent(request),
  }),
  'an error of its own': (request) => ({ fault: 'status', status: 500, message: sent(request) }),
  'a refused key': (request) => ({ fault: 'status', status: 401, message: sent(request) }),
  'a message in which the key is cut in two': ({ headers }) => ({
    fault: 'status',
    status: 400,
    message: `${'x'.repeat(283)} ${headers['authorization'] ?? headers['x-api-key'] ?? headers['x-goog-api-key'] ?? ''}`,
  }),
  'an error that is text': (request) => ({ fault: 'status', status: 429, body: sent(request) }),
  'an error in a stream': (request) => ({
    fault: 'error-event',
    status: 500,
    message: sent(request),
  }),
  'an answer of another form': (request) => ({ fault: 'wrong-shape', body: sent(request) }),
  'an answer that is no JSON': (request) => ({
    fault: 'wrong-shape',
    body: `oops ${sent(request)}`,
  }),
  'an object that does not fit': (request) => ({ object: { title: sent(request) } }),
};

describe.each([
  ['openai-compatible/some-model', 'openai'],
  ['anthropic/claude-haiku-4-5', 'anthropic'],
  ['gemini/gemini-3.8-flash', 'google'],
] as const)('%s', (name, base) => {
  test.each(Object.entries(ECHOES))('%s', async (_what, reply) => {
    await using server = await startModelServer({ reply });
    const told: (RetryEvent | Usage)[] = [];
    const model = modelAt(server, {
      model: name,
      baseUrl: server[base],
      keys: { LLM_API_KEY: KEY },
      extraHeaders: { 'x-team': HEADER },
      retries: 1,
      onRetry: (event) => told.push(event),
    });
    const onUsage = (usage: Usage): void => void told.push(usage);
    const outcomes = [
      await errorOf(model.generate({ messages: QUESTION, schema: SCHEMA, onUsage })),
      await model.stream({ messages: QUESTION, onUsage }).catch((error: unknown) => error),
    ];
    expect(sent(server.requests[0] as ModelRequest)).toContain(KEY);
    expect(sent(server.requests[0] as ModelRequest)).toContain(HEADER);
    const [failed, streamed] = outcomes;
    // what the model says itself is the caller's to show
    const all = inside([failed, ...(streamed instanceof Error ? [streamed] : []), told]);
    expect(all).toContain(name);
    expect(all).not.toContain(KEY);
    expect(all).not.toContain(HEADER);
    // not a part of it either
    expect(all).not.toContain(KEY.slice(0, 10));
  });
});

test.each(['sk-0123456789\nabcdef', 'sk-0123456789“', 'sk 0123456789'])(
  'a key that cannot be sent (%j) is named, not shown',
  async (key) => {
    await using server = await startModelServer();
    const attempt = (): unknown => modelAt(server, { keys: { LLM_API_KEY: key } });
    expect(attempt).toThrow('"LLM_API_KEY" has a character that no key has.');
  },
);

test('a header that cannot be sent is named, not shown', async () => {
  await using server = await startModelServer();
  const extraHeaders = { 'x-team': 'secret-0123456789\r\nx-other: 1' };
  const attempt = (): unknown => modelAt(server, { extraHeaders });
  expect(attempt).toThrow('"litellm.extra_headers.x-team" is not a header.');
});

test.each(['gemini/../../v1/files', 'gemini/a?alt=x', 'openai/a#b', 'gemini/..', 'x/../y'])(
  '%s cannot lead to another place of the address',
  async (model) => {
    await using server = await startModelServer();
    expect(() => modelAt(server, { model })).toThrow('is not the name of a model');
  },
);
