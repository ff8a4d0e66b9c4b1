import type { LanguageModelOptions } from '../options.ts';
import { checkInteger, unquoted } from './check.ts';
import { resolveCredentials } from './credentials.ts';
import { resolveEndpoint } from './endpoint.ts';
import { readLitellm } from './litellm.ts';
import { findAll } from './sources.ts';
import type { Origin, SettingSources } from './sources.ts';

export interface ModelSettings {
  /** For `createLanguageModel`, together with `fetch` and `sleep`. */
  readonly options: Omit<LanguageModelOptions, 'fetch' | 'sleep' | 'random' | 'onRetry'>;
  /** Where the choice comes from; `key` is absent where there is none. */
  readonly origins: {
    readonly model: Origin;
    readonly baseUrl: Origin;
    readonly key?: Origin;
  };
  /** Where requests go, without a login: `https://api.openai.com`. */
  readonly host: string;
  /** The address is the choice of the knowledge base alone: tell the user before documents go there. */
  readonly foreign: boolean;
  /** What was held back and why, one sentence each, without any value. */
  readonly messages: readonly string[];
}

const MODEL = { flag: 'model', variables: ['OPENKB_MODEL'], settings: ['model'] } as const;

/**
 * Puts the settings of a model together: flags, then environment, then knowledge base, then the user's
 * file; keys of the knowledge base first. `undefined` where no model is set, or `extractive`.
 *
 * No key and no header of the user's goes to an address that the knowledge base alone sets; the rules are in
 * `credentials.ts`. Throws `bad-setting`, `unknown-provider` and `unknown-model`; a key that is missing is
 * left to `createLanguageModel`.
 */
export function resolveModelSettings(sources: SettingSources): ModelSettings | undefined {
  const [model] = findAll(sources, MODEL);
  if (model === undefined || model.value === 'extractive') return undefined;
  const flattened = {
    ...sources,
    knowledgeBase: flat(sources.knowledgeBase),
    user: flat(sources.user),
  };
  const endpoint = resolveEndpoint(flattened, model.value);
  const theirs = readLitellm(sources.knowledgeBase?.settings?.['litellm']);
  const own = readLitellm(sources.user?.settings?.['litellm']);
  const credentials = resolveCredentials(sources, endpoint, { knowledgeBase: theirs, user: own });
  const { extraHeaders: _theirs, ...rest } = { ...own, ...theirs };
  const { key, headers, messages } = credentials;
  return {
    options: {
      model: model.value,
      ...(endpoint.baseUrl === undefined ? {} : { baseUrl: endpoint.baseUrl }),
      keys: { ...endpoint.values, ...(key === undefined ? {} : { [key.name]: key.value }) },
      ...rest,
      ...whole(sources, 'concurrency', 1000),
      ...whole(sources, 'context_tokens', 1e9),
      ...(Object.keys(headers).length === 0 ? {} : { extraHeaders: headers }),
    },
    origins: {
      model: model.origin,
      baseUrl: endpoint.origin,
      ...(key === undefined ? {} : { key: key.origin }),
    },
    host: new URL(endpoint.address).origin,
    foreign: endpoint.foreign,
    messages,
  };
}

/** LiteLLM's block may hold the address too. */
function flat(layer: SettingSources['user']): SettingSources['user'] {
  const settings = layer?.settings;
  const block = settings?.['litellm'] as Readonly<Record<string, unknown>> | null | undefined;
  const address = settings?.['base_url'] ?? block?.['base_url'] ?? block?.['api_base'];
  return { ...layer, settings: { ...settings, base_url: address } };
}

const OPTIONS = { concurrency: 'concurrency', context_tokens: 'contextTokens' } as const;

/** A whole number of the settings; the knowledge base's goes first. */
function whole(
  { knowledgeBase, user }: SettingSources,
  name: keyof typeof OPTIONS,
  to: number,
): { readonly concurrency?: number; readonly contextTokens?: number } {
  const value = unquoted(knowledgeBase?.settings?.[name] ?? user?.settings?.[name]);
  if (value === undefined || value === null) return {};
  return { [OPTIONS[name]]: checkInteger(name, value, { from: 1, to }) };
}
