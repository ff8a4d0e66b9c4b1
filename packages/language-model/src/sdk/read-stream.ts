/** The SDK's stream of parts -> one answer. */
import type { ModelMessage, streamText as StreamText } from 'ai';

import { StreamError } from '../wire/stream-error.ts';
import type { SdkAnswer, SdkStreamAnswer, SdkToolCall } from './types.ts';

type Stream = ReturnType<typeof StreamText>;

/**
 * Reads to the end. Throws `StreamError` where the stream reports an error, was given up, or ends without
 * a reason: an answer that nobody said was complete is not.
 */
export async function readStream(
  stream: Stream,
  onPiece: (text: string) => void,
): Promise<SdkStreamAnswer> {
  let text = '';
  let reasoningText = '';
  let finish: Pick<SdkAnswer, 'finishReason' | 'usage'> | undefined;
  const warnings: NonNullable<SdkAnswer['warnings']> = [];
  const toolCalls: SdkToolCall[] = [];
  for await (const part of stream.fullStream) {
    if (part.type === 'text-delta') {
      text += part.text;
      onPiece(part.text);
    } else if (part.type === 'reasoning-delta') {
      reasoningText += part.text;
      onPiece('');
    } else if (part.type === 'tool-input-delta') onPiece('');
    else if (part.type === 'tool-call') toolCalls.push(readCall(part));
    else if (part.type === 'start-step') warnings.push(...part.warnings);
    else if (part.type === 'finish-step') {
      if (part.finishReason !== 'other' || part.rawFinishReason !== undefined) finish = part;
    } else if (part.type === 'error') throw new StreamError(part.error);
    else if (part.type === 'abort') throw new StreamError(new Error('it was given up'));
  }
  if (!finish) throw new StreamError(new Error('it ended without a reason'));
  const { messages } = await stream.response;
  const turn: ModelMessage[] = messages.filter(({ role }) => role === 'assistant');
  const { finishReason, usage } = finish;
  return { text, reasoningText, finishReason, usage, warnings, toolCalls, turn };
}

interface CallPart {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly input: unknown;
  readonly invalid?: boolean | undefined;
  readonly error?: unknown;
}

function readCall({ toolCallId, toolName, input, invalid, error }: CallPart): SdkToolCall {
  const call = { id: toolCallId, name: toolName, input };
  if (!invalid) return call;
  return { ...call, fault: error instanceof Error ? error.message : String(error) };
}
