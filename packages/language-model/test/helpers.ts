/** A model that talks to a double, with waits that are noted and not waited. */
import type { ModelReply, ModelServer } from '@openkb/test-kit/model-server';

import { createLanguageModel } from '../src/index.ts';
import type {
  LanguageModel,
  LanguageModelError,
  LanguageModelOptions,
  Tool,
} from '../src/index.ts';

export const KEY = 'sk-test-0123456789abcdefghij';

export const SCHEMA = {
  type: 'object',
  properties: { title: { type: 'string' }, pages: { type: 'array', items: { type: 'string' } } },
  required: ['title', 'pages'],
  additionalProperties: false,
};

export const QUESTION = [
  { role: 'system', content: 'Answer briefly.' },
  { role: 'user', content: 'What is attention?' },
] as const;

/** `LanguageModel` for an OpenAI-compatible endpoint at `server`, plus the waits that it asked for. */
export function modelAt(
  server: ModelServer,
  options: Partial<LanguageModelOptions> = {},
): LanguageModel & { readonly waits: readonly number[] } {
  const waits: number[] = [];
  const model = createLanguageModel({
    model: 'openai-compatible/some-model',
    baseUrl: server.openai,
    keys: { LLM_API_KEY: KEY },
    fetch,
    sleep: async (ms) => {
      waits.push(ms);
    },
    random: () => 1,
    // no test waits for it: what never ends is ended by the test's own limit
    timeoutMs: 3_600_000,
    ...options,
  });
  return { ...model, waits };
}

/** The error that a promise is rejected with. */
export async function errorOf(promise: Promise<unknown>): Promise<LanguageModelError> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome === undefined) throw new Error('it did not fail');
  return outcome as LanguageModelError;
}

/** A `fetch` that finds the addresses under `from` at `to`. */
export function redirected(from: string, to: string): typeof fetch {
  return (input, init) => {
    const url = input instanceof Request ? input.url : input.toString();
    return fetch(url.replace(from, to), init);
  };
}

export const readPage: Tool = {
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
/** What a model says that wants to read the page at `path`. */
export const call = (path: unknown): ModelReply => ({
  text: 'Let me look.',
  toolCalls: [{ name: 'read_page', input: { path } }],
});
