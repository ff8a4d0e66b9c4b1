import { LanguageModelError } from './error.ts';
import { CUSTOM_PROVIDER, findProvider, PROVIDERS, variantFor } from './providers.ts';
import type { Provider } from './providers.ts';

/** Names that say who makes the model. */
const MAKERS = [
  { start: 'claude-', maker: 'anthropic' },
  { start: 'gemini-', maker: 'gemini' },
];

/** A name may become a part of an address, and must not lead to another place there. */
const PATH_TRICKS = /(?:^|\/)\.{1,2}(?:\/|$)|[?#\\]|\p{Cc}/u;

export interface ModelName {
  /** `openai`, `anthropic`, `gemini`, ..., or `openai-compatible` for a base URL of one's own. */
  readonly provider: string;
  /** The name that the provider knows. */
  readonly model: string;
}

/**
 * Reads `provider/model`. Without a known prefix: `claude-...` and `gemini-...` go to their makers;
 * with `baseUrl` the whole name belongs to that endpoint (`meta-llama/Llama-3.1-8B`); a name without
 * any slash is OpenAI's.
 *
 * Throws `unknown-provider` and `unknown-model`; the latter also for `extractive`, which is no model.
 */
export function parseModelName(
  name: string,
  options: { baseUrl?: string | undefined } = {},
): ModelName {
  const { provider, model } = resolveModelName(name, options.baseUrl);
  return { provider: provider.name, model };
}

/** As `parseModelName`, with the provider's entry. */
export function resolveModelName(
  name: string,
  baseUrl: string | undefined,
): { readonly provider: Provider; readonly model: string } {
  const trimmed = name.trim();
  if (trimmed === 'extractive') {
    throw new LanguageModelError(
      'unknown-model',
      '"extractive" is the embedded compiler, which works without a language model.',
      { hint: 'Set "model" to provider/model where a language model is needed.' },
    );
  }
  const slash = trimmed.indexOf('/');
  const prefixed = slash > 0 ? findProvider(trimmed.slice(0, slash)) : undefined;
  const provider = prefixed ?? providerWithoutPrefix(trimmed, slash, baseUrl);
  const model = prefixed ? trimmed.slice(slash + 1) : trimmed;
  if (model === '') {
    throw new LanguageModelError('unknown-model', `"${name}" names no model.`, {
      hint: 'Set "model" to provider/model, for example openai/gpt-5.4-mini.',
    });
  }
  if (PATH_TRICKS.test(model)) {
    throw new LanguageModelError('unknown-model', `"${name}" is not the name of a model.`, {
      hint: 'Set "model" to provider/model, for example openai/gpt-5.4-mini.',
    });
  }
  return { provider: variantFor(provider, model), model };
}

function providerWithoutPrefix(name: string, slash: number, baseUrl: string | undefined): Provider {
  if (baseUrl !== undefined) return CUSTOM_PROVIDER;
  if (slash >= 0) {
    const known = PROVIDERS.map((provider) => provider.name).join(', ');
    throw new LanguageModelError(
      'unknown-provider',
      `"${name.slice(0, slash)}" in "${name}" is not a known provider.`,
      { hint: `Use one of ${known}, or set "base_url" to an OpenAI-compatible endpoint.` },
    );
  }
  const maker = MAKERS.find(({ start }) => name.startsWith(start))?.maker ?? 'openai';
  return findProvider(maker) ?? CUSTOM_PROVIDER;
}
