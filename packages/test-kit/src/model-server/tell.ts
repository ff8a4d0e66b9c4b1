/** A scripted answer -> the bytes of the dialect, whole or as a stream. */
import { countUsage } from './script.ts';
import type { Dialect, ModelAnswer, ModelRequest, Told, WireAnswer } from './types.ts';

/** What is sent for `answer` if nothing goes wrong. */
export function tell(dialect: Dialect, request: ModelRequest, answer: ModelAnswer): WireAnswer {
  const text = answer.text ?? ('object' in answer ? JSON.stringify(answer.object) : '');
  const told: Told = {
    answer,
    text,
    usage: answer.usage ?? countUsage(request, text + (answer.thinking ?? '')),
    toolCalls: (answer.toolCalls ?? []).map(({ name, input, rawInput }, index) => ({
      name,
      input,
      id: `call_${request.messages.length}_${index}`,
      arguments: rawInput ?? JSON.stringify(input),
    })),
  };
  if (!request.stream) {
    return { status: 200, body: JSON.stringify(dialect.answer(request, told)) };
  }
  const events = dialect.events(request, told);
  return { status: 200, body: events.join(''), events };
}
