import type { LanguageModelErrorCode } from './error.ts';
import type { Provider } from './providers.ts';

type Hint = (provider: Provider) => string;

const HINTS: Partial<Record<LanguageModelErrorCode, Hint>> = {
  'key-missing': ({ keyNames }) => `Set ${keyNames.join(' or ')}, or choose another "model".`,
  'key-refused': ({ keyNames }) => `Check the value of ${keyNames.join(' or ')}.`,
  quota: () => 'Add credit to the account of the key, or choose another "model".',
  'rate-limited': () => 'Try again later, or lower "concurrency".',
  unreachable: ({ local, name }) =>
    local
      ? `Start ${name}, or set "base_url" to where it listens.`
      : 'Check the network, the proxy settings and "base_url", or try again later.',
  'unknown-model': () =>
    'Check the name in "model", and that "base_url" is the address of the API.',
  'context-too-long': () => 'Choose a "model" with a larger context.',
  timeout: () => 'Raise "timeout", or choose a faster "model".',
  'bad-answer': () => 'Try again, or choose a more capable "model".',
};

/** What to do about an error of that code, naming the setting to change. */
export function hintFor(code: LanguageModelErrorCode, provider: Provider): string | undefined {
  return HINTS[code]?.(provider);
}
