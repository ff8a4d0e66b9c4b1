/** Which settings win, and which of the user's secrets go to an address of somebody else: none. */
import { startModelServer } from '@openkb/test-kit/model-server';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  createLanguageModel,
  LanguageModelError,
  parseEnvFile,
  resolveModelSettings,
} from '../src/index.ts';
import type { ModelSettings, SettingSources } from '../src/index.ts';
import { QUESTION } from './helpers.ts';

const MINE = 'sk-mine-0123456789abcdef';
const THEIRS = 'sk-theirs-0123456789abcdef';

/** Settings for `openai/gpt-5.4-mini` of the knowledge base, unless the sources say otherwise. */
function resolve(sources: Partial<SettingSources>): ModelSettings {
  const settings = resolveModelSettings({
    environment: {},
    knowledgeBase: { settings: { model: 'openai/gpt-5.4-mini' } },
    ...sources,
  });
  if (!settings) throw new Error('no model');
  return settings;
}

const kb = (settings: object, env: Record<string, string> = {}): Partial<SettingSources> => ({
  knowledgeBase: { settings: { model: 'openai/gpt-5.4-mini', ...settings }, env },
});

describe('which setting wins', () => {
  test.each([
    ['flags', { flags: { model: 'flag' }, environment: { OPENKB_MODEL: 'variable' } }],
    ['environment', { environment: { OPENKB_MODEL: 'variable' } }],
    ['knowledge base', { environment: {} }],
    ['user', { environment: {}, knowledgeBase: undefined }],
  ] as const)('%s', (origin, more) => {
    const user = { settings: { model: 'user' } };
    expect(resolve({ user, ...more }).origins.model).toBe(origin);
  });

  test('without a model, or with the extractive compiler, there is nothing to set up', () => {
    expect(resolveModelSettings({ environment: {} })).toBeUndefined();
    const knowledgeBase = { settings: { model: 'extractive' } };
    const user = { settings: { model: 'openai/gpt-5.4-mini' } };
    expect(resolveModelSettings({ environment: {}, knowledgeBase, user })).toBeUndefined();
  });

  test("the key of the knowledge base goes before the environment's, that before the user's", () => {
    const environment = { OPENAI_API_KEY: MINE };
    const user = { env: { OPENAI_API_KEY: 'sk-users-0123456789' } };
    expect(resolve({ ...kb({}, { LLM_API_KEY: THEIRS }), environment, user })).toMatchObject({
      options: { keys: { LLM_API_KEY: THEIRS } },
      origins: { key: 'knowledge base' },
    });
    expect(resolve({ environment, user }).origins.key).toBe('environment');
    expect(resolve({ user }).origins.key).toBe('user');
    expect(resolve({}).origins).not.toHaveProperty('key');
  });

  test('units and names of the litellm block are read, its other keys are passed over', () => {
    const litellm = {
      timeout: 1.5,
      num_retries: 2,
      drop_params: true,
      extra_headers: { 'X-Team': 'wiki', 'x-number': 7 },
      cache: { type: 'redis' },
    };
    expect(resolve(kb({ litellm, concurrency: 3, context_tokens: 8192 })).options).toMatchObject({
      timeoutMs: 1500,
      retries: 2,
      dropParameters: true,
      extraHeaders: { 'x-team': 'wiki', 'x-number': '7' },
      concurrency: 3,
      contextTokens: 8192,
    });
  });

  test('digits in quotes are the number that they show (U25)', () => {
    const litellm = { timeout: '600', num_retries: '2' };
    expect(resolve(kb({ litellm, concurrency: '4' })).options).toMatchObject({
      timeoutMs: 600_000,
      retries: 2,
      concurrency: 4,
    });
  });

  test.each([
    ['litellm', 'yes'],
    ['litellm.timeout', { timeout: '600s' }],
    ['litellm.timeout', { timeout: 0 }],
    ['litellm.num_retries', { num_retries: 1.5 }],
    ['litellm.drop_params', { drop_params: 'true' }],
    ['litellm.temperature', { temperature: 3 }],
    ['litellm.extra_headers', { extra_headers: ['x: y'] }],
    ['litellm.extra_headers.x', { extra_headers: { x: 'secret-value\r\ny: z' } }],
  ])('a wrong "%s" is named, without its value', (name, litellm) => {
    const attempt = (): unknown => resolve(kb({ litellm }));
    expect(attempt).toThrow(LanguageModelError);
    expect(attempt).toThrow(`"${name}"`);
    expect(attempt).not.toThrow('secret-value');
  });

  test.each([true, 0, -1, '0', 'four', '', 1.5, [4]])(
    'concurrency %j of a file is an error (U25)',
    (concurrency) => {
      expect(() => resolve(kb({ concurrency }))).toThrow('"concurrency"');
    },
  );

  test.each([
    ['openai/gpt-5.4-mini', { OPENAI_BASE_URL: 'http://gateway/v1' }, 'http://gateway'],
    ['anthropic/claude-haiku-4-5', { ANTHROPIC_BASE_URL: 'http://gateway' }, 'http://gateway'],
    ['ollama/llama3.2', { OLLAMA_HOST: '0.0.0.0:4242' }, 'http://127.0.0.1:4242'],
    ['meta/llama', { OPENAI_API_BASE: 'http://vllm:8000/v1' }, 'http://vllm:8000'],
    ['azure/my-deployment', { AZURE_RESOURCE_NAME: 'acme' }, 'https://acme.openai.azure.com'],
    [
      'azure/gpt',
      { AZURE_API_BASE: 'https://acme.openai.azure.com/' },
      'https://acme.openai.azure.com',
    ],
    [
      'bedrock/openai.gpt-oss-120b',
      { AWS_REGION: 'eu-west-1' },
      'https://bedrock-runtime.eu-west-1.amazonaws.com',
    ],
    [
      'bedrock/anthropic.claude-haiku-4-5',
      { AWS_DEFAULT_REGION: 'us-east-1' },
      'https://bedrock-mantle.us-east-1.api.aws',
    ],
    ['gemini/gemini-3.8-flash', {}, 'https://generativelanguage.googleapis.com'],
  ])('%s is found at the address of %o', (model, environment, host) => {
    expect(resolve({ ...kb({ model }), environment }).host).toBe(host);
  });

  test.each(['evil.example/', 'a@evil.example', '../x', 'a.b', 'a b', ''])(
    'the name of a resource or region cannot lead to another host: %j',
    (value) => {
      const models = { 'azure/gpt': 'AZURE_RESOURCE_NAME', 'bedrock/openai.gpt': 'AWS_REGION' };
      for (const [model, name] of Object.entries(models)) {
        const attempt = (): unknown =>
          resolve({ ...kb({ model }), environment: { [name]: value } });
        expect(attempt).toThrow(`needs "${name}"`);
      }
    },
  );
});

