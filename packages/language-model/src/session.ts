import { LanguageModelError } from './error.ts';
/** What the requests of one model share. */
import { createEstimator } from './estimator.ts';
import type { Estimator } from './estimator.ts';
import type { Subject } from './explain.ts';
import { newImageQuirks } from './images/image-gate.ts';
import type { ImageGate } from './images/image-gate.ts';
import { resolveModelName } from './model-name.ts';
import type { LanguageModelOptions } from './options.ts';
import { honoursCacheMarks } from './providers.ts';
import { redactor } from './redact.ts';
import { loadSdk } from './sdk/sdk.ts';
import type { Quirks, Sdk } from './sdk/types.ts';
import { checkInteger, checkNumber, resolveBaseUrl, resolveKey } from './settings/check.ts';
import { checkHeader } from './settings/litellm.ts';
import { guardedFetch } from './wire/guarded-fetch.ts';
import { newQuirks } from './wire/quirks.ts';

export interface Session {
  readonly options: LanguageModelOptions;
  readonly subject: Subject;
  readonly timeoutMs: number;
  readonly chunkTimeoutMs: number;
  readonly retries: number;
  readonly quirks: Quirks;
  readonly images: ImageGate;
  readonly estimator: Estimator;
  /** Tokens of the model's context, as far as they are known. */
  readonly contextTokens: () => number | undefined;
  /** Learns what an error tells of the model, and gives it back. */
  readonly noted: (error: unknown) => unknown;
  /** Loads the SDK at the first call. */
  readonly sdk: () => Promise<Sdk>;
}

/** A day: longer timers than this have no use, and Node fires those above 2^31 at once. */
const LONGEST_MS = 86_400_000;

/** Checks the options and resolves provider, address and key. No request, no loading. */
export function openSession(options: LanguageModelOptions): Session {
  const { provider, model } = resolveModelName(options.model, options.baseUrl);
  const baseUrl = resolveBaseUrl(provider, options.baseUrl, options.keys);
  const key = resolveKey(provider, options.keys, options.baseUrl);
  const headers = options.extraHeaders ?? {};
  for (const [name, value] of Object.entries(headers)) checkHeader(name, value);
  const { username, password } = new URL(baseUrl);
  const redact = redactor([key, username, password, ...Object.values(headers)]);
  const subject = { name: `${provider.name}/${model}`, provider, baseUrl, redact };
  const quirks = newQuirks(honoursCacheMarks(provider, model), newImageQuirks(provider));
  const { temperature } = options;
  if (temperature !== undefined) checkNumber('temperature', temperature, { from: 0, to: 2 });
  let contextTokens = options.contextTokens;
  if (contextTokens !== undefined) {
    checkInteger('context_tokens', contextTokens, { from: 256, to: 1e9 });
  }
  let sdk: Promise<Sdk> | undefined;
  const load = (): Promise<Sdk> => {
    const fetch = guardedFetch(options.fetch, subject, quirks);
    return loadSdk({ provider, model, baseUrl, key, headers, temperature, fetch }, quirks);
  };
  const milliseconds = { from: 1, to: LONGEST_MS };
  return {
    options,
    subject,
    timeoutMs: checkInteger('timeout', options.timeoutMs ?? 600_000, milliseconds),
    chunkTimeoutMs: checkInteger('chunk timeout', options.chunkTimeoutMs ?? 60_000, milliseconds),
    retries: checkInteger('num_retries', options.retries ?? 4, { from: 0, to: 20 }),
    quirks,
    images: { quirks: quirks.images, provider },
    estimator: createEstimator(),
    contextTokens: () => contextTokens,
    noted(error) {
      const told = error instanceof LanguageModelError ? error.contextTokens : undefined;
      if (told !== undefined) contextTokens = Math.min(told, contextTokens ?? told);
      return error;
    },
    sdk: () => (sdk ??= load()),
  };
}
