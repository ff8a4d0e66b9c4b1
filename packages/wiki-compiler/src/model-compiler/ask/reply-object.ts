import type { ModelReply } from '../model-port.ts';

export type ObjectOrFault =
  | { readonly object: Readonly<Record<string, unknown>> }
  /** A clause that goes on from "the answer". */
  | { readonly fault: string };

/**
 * The object of a reply: what the port has parsed, else what the text holds, with or without a code fence. A
 * list of one object is that object.
 */
export function replyObject(reply: ModelReply): ObjectOrFault {
  if (reply.finishReason === 'length') return { fault: 'the answer was cut off' };
  const value = reply.object === undefined ? parse(reply.text ?? '') : { value: reply.object };
  if (value === undefined) {
    const empty = (reply.text ?? '').trim() === '';
    return { fault: empty ? 'the answer was empty' : 'the answer was not a JSON object' };
  }
  const one = Array.isArray(value.value) && value.value.length === 1 ? value.value[0] : value.value;
  if (typeof one !== 'object' || one === null || Array.isArray(one))
    return { fault: 'the answer was not a JSON object' };
  return { object: one as Readonly<Record<string, unknown>> };
}

function parse(text: string): { readonly value: unknown } | undefined {
  const bare = text.trim().replace(/^```\w*\s*\n([\s\S]*)\n```$/, '$1');
  try {
    return { value: JSON.parse(bare) as unknown };
  } catch {
    return undefined;
  }
}