describe('an address that the knowledge base alone sets', () => {
  const evil = 'https://evil.example/v1';
  const environment = { OPENAI_API_KEY: MINE, LLM_API_KEY: MINE };
  const user = {
    env: { OPENAI_API_KEY: MINE },
    settings: { litellm: { extra_headers: { 'x-gateway-token': MINE } } },
  };

  test.each([
    ['base_url', kb({ base_url: evil })],
    ['litellm.api_base', kb({ litellm: { api_base: evil } })],
    ['OPENAI_BASE_URL in its .env', kb({}, { OPENAI_BASE_URL: evil })],
    ['a model without a provider', kb({ model: 'any/model', base_url: evil })],
    ['a local runtime elsewhere', kb({ model: 'ollama/llama', base_url: evil })],
    ['an Azure resource', kb({ model: 'azure/gpt' }, { AZURE_RESOURCE_NAME: 'evil' })],
  ])('gets no key and no header of the user: %s', (_what, sources) => {
    const all = { ...environment, AZURE_API_KEY: MINE, OLLAMA_API_KEY: MINE };
    const settings = resolve({ ...sources, environment: all, user });
    expect(settings.foreign).toBe(true);
    expect(JSON.stringify(settings)).not.toContain(MINE);
    expect(settings.messages.join('\n')).toMatch(/is not sent to "https:\/\/evil/u);
  });

  test('gets the keys and headers of the knowledge base', () => {
    const litellm = { extra_headers: { authorization: THEIRS } };
    const settings = resolve({
      ...kb({ base_url: evil, litellm }, { OPENAI_API_KEY: THEIRS }),
      environment,
    });
    expect(settings.options).toMatchObject({
      keys: { OPENAI_API_KEY: THEIRS },
      extraHeaders: { authorization: THEIRS },
    });
  });

  test('is trusted once the user has set it too, or where it is the provider’s own', () => {
    const shared = resolve({
      ...kb({ base_url: evil }),
      environment,
      user: { settings: { base_url: `${evil}/` } },
    });
    expect(shared).toMatchObject({ foreign: false, options: { keys: { OPENAI_API_KEY: MINE } } });
    const own = resolve({ ...kb({ base_url: 'https://api.openai.com/v1/' }), environment });
    expect(own).toMatchObject({ foreign: false, options: { keys: { OPENAI_API_KEY: MINE } } });
    for (const near of ['https://api.openai.com.evil.example/v1', 'http://api.openai.com/v1']) {
      expect(resolve({ ...kb({ base_url: near }), environment }).foreign).toBe(true);
    }
  });

  test('never sees a secret of the user, whatever the sources hold', () => {
    const name = fc.constantFrom(
      'OPENAI_API_KEY',
      'LLM_API_KEY',
      'ANTHROPIC_API_KEY',
      'OLLAMA_API_KEY',
    );
    const secrets = fc.dictionary(name, fc.constant(MINE));
    const model = fc.constantFrom('openai/x', 'claude-x', 'ollama/x', 'any/x', 'azure/x', 'x');
    const place = fc.constantFrom(
      kb({ base_url: evil }).knowledgeBase,
      kb({ api_base: evil }).knowledgeBase,
      kb({ litellm: { base_url: evil } }).knowledgeBase,
    );
    fc.assert(
      fc.property(secrets, secrets, model, place, (env, users, chosen, base) => {
        const settings = resolve({
          environment: env,
          user: { ...user, env: users },
          knowledgeBase: { ...base, settings: { ...base?.settings, model: chosen } },
        });
        expect(settings.foreign).toBe(true);
        expect(JSON.stringify(settings)).not.toContain(MINE);
      }),
    );
  });

  test('on the wire: the request arrives without the key', async () => {
    await using server = await startModelServer();
    const { options } = resolve({ ...kb({ base_url: server.openai }), environment, user });
    const model = createLanguageModel({ ...options, fetch, sleep: async () => {} });
    await model.generate({ messages: QUESTION });
    expect(JSON.stringify(server.requests)).not.toContain(MINE);
  });
});

describe('keys and headers at other addresses', () => {
  test('a general key goes to no provider that did not issue it', () => {
    const environment = { LLM_API_KEY: 'sk-ant-0123456789abcdef' };
    const settings = resolve({ ...kb({ model: 'groq/some-model' }), environment });
    expect(settings.options.keys).toEqual({});
    expect(settings.messages).toEqual([
      '"LLM_API_KEY" is not sent to groq: it looks like a key of anthropic.',
    ]);
    const fitting = resolve({ ...kb({ model: 'anthropic/claude-haiku-4-5' }), environment });
    expect(fitting.options.keys).toEqual(environment);
  });

  test('headers of the knowledge base cannot give orders to a gateway of the user', () => {
    const litellm = { extra_headers: { 'x-target-url': 'https://evil.example' } };
    const environment = { OPENAI_API_KEY: MINE, OPENAI_BASE_URL: 'https://gateway.example/v1' };
    const settings = resolve({ ...kb({ litellm }), environment });
    expect(settings.options).not.toHaveProperty('extraHeaders');
    expect(settings.messages).toEqual([expect.stringContaining('"x-target-url"')]);
  });

  test.each(['authorization', 'X-Api-Key', 'api-key', 'cookie', 'Host', 'OpenAI-Organization'])(
    'the header %s of the knowledge base does not go with a key of the user',
    (name) => {
      const litellm = { extra_headers: { [name]: 'theirs', 'x-title': 'wiki' } };
      const settings = resolve({ ...kb({ litellm }), environment: { OPENAI_API_KEY: MINE } });
      expect(settings.options.extraHeaders).toEqual({ 'x-title': 'wiki' });
    },
  );
});

test.each([
  ['LLM_API_KEY=sk-1\r\nA=b', { LLM_API_KEY: 'sk-1', A: 'b' }],
  ['\uFEFFexport A="b c" # d', { A: 'b c' }],
  ["# A=b\nnonsense\n\nG='h\\n'", { G: 'h\\n' }],
  ['A="x\\"y\\nz"', { A: 'x"y\nz' }],
  ['A = b#c # d', { A: 'b#c' }],
  ['A="b', { A: '"b' }],
  ['A=\nB= # c', { A: '', B: '' }],
  ['1A=b\n=c\nA B=c\n__proto__=d', {}],
])('the .env file %j is %o', (text, values) => {
  expect(parseEnvFile(text)).toEqual(values);
});

test('an .env file of endless lines is read in one pass', () => {
  // looking from each sign to the end of its line would take many minutes
  const [spaces, signs] = [' '.repeat(2_000_000), '\\'.repeat(2_000_000)];
  expect(Object.keys(parseEnvFile(`A=${spaces}"${signs}\n${spaces}x`))).toEqual(['A']);
});
