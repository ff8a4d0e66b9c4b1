/**
 * The port: messages in, one answer out. Everything that a caller needs to know of a language model
 * is in this file and in `conversation.ts`; `createLanguageModel` gives the real one, a test may write
 * its own `generate` in three lines.
 */
import type { ConversationRequest, ConversationResult } from './conversation.ts';
import type { Image } from './images/image.ts';

/** A JSON Schema (the part that structured output knows: objects, arrays, enums, `anyOf`, `$defs`). */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** System messages come first. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
  /** Shown after the text; of the user only. An image that the model does not take is a sentence. */
  readonly images?: readonly Image[] | undefined;
  /**
   * Marks the end of a prefix that many requests share. Sent to providers that bill a marked prefix
   * at a lower price, the last four marks of a request; the others cache by themselves and see none.
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
  /** Told of each answer as it comes, also of those that are not accepted. */
  readonly onUsage?: ((usage: Usage) => void) | undefined;
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
  /** Answers that came out of the reply cache: no request, no tokens. */
  readonly replayed: number;
  /** Requests whose provider reported no tokens: the sums are too low by what they used. */
  readonly unreported: number;
  readonly inputTokens: number;
  /** Part of `inputTokens` that the provider read from its cache. */
  readonly cachedInputTokens: number;
  /** Part of `inputTokens` that the provider wrote to its cache, at a price of its own. */
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
  /** Part of `outputTokens` that was reasoning. */
  readonly reasoningTokens: number;
}

export interface LanguageModel {
  /** `provider/model`. */
  readonly name: string;
  /** Throws `LanguageModelError` where no usable answer came back. */
  generate(request: GenerateRequest): Promise<GenerateResult>;
  /** As `generate`, with the text as it comes and with tools that the model may call. */
  stream(request: ConversationRequest): Promise<ConversationResult>;
  /** The sum over all requests so far, failed ones included. */
  usage(): Usage;
  /** About how many tokens a text is for this model; closer with every answer that reports its usage. */
  estimateTokens(text: string): number;
  /** Tokens that fit into a request with its answer: the less of what was set and what a refusal told. */
  contextTokens(): number | undefined;
}
