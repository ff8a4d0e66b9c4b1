/**
 * The seam to the AI SDK: the only file that imports it, and only when the first request is made
 * (about 150 ms). What the SDK would do on its own is switched off here: its retries, its reading of
 * environment variables (key and base URL are always given), its warnings on standard output, its
 * parsing of objects (it throws on fenced JSON).
 */
import type {
  generateText as GenerateText,
  LanguageModel as SdkModel,
  ModelMessage,
  Output,
} from 'ai';

import type { JsonSchema, Message } from './model.ts';
import type { Provider } from './providers.ts';
import { isStrict } from './schema.ts';

export interface Endpoint {
  readonly provider: Provider;
  readonly model: string;
  readonly baseUrl: string;
  readonly key: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
}

/** What an endpoint refused and is spared from then on. */
export interface Quirks {
  cacheMarks: boolean;
  maxTokensName: 'max_tokens' | 'max_completion_tokens';
}

/** How the answer is asked for on the wire. */
export type Format = 'plain' | 'json_object' | { readonly schema: JsonSchema };

export interface SdkRequest {
  readonly messages: readonly Message[];
  readonly format: Format;
  readonly maxOutputTokens: number | undefined;
  readonly signal: AbortSignal;
}

export type SdkAnswer = Awaited<ReturnType<typeof GenerateText>>;

/** Sends one request, once. */
export type SendRequest = (request: SdkRequest) => Promise<SdkAnswer>;

/** Loads the SDK and binds it to an endpoint. */
export async function loadSdk(endpoint: Endpoint, quirks: Quirks): Promise<SendRequest> {
  const [{ generateText }, model] = await Promise.all([
    import('ai'),
    createModel(endpoint, quirks),
  ]);
  globalThis.AI_SDK_LOG_WARNINGS ??= false;
  return async ({ messages, format, maxOutputTokens, signal }) => {
    const completionTokens =
      isOpenAi(endpoint) && quirks.maxTokensName === 'max_completion_tokens'
        ? maxOutputTokens
        : undefined;
    const strictJsonSchema = typeof format === 'object' && isStrict(format.schema);
    const openAiOptions = {
      strictJsonSchema,
      ...(completionTokens === undefined ? {} : { maxCompletionTokens: completionTokens }),
    };
    return generateText({
      model,
      ...prompt(messages, quirks.cacheMarks),
      ...(maxOutputTokens === undefined || completionTokens !== undefined
        ? {}
        : { maxOutputTokens }),
      ...(format === 'plain' ? {} : { output: unparsed(format) }),
      maxRetries: 0,
      abortSignal: signal,
      providerOptions: { openai: openAiOptions, openaiCompatible: { strictJsonSchema } },
    }) as Promise<SdkAnswer>;
  };
}

function isOpenAi({ provider, baseUrl }: Endpoint): boolean {
  return provider.protocol === 'openai' && baseUrl === provider.baseUrl;
}

async function createModel(endpoint: Endpoint, quirks: Quirks): Promise<SdkModel> {
  const { provider, model, baseUrl: baseURL, key, headers } = endpoint;
  // an absent key would make the SDK look into the environment
  const common = { baseURL, apiKey: key ?? '', headers: { ...headers }, fetch: endpoint.fetch };
  if (provider.protocol === 'anthropic') {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    return createAnthropic(common)(model);
  }
  if (provider.protocol === 'google') {
    const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
    return createGoogleGenerativeAI(common)(model);
  }
  if (isOpenAi(endpoint)) {
    const { createOpenAI } = await import('@ai-sdk/openai');
    return createOpenAI(common).chat(model);
  }
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  return createOpenAICompatible({
    ...common,
    name: 'openaiCompatible',
    // else it drops the schema
    supportsStructuredOutputs: true,
    transformRequestBody: (body) => renameMaxTokens(body, quirks),
  })(model);
}

function renameMaxTokens(body: Record<string, unknown>, quirks: Quirks): Record<string, unknown> {
  const { max_tokens: limit, ...rest } = body;
  return limit === undefined ? rest : { ...rest, [quirks.maxTokensName]: limit };
}

/** Asks for JSON and leaves the text as it came. */
function unparsed(format: Exclude<Format, 'plain'>): Output.Output<string, never, never> {
  const schema = typeof format === 'object' ? { schema: format.schema } : {};
  return {
    name: 'unparsed',
    responseFormat: Promise.resolve({ type: 'json', ...schema }),
    parseCompleteOutput: async ({ text }) => text,
    parsePartialOutput: async () => undefined,
    createElementStreamTransform: () => undefined,
  };
}

function prompt(
  messages: readonly Message[],
  cacheMarks: boolean,
): {
  system: Extract<ModelMessage, { role: 'system' }>[];
  messages: ModelMessage[];
} {
  const marked = messages.map(({ role, content, cache }) => ({
    role,
    content,
    ...(cache && cacheMarks
      ? { providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } } }
      : {}),
  }));
  return {
    system: marked.filter((message) => message.role === 'system') as never,
    messages: marked.filter((message) => message.role !== 'system'),
  };
}
