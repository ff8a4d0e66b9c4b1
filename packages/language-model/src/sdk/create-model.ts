/** An endpoint -> the SDK's client for its protocol, imported when it is asked for. */
import type { LanguageModel as SdkModel } from 'ai';

import { honoursCacheMarks } from '../providers.ts';
import type { Endpoint } from './types.ts';

export async function createModel(endpoint: Endpoint): Promise<SdkModel> {
  const { provider, model, baseUrl: baseURL, key, headers } = endpoint;
  // an absent key would make the SDK look into the environment
  const common = { baseURL, apiKey: key ?? '', headers: { ...headers }, fetch: endpoint.fetch };
  if (provider.protocol === 'anthropic') {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    const { apiKey: authToken, ...rest } = common;
    return createAnthropic(provider.bearer ? { ...rest, authToken } : common)(model);
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
    includeUsage: true,
    // else it drops the schema
    supportsStructuredOutputs: true,
    transformRequestBody: (body) =>
      honoursCacheMarks(provider, model) ? withMarkedParts(body) : body,
  })(model);
}

/** Speaks OpenAI's own dialect; another endpoint at a base URL may only resemble it. */
function isOpenAi({ provider, baseUrl }: Endpoint): boolean {
  const isOwn = baseUrl === provider.baseUrl || provider.name === 'azure';
  return provider.protocol === 'openai' && isOwn;
}

/** OpenRouter reads marks on texts among the parts of a message, the SDK puts them on the message. */
function withMarkedParts(body: Record<string, unknown>): Record<string, unknown> {
  const messages = body['messages'] as readonly Record<string, unknown>[];
  return {
    ...body,
    messages: messages.map(withMarkedPart),
  };
}

function withMarkedPart(message: Record<string, unknown>): Record<string, unknown> {
  const { cache_control: mark, ...rest } = message;
  const { content } = rest;
  if (mark === undefined) return rest;
  if (typeof content === 'string')
    return { ...rest, content: [{ type: 'text', text: content, cache_control: mark }] };
  const parts = content as readonly Record<string, unknown>[];
  const last = parts.findLastIndex(({ type }) => type === 'text');
  return { ...rest, content: parts.map((part, at) => (at === last ? withMark(part, mark) : part)) };
}

function withMark(part: Record<string, unknown>, mark: unknown): Record<string, unknown> {
  return { ...part, cache_control: mark };
}
