/** What the requests of one model share. */
import type { Subject } from './explain.ts';
import { resolveModelName } from './model-name.ts';
import type { LanguageModelOptions } from './options.ts';
import { redactor } from './redact.ts';
import { loadSdk } from './sdk.ts';
import type { Quirks, SendRequest } from './sdk.ts';
import { checkInteger, resolveBaseUrl, resolveKey } from './settings.ts';

export interface Session {
  readonly options: LanguageModelOptions;
  readonly subject: Subject;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly quirks: Quirks;
  /** Loads the SDK at the first call. */
  readonly send: () => Promise<SendRequest>;
}

/** Checks the options and resolves provider, address and key. No request, no loading. */
export function openSession(options: LanguageModelOptions): Session {
  const { provider, model } = resolveModelName(options.model, options.baseUrl);
  const baseUrl = resolveBaseUrl(provider, options.baseUrl);
  const key = resolveKey(provider, options.keys, options.baseUrl);
  const headers = options.extraHeaders ?? {};
  const { username, password } = new URL(baseUrl);
  const redact = redactor([key, username, password, ...Object.values(headers)]);
  const quirks: Quirks = { cacheMarks: true, maxTokensName: 'max_tokens' };
  let sdk: Promise<SendRequest> | undefined;
  return {
    options,
    subject: { name: `${provider.name}/${model}`, provider, baseUrl, redact },
    timeoutMs: checkInteger('timeout', options.timeoutMs ?? 600_000, { from: 1, to: 2 ** 31 - 1 }),
    retries: checkInteger('retries', options.retries ?? 4, { from: 0, to: 20 }),
    quirks,
    send: () =>
      (sdk ??= loadSdk({ provider, model, baseUrl, key, headers, fetch: options.fetch }, quirks)),
  };
}
