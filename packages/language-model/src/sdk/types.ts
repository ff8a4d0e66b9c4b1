/** What goes through the seam to the AI SDK. */
import type { generateText as GenerateText, ModelMessage } from 'ai';

import type { Tool } from '../conversation.ts';
import type { ImageQuirks } from '../images/image-gate.ts';
import type { TextWithImages } from '../images/image.ts';
import type { JsonSchema, Message } from '../model.ts';
import type { Provider } from '../providers.ts';

export interface Endpoint {
  readonly provider: Provider;
  readonly model: string;
  readonly baseUrl: string;
  readonly key: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly temperature: number | undefined;
  readonly fetch: typeof fetch;
}

/** What an endpoint refused and is spared from then on. */
export interface Quirks {
  cacheMarks: boolean;
  maxTokensName: 'max_tokens' | 'max_completion_tokens';
  /** Parameters that are left out, by their names in OpenAI's API. */
  readonly dropped: Set<Droppable>;
  readonly images: ImageQuirks;
}

/** What a request can do without. */
export const DROPPABLE = ['temperature', 'max_tokens', 'stream_options', 'tool_choice'] as const;
export type Droppable = (typeof DROPPABLE)[number];

/** How the answer is asked for on the wire. */
export type Format = 'plain' | 'json_object' | { readonly schema: JsonSchema };

export interface SdkRequest {
  readonly messages: readonly Message[];
  readonly format: Format;
  readonly maxOutputTokens: number | undefined;
  readonly signal: AbortSignal;
}

/** What became of a call. */
export interface ToolResult {
  readonly id: string;
  readonly name: string;
  readonly output:
    | { readonly type: 'text' | 'error-text'; readonly value: string }
    | { readonly type: 'json'; readonly value: never }
    | { readonly type: 'images'; readonly value: TextWithImages };
}

/** An answer that asks for tools, and their results in the same order. */
export interface Exchange {
  readonly turn: readonly ModelMessage[];
  readonly results: readonly ToolResult[];
}

export interface SdkStreamRequest extends Omit<SdkRequest, 'format'> {
  /** What follows `messages`. */
  readonly history: readonly Exchange[];
  readonly tools: readonly Tool[];
  /** The model must answer without them. */
  readonly withoutTools: boolean;
  /** Told of each piece, the empty string for what is no text (reasoning, arguments of a call). */
  readonly onPiece: (text: string) => void;
}

type Generated = Awaited<ReturnType<typeof GenerateText>>;

/** The fields of the SDK's answers that matter here. */
export interface SdkAnswer {
  readonly text: string;
  readonly reasoningText: string | undefined;
  readonly finishReason: Generated['finishReason'];
  readonly usage: Generated['usage'];
  readonly warnings: Generated['warnings'];
}

export interface SdkToolCall {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  /** Why the SDK could not read it. */
  readonly fault?: string;
}

export interface SdkStreamAnswer extends SdkAnswer {
  readonly toolCalls: readonly SdkToolCall[];
  /** The answer as it goes into the history. */
  readonly turn: readonly ModelMessage[];
}

export interface Sdk {
  /** Sends one request, once. */
  send(request: SdkRequest): Promise<SdkAnswer>;
  /** The same with a stream. */
  stream(request: SdkStreamRequest): Promise<SdkStreamAnswer>;
}
