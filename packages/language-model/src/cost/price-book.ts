import { LanguageModelError } from '../error.ts';
import { resolveModelName } from '../model-name.ts';
import type { Usage } from '../model.ts';

/** List prices of models, as far as they are known. */
export interface PriceBook {
  /**
   * US dollars of one answer, cached input at its own price; `undefined` where the model's price is not
   * known. Prices go by the size of a request, so that sums are to be made of dollars, not of tokens. A
   * model on the user's own machine costs nothing.
   */
  readonly costOf: (model: string, usage: PricedUsage) => number | undefined;
  /** Tokens that fit into the model's context. */
  readonly contextTokens: (model: string) => number | undefined;
}

export type PricedUsage = Pick<Usage, 'inputTokens' | 'outputTokens'> &
  Partial<Pick<Usage, 'cachedInputTokens' | 'cacheWriteTokens'>>;

/** Our providers by the names that the price data has for them. */
const PROVIDER_IDS: Readonly<Record<string, string>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  gemini: 'google',
  openrouter: 'openrouter',
  mistral: 'mistral',
  deepseek: 'deepseek',
  groq: 'groq',
  azure: 'azure',
  bedrock: 'aws',
};

/**
 * Loads the price data of `@pydantic/genai-prices` that is installed; nothing is fetched.
 *
 * @param at the day whose prices are meant, as some change on a day that is announced
 */
export async function loadPriceBook({ at }: { readonly at: Date }): Promise<PriceBook> {
  const { calcPrice } = await import('@pydantic/genai-prices');
  const lookUp = (name: string, usage: PricedUsage): ReturnType<typeof calcPrice> => {
    const known = resolve(name);
    const providerId = PROVIDER_IDS[known?.provider.name ?? ''];
    if (!known || providerId === undefined) return null;
    return calcPrice(pricedUsage(usage), known.model, { providerId, timestamp: at });
  };
  return {
    costOf(model, usage) {
      if (resolve(model)?.provider.local) return 0;
      return lookUp(model, usage)?.total_price;
    },
    contextTokens: (model) => lookUp(model, NOTHING)?.model.context_window,
  };
}

/** A name that is nobody's has no price, and is no error here. */
function resolve(name: string): ReturnType<typeof resolveModelName> | undefined {
  try {
    return resolveModelName(name, undefined);
  } catch (error) {
    if (error instanceof LanguageModelError) return undefined;
    throw error;
  }
}

const NOTHING: PricedUsage = { inputTokens: 0, outputTokens: 0 };

/** Cached tokens are parts of the input: providers that count them beside it are set right. */
function pricedUsage(usage: PricedUsage): Record<string, number> {
  const { inputTokens, outputTokens, cachedInputTokens = 0, cacheWriteTokens = 0 } = usage;
  return {
    input_tokens: Math.max(inputTokens, cachedInputTokens + cacheWriteTokens),
    output_tokens: outputTokens,
    cache_read_tokens: cachedInputTokens,
    cache_write_tokens: cacheWriteTokens,
  };
}
