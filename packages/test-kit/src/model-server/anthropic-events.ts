/** An Anthropic message as the events of its stream. */
import { pieces } from './json.ts';
import type { JsonRecord } from './json.ts';
import { namedEvent } from './sse.ts';

interface Message {
  readonly envelope: JsonRecord;
  readonly blocks: readonly JsonRecord[];
  readonly stopReason: string;
  readonly outputTokens: number;
}

export function anthropicEvents({ envelope, blocks, stopReason, outputTokens }: Message): string[] {
  return [
    namedEvent('message_start', { message: { ...envelope, content: [], stop_reason: null } }),
    namedEvent('ping'),
    ...blocks.flatMap((block, index) => [
      namedEvent('content_block_start', { index, content_block: emptied(block) }),
      ...deltas(block).map((delta) => namedEvent('content_block_delta', { index, delta })),
      namedEvent('content_block_stop', { index }),
    ]),
    namedEvent('message_delta', {
      delta: { stop_reason: stopReason, stop_sequence: null },
      usage: { output_tokens: outputTokens },
    }),
    namedEvent('message_stop'),
  ];
}

function emptied(block: JsonRecord): JsonRecord {
  if (block['type'] === 'text') return { ...block, text: '' };
  if (block['type'] === 'thinking') return { ...block, thinking: '', signature: '' };
  return { ...block, input: {} };
}

function deltas(block: JsonRecord): JsonRecord[] {
  if (block['type'] === 'text') {
    return pieces(String(block['text'])).map((text) => ({ type: 'text_delta', text }));
  }
  if (block['type'] === 'thinking') {
    return [
      ...pieces(String(block['thinking'])).map((thinking) => ({
        type: 'thinking_delta',
        thinking,
      })),
      { type: 'signature_delta', signature: block['signature'] },
    ];
  }
  return pieces(JSON.stringify(block['input'])).map((text) => ({
    type: 'input_json_delta',
    partial_json: text,
  }));
}
