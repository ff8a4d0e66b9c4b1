import type { LanguageModel } from '@openkb/language-model';

/** A model that is not asked: for estimates, and for work that a compiler does without one. */
export async function silentModel(name: string, contextTokens?: number): Promise<LanguageModel> {
  const { estimateTokens, NO_USAGE } = await import('@openkb/language-model');
  const refuse = () => Promise.reject(new Error(`"${name}" is not asked`));
  return {
    name,
    generate: refuse,
    stream: refuse,
    usage: () => NO_USAGE,
    estimateTokens,
    contextTokens: () => contextTokens,
  };
}
