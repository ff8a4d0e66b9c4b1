/** Answers that are almost right: each comes back as an answer or as our error, and none hangs. */
import { startModelServer } from '@openkb/test-kit/model-server';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { LanguageModelError } from '../src/index.ts';
import { KEY, modelAt, QUESTION, readPage, SCHEMA } from './helpers.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A value with what stands at a random place of it replaced or left out. */
function mangled(value: Json, path: readonly number[], by: Json | undefined): Json | undefined {
  const [step = 0, ...rest] = path;
  if (typeof value !== 'object' || value === null || path.length === 0) return by;
  const keys = Object.keys(value);
  if (keys.length === 0) return by;
  const at = keys[step % keys.length] ?? '';
  const copy: Json = Array.isArray(value) ? [...value] : { ...value };
  const inside = mangled((value as Record<string, Json>)[at] ?? null, rest, by);
  if (inside === undefined) delete (copy as Record<string, Json>)[at];
  else (copy as Record<string, Json>)[at] = inside;
  return Array.isArray(copy) ? copy.filter(() => true) : copy;
}

const replacement = fc.constantFrom<Json | undefined>(
  undefined,
  null,
  7,
  -1,
  '',
  'text',
  true,
  [],
  {},
  [null],
  { error: { message: 'Busy', code: 503 } },
);
const path = fc.array(fc.nat(9), { minLength: 1, maxLength: 6 });

const answer = {
  text: 'A weighted sum.',
  thinking: 'Hm.',
  toolCalls: [{ name: 'read_page', input: { path: 'a' } }],
};

const split = (text: string): string[] => text.split('\n\n').filter(Boolean);

/** What came of a request, in one word. */
async function outcome(asked: Promise<{ text: unknown }>): Promise<string> {
  const result = await asked.catch((error: unknown) => error);
  if (!(result instanceof Error)) return typeof (result as { text: unknown }).text;
  return result instanceof LanguageModelError ? 'error' : `${result.name}: ${result.message}`;
}

test.each([
  ['openai-compatible/some-model', 'openai', '/chat/completions', {}],
  ['openai/gpt-5.4-mini', 'openai', '/chat/completions', { own: true }],
  ['anthropic/claude-haiku-4-5', 'anthropic', '/messages', {}],
  ['gemini/gemini-3.8-flash', 'google', '/models/m:generateContent', {}],
] as const)('%s', async (name, base, at, { own }: { own?: true }) => {
  await using server = await startModelServer({
    reply: (_request, index) => (index < 2 ? answer : { ...answer, toolCalls: [] }),
  });
  const ask = async (stream: boolean): Promise<string> => {
    const google = base === 'google';
    const address = google && stream ? '/models/m:streamGenerateContent?alt=sse' : at;
    const response = await fetch(server[base] + address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'm',
        max_tokens: 9,
        stream,
        messages: [{ role: 'user', content: 'Hi.' }],
        contents: [{ role: 'user', parts: [{ text: 'Hi.' }] }],
      }),
    });
    return response.text();
  };
  const withCalls = { whole: await ask(false), events: split(await ask(true)) };
  const without = { whole: await ask(false), events: split(await ask(true)) };

  let body = '';
  let type = '';
  const model = modelAt(server, {
    model: name,
    keys: { LLM_API_KEY: KEY },
    retries: 0,
    timeoutMs: 60_000,
    chunkTimeoutMs: 60_000,
    baseUrl: own ? undefined : server[base],
    fetch: async () => new Response(body, { headers: { 'content-type': type } }),
  });

  await fc.assert(
    fc.asyncProperty(
      path,
      replacement,
      fc.nat(40),
      fc.boolean(),
      async (where, by, which, calls) => {
        const { whole, events } = calls ? withCalls : without;
        const outcomes: string[] = [];
        body = JSON.stringify(mangled(JSON.parse(whole) as Json, where, by)) ?? '';
        type = 'application/json';
        outcomes.push(await outcome(model.generate({ messages: QUESTION })));
        outcomes.push(await outcome(model.generate({ messages: QUESTION, schema: SCHEMA })));

        const changed = events.map((event, index) => {
          const [, data] = /^data: (.*)$/mu.exec(event) ?? [];
          if (index !== which % events.length || !data?.startsWith('{')) return event;
          const other = JSON.stringify(mangled(JSON.parse(data) as Json, where, by)) ?? '';
          return event.replace(data, () => other);
        });
        body = `${changed.join('\n\n')}\n\n`;
        type = 'text/event-stream';
        outcomes.push(
          await outcome(model.stream({ messages: QUESTION, tools: [readPage], maxSteps: 1 })),
        );
        outcomes.push(
          await outcome(model.stream({ messages: QUESTION, tools: [readPage], maxSteps: 2 })),
        );
        expect(outcomes.filter((one) => one !== 'error' && one !== 'string')).toEqual([]);
      },
    ),
    { numRuns: Number(process.env['FUZZ'] ?? 10) },
  );
});
