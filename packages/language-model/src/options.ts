import type { RetryEvent, Sleep } from './retry.ts';

export interface LanguageModelOptions {
  /** `provider/model`, see `parseModelName`. */
  readonly model: string;
  /**
   * Keys by the names of environment variables: `{ OPENAI_API_KEY: '...' }`, and what the addresses of
   * Azure and Bedrock are made of (`AZURE_RESOURCE_NAME`, `AWS_REGION`); others are ignored.
   */
  readonly keys: Readonly<Record<string, string | undefined>>;
  /** Address of the API in place of the provider's own. */
  readonly baseUrl?: string | undefined;
  /** Keep-alive is its business: one `fetch` for the whole process. */
  readonly fetch: typeof fetch;
  readonly sleep: Sleep;
  /** Milliseconds for one try, from the request to the last byte. Default 10 minutes. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds that a stream may stand still once it has begun. Default one minute. */
  readonly chunkTimeoutMs?: number | undefined;
  /** Further tries after a failure that may pass. Default 4. */
  readonly retries?: number | undefined;
  /** Requests under way at once. Default 5. */
  readonly concurrency?: number | undefined;
  /** Sent with every request; their values are taken for secrets. */
  readonly extraHeaders?: Readonly<Record<string, string>> | undefined;
  /** Spread of the answers, 0 to 2; absent, the provider's own. */
  readonly temperature?: number | undefined;
  /**
   * Leaves out what a request can do without (`temperature`, the limit of output, `stream_options`) where
   * it was refused for an unknown reason. What a refusal names is left out in any case.
   */
  readonly dropParameters?: boolean | undefined;
  /** Tokens that fit into a request with its answer, where they are known. */
  readonly contextTokens?: number | undefined;
  /** From 0 up to 1, spreads the waits. */
  readonly random?: () => number;
  /** Told once of each thing that was odd, for callers who do not look at the warnings of results. */
  readonly onWarning?: ((warning: string) => void) | undefined;
  /** Told before each wait. */
  readonly onRetry?: (event: RetryEvent) => void;
}
