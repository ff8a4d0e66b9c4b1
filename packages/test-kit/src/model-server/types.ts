/** The double's words: what a test scripts and what it finds in the log. */

/** Tokens that the reply claims; where absent they are counted from the texts, 4 characters each. */
export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens?: number;
}

/** An answer of the model. `object` is sent as JSON text; `text` wins where both are given. */
export interface ModelAnswer {
  readonly text?: string;
  readonly object?: unknown;
  /** Reasoning that is sent beside the text, or alone where there is no text. */
  readonly thinking?: string;
  /** `length`: cut off at the token limit; `refused`: stopped by the provider's content filter. */
  readonly finish?: 'stop' | 'length' | 'refused';
  readonly usage?: ModelUsage;
  /** Milliseconds before the first byte. */
  readonly delayMs?: number;
}

/** A failure on the wire. */
export type ModelFault =
  /** An error status in the dialect's error form, or with `body` as it stands. */
  | {
      readonly fault: 'status';
      readonly status: number;
      readonly message?: string;
      readonly code?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** The connection is reset: at once, or after this many bytes of a right answer. */
  | { readonly fault: 'reset'; readonly afterBytes?: number }
  /** A right answer that trickles: `chunkBytes` bytes every `everyMs` milliseconds. */
  | {
      readonly fault: 'slow';
      readonly chunkBytes: number;
      readonly everyMs: number;
      readonly answer?: ModelAnswer;
    }
  /** Status 200 and the first half of a right answer, as if that were all. */
  | { readonly fault: 'cut-off'; readonly answer?: ModelAnswer }
  /** Status 200 and a body that is not of the API's form. */
  | { readonly fault: 'wrong-shape'; readonly body?: string }
  /** The request is read and never answered. */
  | { readonly fault: 'silent' };

/** One scripted reply; a string is an answer with that text. */
export type ModelReply = string | ModelAnswer | ModelFault;

/** A request as the server understood it. */
export interface ModelRequest {
  readonly dialect: 'openai' | 'anthropic' | 'google';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly model: string;
  /** Roles are `system`, `user` and `assistant` in every dialect. */
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly format: 'plain' | 'json_object' | 'json_schema';
  /** The schema of `json_schema`. */
  readonly schema?: unknown;
}

/** A whole HTTP answer. */
export interface WireAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A refusal in no dialect yet. */
export interface WireError {
  readonly status: number;
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
}

/** One wire format. */
export interface Dialect {
  readonly name: ModelRequest['dialect'];
  /** The key that the request carries. */
  key(headers: Readonly<Record<string, string>>): string | undefined;
  /** Reads a request; what the real endpoint would refuse comes back as an error. */
  read(
    body: Readonly<Record<string, unknown>>,
    path: string,
  ): Omit<ModelRequest, 'dialect' | 'path' | 'headers' | 'body'> | { readonly error: WireError };
  /** The successful answer's body. */
  answer(request: ModelRequest, answer: ModelAnswer, text: string, usage: ModelUsage): unknown;
  /** The error's body. */
  error(error: WireError): unknown;
}
