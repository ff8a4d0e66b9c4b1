import { describe, expect, test } from 'vitest';

import { createLanguageModel, LanguageModelError, parseModelName } from '../src/index.ts';
import type { LanguageModelOptions } from '../src/index.ts';

const create = (options: Partial<LanguageModelOptions>): LanguageModelError => {
  try {
    createLanguageModel({
      model: 'openai/gpt-5.4-mini',
      keys: { OPENAI_API_KEY: 'sk-0123456789' },
      fetch,
      sleep: async () => {},
      ...options,
    });
  } catch (error) {
    return error as LanguageModelError;
  }
  throw new Error('it was created');
};

describe('parseModelName', () => {
  test.each([
    ['openai/gpt-5.4-mini', 'openai', 'gpt-5.4-mini'],
    ['gpt-5.4-mini', 'openai', 'gpt-5.4-mini'],
    ['o3', 'openai', 'o3'],
    ['anthropic/claude-haiku-4-5', 'anthropic', 'claude-haiku-4-5'],
    ['claude-haiku-4-5', 'anthropic', 'claude-haiku-4-5'],
    ['gemini/gemini-flash-latest', 'gemini', 'gemini-flash-latest'],
    ['google/gemini-flash-latest', 'gemini', 'gemini-flash-latest'],
    ['gemini-flash-latest', 'gemini', 'gemini-flash-latest'],
    ['ollama/hf.co/some/model:Q4_K_M', 'ollama', 'hf.co/some/model:Q4_K_M'],
    ['lmstudio/qwen', 'lmstudio', 'qwen'],
    ['lm_studio/qwen', 'lmstudio', 'qwen'],
    ['deepseek/deepseek-chat', 'deepseek', 'deepseek-chat'],
    ['openrouter/anthropic/claude-haiku-4-5', 'openrouter', 'anthropic/claude-haiku-4-5'],
    ['mistral/mistral-medium-latest', 'mistral', 'mistral-medium-latest'],
    ['groq/openai/gpt-oss-120b', 'groq', 'openai/gpt-oss-120b'],
    ['openai-compatible/anything', 'openai-compatible', 'anything'],
    ['  OpenAI/gpt-5.4-mini ', 'openai', 'gpt-5.4-mini'],
  ])('%s is %s and %s', (name, provider, model) => {
    expect(parseModelName(name)).toEqual({ provider, model });
  });

  test('with a base URL a name without a known prefix belongs to that endpoint as a whole', () => {
    const options = { baseUrl: 'http://127.0.0.1:8000/v1' };
    expect(parseModelName('meta-llama/Llama-3.1-8B', options)).toEqual({
      provider: 'openai-compatible',
      model: 'meta-llama/Llama-3.1-8B',
    });
    expect(parseModelName('qwen', options).provider).toBe('openai-compatible');
    expect(parseModelName('openai/gpt-5.4-mini', options).provider).toBe('openai');
  });

  test.each([
    ['extractive', 'unknown-model', 'embedded compiler'],
    ['nobody/some-model', 'unknown-provider', '"nobody" in "nobody/some-model"'],
    ['/gpt', 'unknown-provider', 'not a known provider'],
    ['openai/', 'unknown-model', 'names no model'],
    ['', 'unknown-model', 'names no model'],
  ])('"%s" is refused as %s', (name, code, message) => {
    const parse = (): unknown => parseModelName(name);
    expect(parse).toThrow(LanguageModelError);
    expect(parse).toThrow(message);
    expect(create({ model: name })).toMatchObject({ code, hint: expect.any(String) });
  });
});

describe('settings fail before the first request', () => {
  test.each([true, 0, -1, '4', 1.5, Number.NaN, 1001])('concurrency %j (U25)', (value) => {
    const error = create({ concurrency: value as number });
    expect(error.code).toBe('bad-setting');
    expect(error.message).toContain('"concurrency"');
    expect(error.hint).toContain('"concurrency"');
  });

  test.each([
    ['retries', { retries: -1 }],
    ['timeout', { timeoutMs: 0 }],
    ['base URL', { baseUrl: 'localhost:11434' }],
    ['base URL', { baseUrl: 'nonsense' }],
    ['base URL', { model: 'openai-compatible/some-model' }],
  ])('a wrong %s', (name, options) => {
    const error = create(options);
    expect(error.code).toBe('bad-setting');
    expect(error.message).toContain(name);
  });

  test('a missing key names the variables that are looked at', () => {
    for (const keys of [{}, { OPENAI_API_KEY: ' ' }, { ANTHROPIC_API_KEY: 'sk-ant-0123456789' }]) {
      const error = create({ keys });
      expect(error.code).toBe('key-missing');
      expect(error.hint).toContain('OPENAI_API_KEY or LLM_API_KEY');
    }
  });
});
