/** The double's words: what a test scripts and what it finds in the log. */

/** Tokens that the reply claims; where absent they are counted from the texts, 4 characters each. */
export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens?: number;
  /** Written to the cache; Anthropic alone reports it. */
  readonly cacheWriteTokens?: number;
}

/** A tool that the model wants called. */
export interface ModelToolCall {
  readonly name: string;
  readonly input: unknown;
  /** Sent in place of `input`, as it stands: arguments that are no JSON. */
  readonly rawInput?: string;
}

/** An answer of the model. `object` is sent as JSON text; `text` wins where both are given. */
export interface ModelAnswer {
  readonly text?: string;
  readonly object?: unknown;
  /** Reasoning that is sent beside the text, or alone where there is no text. */
  readonly thinking?: string;
  /** Calls that follow the text. */
  readonly toolCalls?: readonly ModelToolCall[];
  /** `length`: cut off at the token limit; `refused`: stopped by the provider's content filter. */
  readonly finish?: 'stop' | 'length' | 'refused';
  readonly usage?: ModelUsage;
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
  /** The right answer begins, and after this many bytes (half of it) the connection stays silent. */
  | { readonly fault: 'stalled'; readonly afterBytes?: number; readonly answer?: ModelAnswer }
  /** The right answer begins and is followed by spaces without an end, until this many bytes are out. */
  | { readonly fault: 'huge'; readonly bytes: number }
  /** A page of HTML with this status (200), as gateways and captive portals send it. */
  | { readonly fault: 'html'; readonly status?: number }
  /** A stream that reports an error in its midst, in the manner of the dialect; without one, a status. */
  | { readonly fault: 'error-event'; readonly status: number; readonly message?: string }
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

/** An image of a request. */
export interface ReceivedImage {
  /** `tool`: it came within a tool's result. */
  readonly role: 'user' | 'tool';
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** A request as the server understood it. */
export interface ModelRequest {
  readonly dialect: 'openai' | 'anthropic' | 'google';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly model: string;
  /** Whether the answer is to come as server-sent events. */
  readonly stream: boolean;
  /** Roles are `system`, `user`, `assistant` and `tool` (a tool's result) in every dialect. */
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  /** In order, those of the whole conversation. */
  readonly images: readonly ReceivedImage[];
  readonly format: 'plain' | 'json_object' | 'json_schema';
  /** The schema of `json_schema`. */
  readonly schema?: unknown;
  /** The tools on offer. */
  readonly tools: readonly { readonly name: string; readonly parameters: unknown }[];
  /** Marks of a prefix to be cached (`cache_control`). */
  readonly cacheMarks: number;
}

/** A whole HTTP answer. */
export interface WireAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** Where in `body` one event ends and the next begins; absent, it is no stream. */
  readonly events?: readonly string[];
}

/** What an answer is made of, once the script has been read. */
export interface Told {
  readonly answer: ModelAnswer;
  readonly text: string;
  readonly usage: ModelUsage;
  /** With ids that no other call of the conversation has. */
  readonly toolCalls: readonly (ModelToolCall & {
    readonly id: string;
    readonly arguments: string;
  })[];
}

/** A refusal in no dialect yet. */
export interface WireError {
  readonly status: number;
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
}

/** A request as a dialect reads it. */
export type ReadRequest = Omit<
  ModelRequest,
  'dialect' | 'path' | 'headers' | 'body' | 'cacheMarks'
>;

/** One wire format. */
export interface Dialect {
  readonly name: ModelRequest['dialect'];
  /** The key that the request carries. */
  key(headers: Readonly<Record<string, string>>): string | undefined;
  /** Reads a request; what the real endpoint would refuse comes back as an error. */
  read(
    body: Readonly<Record<string, unknown>>,
    path: string,
  ): ReadRequest | { readonly error: WireError };
  /** The successful answer's body. */
  answer(request: ModelRequest, told: Told): unknown;
  /** The same as server-sent events, each with its blank line. */
  events(request: ModelRequest, told: Told): readonly string[];
  /** An error in the midst of a stream. */
  errorEvent(error: WireError): string;
  /** The error's body. */
  error(error: WireError): unknown;
}
