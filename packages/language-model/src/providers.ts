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
  /**
   * Address of the API; absent, the caller has to give one. `{A|B}` stands for the value of the first of
   * these names that is set (`AZURE_RESOURCE_NAME`).
   */
  readonly baseUrl?: string;
  /** What an address without any path lacks, as users copy it: `/v1`. */
  readonly basePath?: string;
  /** Environment variables by which its users set another address, first found wins. */
  readonly baseUrlNames: readonly string[];
  /** The key goes into `Authorization` where the protocol has a header of its own. */
  readonly bearer?: boolean;
  /** Names of the environment variables that hold its key, first found wins. */
  readonly keyNames: readonly string[];
  /** Hosts models of others, so that its keys may look like theirs. */
  readonly issuesOtherKeys?: boolean;
  /** Its API knows no images; others refuse them model by model, and say so. */
  readonly textOnly?: boolean;
  /** Runs on the user's machine and needs no key. */
  readonly local: boolean;
  /** Rungs that the provider documents; an endpoint may still refuse one. */
  readonly rungs: readonly Rung[];
  /** What `detectModel` proposes: mid-priced, and in the provider's own list of November 2026. */
  readonly defaultModel?: string;
  /** How models whose name starts so differ from the provider's others. */
  readonly variants?: readonly (Partial<Provider> & { readonly start: RegExp })[];
}

/** The key that serves whatever provider the model is of. */
export const GENERIC_KEY_NAME = 'LLM_API_KEY';

const ALL_RUNGS: readonly Rung[] = ['json_schema', 'json_object', 'plain'];

const compatible = (name: string, baseUrl: string, more: Partial<Provider> = {}): Provider => ({
  name,
  aliases: [],
  protocol: 'openai-compatible',
  baseUrl,
  baseUrlNames: [`${name.toUpperCase()}_API_BASE`],
  keyNames: [`${name.toUpperCase()}_API_KEY`, GENERIC_KEY_NAME],
  local: false,
  rungs: ALL_RUNGS,
  ...more,
});

const REGION = '{AWS_REGION|AWS_DEFAULT_REGION|AWS_REGION_NAME}';

/** In the order in which `detectModel` looks for keys. */
export const PROVIDERS: readonly Provider[] = [
  {
    name: 'openai',
    aliases: [],
    protocol: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    basePath: '/v1',
    baseUrlNames: ['OPENAI_BASE_URL', 'OPENAI_API_BASE'],
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
    basePath: '/v1',
    baseUrlNames: ['ANTHROPIC_BASE_URL', 'ANTHROPIC_API_BASE'],
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
    basePath: '/v1beta',
    baseUrlNames: ['GOOGLE_GEMINI_BASE_URL', 'GEMINI_API_BASE'],
    keyNames: [
      'GEMINI_API_KEY',
      'GOOGLE_API_KEY',
      'GOOGLE_GENERATIVE_AI_API_KEY',
      GENERIC_KEY_NAME,
    ],
    local: false,
    rungs: ALL_RUNGS,
    defaultModel: 'gemini-3.8-flash',
  },
  compatible('openrouter', 'https://openrouter.ai/api/v1', { defaultModel: 'openrouter/auto' }),
  compatible('mistral', 'https://api.mistral.ai/v1', { defaultModel: 'mistral-medium-latest' }),
  compatible('deepseek', 'https://api.deepseek.com/v1', {
    rungs: ['json_object', 'plain'],
    textOnly: true,
    defaultModel: 'deepseek-flash',
  }),
  compatible('groq', 'https://api.groq.com/openai/v1', { defaultModel: 'openai/gpt-oss-120b' }),
  {
    // its v1 API takes the requests of OpenAI's; a model is the name of a deployment
    name: 'azure',
    aliases: [],
    protocol: 'openai',
    baseUrl: 'https://{AZURE_RESOURCE_NAME}.openai.azure.com/openai/v1',
    basePath: '/openai/v1',
    baseUrlNames: ['AZURE_OPENAI_ENDPOINT', 'AZURE_API_BASE'],
    keyNames: ['AZURE_OPENAI_API_KEY', 'AZURE_API_KEY', GENERIC_KEY_NAME],
    issuesOtherKeys: true,
    local: false,
    rungs: ALL_RUNGS,
  },
  compatible('bedrock', `https://bedrock-runtime.${REGION}.amazonaws.com/openai/v1`, {
    // API keys of Bedrock; credentials that sign requests are not understood
    keyNames: ['AWS_BEARER_TOKEN_BEDROCK', 'BEDROCK_API_KEY', GENERIC_KEY_NAME],
    basePath: '/openai/v1',
    variants: [
      {
        start: /^anthropic\./u,
        protocol: 'anthropic',
        baseUrl: `https://bedrock-mantle.${REGION}.api.aws/anthropic/v1`,
        basePath: '/anthropic/v1',
        bearer: true,
        rungs: ['json_schema', 'plain'],
      },
    ],
  }),
  compatible('ollama', 'http://127.0.0.1:11434/v1', {
    aliases: ['ollama_chat'],
    basePath: '/v1',
    local: true,
  }),
  compatible('lmstudio', 'http://127.0.0.1:1234/v1', {
    aliases: ['lm_studio', 'lm-studio'],
    basePath: '/v1',
    baseUrlNames: ['LM_STUDIO_API_BASE'],
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
  baseUrlNames: ['OPENAI_BASE_URL', 'OPENAI_API_BASE'],
  keyNames: [GENERIC_KEY_NAME, 'OPENAI_API_KEY'],
  issuesOtherKeys: true,
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

/** The provider as it is for one of its models. */
export function variantFor(provider: Provider, model: string): Provider {
  const variant = provider.variants?.find(({ start }) => start.test(model));
  return variant ? { ...provider, ...variant } : provider;
}

/** Whether a prefix marked by the caller is billed lower; others would ignore or refuse the mark. */
export function honoursCacheMarks(provider: Provider, model: string): boolean {
  const throughRouter = provider.name === 'openrouter' && model.startsWith('anthropic/');
  return provider.protocol === 'anthropic' || throughRouter;
}
