/**
 * The port: messages in, one answer out. Everything that a caller needs to know of a language model
 * is in this file; `createLanguageModel` gives the real one, a test may write its own in three lines.
 */

/** A JSON Schema (the part that structured output knows: objects, arrays, enums, `anyOf`, `$defs`). */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** System messages come first. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
  /**
   * Marks the end of a prefix that many requests share. Sent to providers that bill a marked prefix
   * at a lower price; the others cache by themselves and see no mark.
   */
  readonly cache?: boolean;
}

export interface GenerateRequest {
  readonly messages: readonly Message[];
  /** Asks for an object of this form; the answer is checked against it. */
  readonly schema?: JsonSchema | undefined;
  /** Limit of the answer, in tokens; absent, the provider's own. */
  readonly maxOutputTokens?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Why the answer ended: `stop`, the model was done; `length`, it was cut off at a token limit and must
 * not be taken for whole; `other`, the provider gave no reason or one without a name here.
 */
export type FinishReason = 'stop' | 'length' | 'other';

export interface GenerateResult {
  /** The answer without reasoning; never empty unless it was cut off. */
  readonly text: string;
  /** Of the form of `schema`. Absent without a schema, and where the answer was cut off. */
  readonly object?: unknown;
  /** What this request cost, the answers that were not accepted included. */
  readonly usage: Usage;
  readonly finishReason: FinishReason;
  /** What was odd, one sentence each; mostly empty. */
  readonly warnings: readonly string[];
}

/** Tokens as providers count them. */
export interface Usage {
  /** Requests that were answered. */
  readonly requests: number;
  /** Those of them whose provider reported no tokens: the sums are too low by what they used. */
  readonly unreported: number;
  readonly inputTokens: number;
  /** Part of `inputTokens` that the provider read from its cache. */
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  /** Part of `outputTokens` that was reasoning. */
  readonly reasoningTokens: number;
}

export interface LanguageModel {
  /** `provider/model`. */
  readonly name: string;
  /** Throws `LanguageModelError` where no usable answer came back. */
  generate(request: GenerateRequest): Promise<GenerateResult>;
  /** The sum over all requests so far, failed ones included. */
  usage(): Usage;
}
