import { startModelServer } from '@openkb/test-kit/model-server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { detectModel, parseModelName } from '../src/index.ts';
import { redirected } from './helpers.ts';

const nobody: typeof fetch = async () => {
  throw new TypeError('fetch failed');
};
/** Ends only when it is given up. */
const silent: typeof fetch = (_url, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });
const LM_STUDIO = 'http://127.0.0.1:1234';

describe('keys in the environment', () => {
  test.each([
    [{ OPENAI_API_KEY: 'sk-1' }, 'openai', 'OPENAI_API_KEY'],
    [{ ANTHROPIC_API_KEY: 'sk-ant-1' }, 'anthropic', 'ANTHROPIC_API_KEY'],
    [{ GEMINI_API_KEY: 'AIza1' }, 'gemini', 'GEMINI_API_KEY'],
    [{ GOOGLE_API_KEY: 'AIza1' }, 'gemini', 'GOOGLE_API_KEY'],
    [{ MISTRAL_API_KEY: '1' }, 'mistral', 'MISTRAL_API_KEY'],
    [{ DEEPSEEK_API_KEY: '1' }, 'deepseek', 'DEEPSEEK_API_KEY'],
    [{ GROQ_API_KEY: '1' }, 'groq', 'GROQ_API_KEY'],
    [{ OPENROUTER_API_KEY: '1' }, 'openrouter', 'OPENROUTER_API_KEY'],
    [{ LLM_API_KEY: 'sk-1' }, 'openai', 'LLM_API_KEY'],
    [{ LLM_API_KEY: 'sk-ant-1' }, 'anthropic', 'LLM_API_KEY'],
    [{ LLM_API_KEY: 'gsk_1' }, 'groq', 'LLM_API_KEY'],
    [
      { OPENAI_API_KEY: ' ', ANTHROPIC_API_KEY: 'x', LLM_API_KEY: 'y' },
      'anthropic',
      'ANTHROPIC_API_KEY',
    ],
  ])('%o give a model of %s', async (env, provider, from) => {
    const found = await detectModel({ env, fetch: nobody });
    expect(found.from).toBe(from);
    expect(parseModelName(found.model).provider).toBe(provider);
    expect(found).not.toHaveProperty('baseUrl');
  });

  test('an address that goes with the key is handed on', async () => {
    const env = { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'http://127.0.0.1:8000/v1' };
    expect(await detectModel({ env, fetch: nobody })).toMatchObject({
      baseUrl: env.OPENAI_BASE_URL,
    });
  });

  test('a key is enough: nobody is asked', async () => {
    let asked = 0;
    const counting: typeof fetch = async () => {
      asked += 1;
      return new Response('{}');
    };
    await detectModel({ env: { OPENAI_API_KEY: 'sk-1' }, fetch: counting });
    expect(asked).toBe(0);
  });
});

describe('local runtimes', () => {
  // a busy machine may take longer to answer than a runtime is waited for
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  test('the first text model of Ollama is taken, at the address of OLLAMA_HOST', async () => {
    await using server = await startModelServer({
      models: ['nomic-embed-text:latest', 'llama3.2:3b'],
    });
    const host = server.url.replace('http://127.0.0.1', '0.0.0.0');
    expect(await detectModel({ env: { OLLAMA_HOST: host }, fetch })).toEqual({
      model: 'ollama/llama3.2:3b',
      from: server.url,
      baseUrl: server.openai,
    });
  });

  test('LM Studio is taken where Ollama has no model for text', async () => {
    await using empty = await startModelServer({ models: ['bge-m3:latest'] });
    await using server = await startModelServer({ models: ['qwen3-8b'] });
    const env = { OLLAMA_HOST: empty.url };
    expect(await detectModel({ env, fetch: redirected(LM_STUDIO, server.url) })).toEqual({
      model: 'lmstudio/qwen3-8b',
      from: LM_STUDIO,
    });
  });

  test.each([
    ['refuses connections', nobody],
    ['answers with something else', async () => new Response('<html>')],
    ['answers with an error', async () => new Response('{}', { status: 500 })],
    ['lists nothing', async () => new Response('{"models":null,"data":[{}]}')],
  ])('where the port %s the answer is extractive', async (_what, fetch) => {
    expect(await detectModel({ env: {}, fetch })).toEqual({ model: 'extractive', from: 'nothing' });
  });

  test('ports that stay silent are waited for 300 ms, both at once', async () => {
    let found: string | undefined;
    const detected = detectModel({ env: {}, fetch: silent }).then(({ model }) => (found = model));
    await vi.advanceTimersByTimeAsync(299);
    expect(found).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    await detected;
    expect(found).toBe('extractive');
  });

  test('an OLLAMA_HOST that is no address does not fail the detection', async () => {
    const env = { OLLAMA_HOST: 'http://[nonsense' };
    expect((await detectModel({ env, fetch: nobody })).model).toBe('extractive');
  });
});
