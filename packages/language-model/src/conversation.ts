/** The port's streaming form: text as it comes, and tools that the model may call. */
import type { FinishReason, JsonSchema, Message, Usage } from './model.ts';

export interface Tool {
  /** Letters, digits, `_` and `-`; one of its kind among the tools of a request. */
  readonly name: string;
  /** Tells the model what it does and when to use it. */
  readonly description: string;
  /** Of an object. What does not fit is reported to the model, and `execute` is not called. */
  readonly parameters: JsonSchema;
  /**
   * Does the work. What it returns goes to the model: a string as it is, text with images from
   * `withImages`, anything else as JSON. What it throws goes to the model as well, as the message of an error: it does not end the conversation.
   */
  execute(input: unknown, options: { readonly signal: AbortSignal }): unknown;
}

/** One call of a tool, and what became of it. */
export interface ToolCall {
  readonly name: string;
  readonly input: unknown;
  /** Why the tool gave no result: it threw, is unknown, or its input does not fit. */
  readonly error?: string;
}

export interface ConversationRequest {
  readonly messages: readonly Message[];
  readonly tools?: readonly Tool[] | undefined;
  /** Answers of the model at most, the last of them without tools. Default 8. */
  readonly maxSteps?: number | undefined;
  /** Limit of one answer, in tokens; absent, the provider's own. */
  readonly maxOutputTokens?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * The text piece by piece, without reasoning. `step` counts from 1: what the model says before it calls
   * a tool belongs to a step before the last.
   */
  readonly onText?: ((text: string, step: number) => void) | undefined;
  /**
   * A stream broke after some of its text was handed out, and is asked for again: the text of this step is
   * void. Without it such a stream is an error.
   */
  readonly onRestart?: ((step: number) => void) | undefined;
  /** Told before a tool runs. */
  readonly onToolCall?: ((call: ToolCall) => void) | undefined;
  /** Told of each answer as it comes. */
  readonly onUsage?: ((usage: Usage) => void) | undefined;
}

export interface ConversationResult {
  /** The text of the last step. */
  readonly text: string;
  readonly usage: Usage;
  readonly finishReason: FinishReason;
  readonly warnings: readonly string[];
  /** Answers that it took. */
  readonly steps: number;
  /** In order of the model's asking. */
  readonly toolCalls: readonly ToolCall[];
}
