/**
 * - `key-missing`, `key-refused`: no key for the provider; the provider does not take it.
 * - `unknown-provider`, `unknown-model`: the model's name has a prefix, or a rest, that nobody knows.
 * - `bad-setting`: an option is not of its type or range.
 * - `unreachable`: no connection, or the provider fails (5xx) after all retries.
 * - `rate-limited`: too many requests, after all retries or with a wait that is too long.
 * - `quota`: the account has no credit left; waiting does not help.
 * - `context-too-long`: the messages do not fit into the model's context.
 * - `request-refused`: any other refusal of the request.
 * - `bad-answer`: empty, only reasoning, filtered, or not of the form that was asked for.
 * - `timeout`: no whole answer within `timeoutMs`, or a stream that stands still for `chunkTimeoutMs`.
 * - `aborted`: the caller's signal.
 */
export type LanguageModelErrorCode =
  | 'key-missing'
  | 'key-refused'
  | 'unknown-provider'
  | 'unknown-model'
  | 'bad-setting'
  | 'unreachable'
  | 'rate-limited'
  | 'quota'
  | 'context-too-long'
  | 'request-refused'
  | 'bad-answer'
  | 'timeout'
  | 'aborted';

export interface LanguageModelErrorDetails {
  /** What the reader can do about it, naming the setting to change. */
  readonly hint?: string | undefined;
  /** HTTP status. */
  readonly status?: number | undefined;
  /** Whether the same request may succeed a moment later. */
  readonly retryable?: boolean;
  /** Milliseconds that the provider asks to wait. */
  readonly retryAfterMs?: number | undefined;
  /** Tokens that fit into the model's context, where a refusal says it. */
  readonly contextTokens?: number | undefined;
  readonly cause?: unknown;
}

/** The package's only error. Neither it nor its `cause` holds a key or a whole request. */
export class LanguageModelError extends Error {
  override readonly name = 'LanguageModelError';
  readonly code: LanguageModelErrorCode;
  readonly hint: string | undefined;
  readonly status: number | undefined;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly contextTokens: number | undefined;

  constructor(
    code: LanguageModelErrorCode,
    message: string,
    details: LanguageModelErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.status = details.status;
    this.retryable = details.retryable ?? false;
    this.retryAfterMs = details.retryAfterMs;
    this.contextTokens = details.contextTokens;
  }
}
