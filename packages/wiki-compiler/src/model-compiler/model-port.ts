/** The part of a language model that the compiler needs. Structural: any client of this shape will do. */

export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
  /** The prefix up to the end of this message is shared by requests that follow. At most four in a request. */
  readonly cache?: boolean;
}

export interface ModelRequest {
  readonly messages: readonly ModelMessage[];
  /** JSON Schema of the object that is asked for. */
  readonly schema?: Readonly<Record<string, unknown>> | undefined;
  readonly maxOutputTokens?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of each answer as it comes, also of those that the port does not accept. */
  readonly onUsage?: ((usage: Partial<TokenUsage>) => void) | undefined;
}

export interface ModelReply {
  readonly text?: string | undefined;
  readonly object?: unknown;
  /** Counted only where the port does not call `onUsage`. */
  readonly usage?: Partial<TokenUsage> | undefined;
  /** `length`: cut off at a token limit. */
  readonly finishReason: string;
}

/** Tokens as providers count them; what a provider does not report counts as 0. */
export interface TokenUsage {
  readonly requests: number;
  /** Answers that came out of a cache of replies: no request, no tokens. */
  readonly replayed: number;
  /** Requests whose provider reported nothing. */
  readonly unreported: number;
  readonly inputTokens: number;
  /** Part of `inputTokens` that the provider read from its cache. */
  readonly cachedInputTokens: number;
  /** Part of `inputTokens` that the provider wrote to its cache. */
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
}

/**
 * Rejects with an error that has a string `code` where no answer came back. The codes `key-missing`,
 * `key-refused`, `unknown-provider`, `unknown-model`, `bad-setting` and `quota` end the compilation and are
 * passed on; `context-too-long` leads to the section tree; `bad-answer` is asked again; any other fails the
 * page that was asked for. An error without a code is passed on.
 */
export interface CompilerModel {
  /** `provider/model`; written into pages as `compiled_by`. */
  readonly name: string;
  generate(request: ModelRequest): Promise<ModelReply>;
  /** Forgets the answer to a request, where answers are kept: it was not accepted, and must not come again. */
  reject?(request: Pick<ModelRequest, 'messages' | 'schema'>): Promise<void>;
  /** Tokens that fit into a request with its answer, as far as that is known. */
  contextTokens?(): number | undefined;
}
