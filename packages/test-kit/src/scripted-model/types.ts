/** The shapes that a scripted model speaks; structural, so that it fits any port of this form. */

export interface ScriptedMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
  readonly cache?: boolean;
}

export interface ScriptedRequest {
  readonly messages: readonly ScriptedMessage[];
  readonly schema?: Readonly<Record<string, unknown>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One answer. */
export type ScriptedReply =
  | { readonly object: unknown; readonly finishReason?: string }
  | { readonly text: string; readonly finishReason?: string }
  | { readonly error: unknown };

/** A request as the script sees it. */
export interface ScriptedCall {
  /** What `passOf` says: `page concepts/attention`. */
  readonly key: string;
  /** How often this key was asked before, from 0. */
  readonly attempt: number;
  readonly request: ScriptedRequest;
  /** The last message. */
  readonly prompt: string;
}

/** Answers of one key, one after the other, the last again and again; or a function of the call. */
export type Script =
  | ScriptedReply
  | readonly ScriptedReply[]
  | ((call: ScriptedCall) => ScriptedReply);

export interface ScriptedModelOptions {
  /** `provider/model` (`scripted/model`). */
  readonly name?: string;
  /** Names what a request is for. */
  readonly passOf: (request: ScriptedRequest) => string;
  /** Answers by key; `*` answers what has no key of its own. */
  readonly replies: Readonly<Record<string, Script>>;
  /** Which of the requests that wait is answered next; absent, the first. Without it no request waits. */
  readonly pick?: ((waiting: readonly string[]) => number) | undefined;
}

export interface ScriptedResult {
  readonly text: string;
  readonly object?: unknown;
  readonly finishReason: string;
  readonly usage: { requests: number; inputTokens: number; outputTokens: number };
}

export interface ScriptedModel {
  readonly name: string;
  generate(request: ScriptedRequest): Promise<ScriptedResult>;
  /** Every request in the order in which it came. */
  readonly calls: readonly ScriptedCall[];
  /** Keys of `calls`. */
  keys(): string[];
  /** The most requests that were under way at the same time. */
  mostAtOnce(): number;
}
