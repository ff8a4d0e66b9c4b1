import { SUMMARY_SCHEMA } from '../../prompts/summary.ts';
import { type Answer, ask } from '../ask/ask.ts';
import { readPageReply, type WrittenPage } from '../ask/page-reply.ts';
import type { CompilationContext } from '../compilation-context.ts';
import type { ModelMessage } from '../model-port.ts';

/** Pass 1. */
export function summaryPass(context: CompilationContext): Promise<Answer<WrittenPage>> {
  const { session, opening, summaryPath } = context;
  const prompt = opening.at(-1)?.content ?? '';
  return ask(session, {
    step: { pass: 'summary', page: summaryPath, number: 1, of: 1 },
    messages: opening,
    schema: SUMMARY_SCHEMA,
    read: (object) => readPageReply(object, { prompt }),
  });
}

/** The beginning of every request after pass 1: rules, document, summary. */
export function summarisedMessages(
  { opening }: CompilationContext,
  { description, content }: WrittenPage,
): readonly ModelMessage[] {
  const answer = JSON.stringify({ description, content });
  return [...opening, { role: 'assistant', content: answer, cache: true }];
}
