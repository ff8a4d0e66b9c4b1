/**
 * The providers by name: how they are spoken to, where they are, which keys they take. One table, so
 * that a further OpenAI-compatible provider is a further entry.
 */

/** Wire format. */
export type Protocol = 'openai' | 'anthropic' | 'google' | 'openai-compatible';

/** A way to get an object out of a model, best first. */
export type Rung = 'json_schema' | 'json_object' | 'plain';

export interface Provider {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly protocol: Protocol;
  /** Absent: the caller has to give one. */
  readonly baseUrl?: string;
  /** Names of the environment variables that hold its key, first found wins. */
  readonly keyNames: readonly string[];
  /** Runs on the user's machine and needs no key. */
  readonly local: boolean;
  /** Rungs that the provider documents; an endpoint may still refuse one. */
  readonly rungs: readonly Rung[];
  /** What `detectModel` proposes: mid-priced, and an alias that moves with the provider. */
  readonly defaultModel?: string;
}

/** The key that serves whatever provider the model is of. */
export const GENERIC_KEY_NAME = 'LLM_API_KEY';

const ALL_RUNGS: readonly Rung[] = ['json_schema', 'json_object', 'plain'];

const compatible = (
  name: string,
  baseUrl: string,
  keyName: string,
  more: Partial<Provider> = {},
): Provider => ({
  name,
  aliases: [],
  protocol: 'openai-compatible',
  baseUrl,
  keyNames: [keyName, GENERIC_KEY_NAME],
  local: false,
  rungs: ALL_RUNGS,
  ...more,
});

/** In the order in which `detectModel` looks for keys. */
export const PROVIDERS: readonly Provider[] = [
  {
    name: 'openai',
    aliases: [],
    protocol: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    keyNames: ['OPENAI_API_KEY', GENERIC_KEY_NAME],
    local: false,
    rungs: ALL_RUNGS,
    defaultModel: 'gpt-5.4-mini',
  },
  {
    name: 'anthropic',
    aliases: ['claude'],
    protocol: 'anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    keyNames: ['ANTHROPIC_API_KEY', GENERIC_KEY_NAME],
    local: false,
    // it has no JSON mode without a schema
    rungs: ['json_schema', 'plain'],
    defaultModel: 'claude-haiku-4-5',
  },
  {
    name: 'gemini',
    aliases: ['google'],
    protocol: 'google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    keyNames: [
      'GEMINI_API_KEY',
      'GOOGLE_API_KEY',
      'GOOGLE_GENERATIVE_AI_API_KEY',
      GENERIC_KEY_NAME,
    ],
    local: false,
    rungs: ALL_RUNGS,
    defaultModel: 'gemini-flash-latest',
  },
  compatible('openrouter', 'https://openrouter.ai/api/v1', 'OPENROUTER_API_KEY', {
    defaultModel: 'openrouter/auto',
  }),
  compatible('mistral', 'https://api.mistral.ai/v1', 'MISTRAL_API_KEY', {
    defaultModel: 'mistral-medium-latest',
  }),
  compatible('deepseek', 'https://api.deepseek.com/v1', 'DEEPSEEK_API_KEY', {
    rungs: ['json_object', 'plain'],
    defaultModel: 'deepseek-chat',
  }),
  compatible('groq', 'https://api.groq.com/openai/v1', 'GROQ_API_KEY', {
    defaultModel: 'openai/gpt-oss-120b',
  }),
  compatible('ollama', 'http://127.0.0.1:11434/v1', 'OLLAMA_API_KEY', {
    aliases: ['ollama_chat'],
    local: true,
  }),
  compatible('lmstudio', 'http://127.0.0.1:1234/v1', 'LMSTUDIO_API_KEY', {
    aliases: ['lm_studio', 'lm-studio'],
    local: true,
    // it refuses `json_object`
    rungs: ['json_schema', 'plain'],
  }),
];

/** Any other endpoint that speaks OpenAI's chat completions, at the caller's base URL. */
export const CUSTOM_PROVIDER: Provider = {
  name: 'openai-compatible',
  aliases: ['custom'],
  protocol: 'openai-compatible',
  keyNames: [GENERIC_KEY_NAME, 'OPENAI_API_KEY'],
  local: false,
  rungs: ALL_RUNGS,
};

/** The provider of that name or alias. */
export function findProvider(name: string): Provider | undefined {
  const wanted = name.toLowerCase();
  return [...PROVIDERS, CUSTOM_PROVIDER].find(
    (provider) => provider.name === wanted || provider.aliases.includes(wanted),
  );
}
