import type { TokenUsage } from './model-port.ts';

export const NO_USAGE: TokenUsage = {
  requests: 0,
  replayed: 0,
  unreported: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
};

/** The sum; what is absent or no number counts as 0. */
export function addUsage(sum: TokenUsage, more: Partial<TokenUsage> = {}): TokenUsage {
  const add = (key: keyof TokenUsage): number => {
    const value = more[key];
    return sum[key] + (typeof value === 'number' && Number.isFinite(value) ? value : 0);
  };
  return {
    requests: add('requests'),
    replayed: add('replayed'),
    unreported: add('unreported'),
    inputTokens: add('inputTokens'),
    cachedInputTokens: add('cachedInputTokens'),
    cacheWriteTokens: add('cacheWriteTokens'),
    outputTokens: add('outputTokens'),
    reasoningTokens: add('reasoningTokens'),
  };
}
