import { RELINK_PROMPT, RELINK_SCHEMA } from '../../prompts/relink.ts';
import { ask } from '../ask/ask.ts';
import { readPageReply, type WrittenPage } from '../ask/page-reply.ts';
import { isTooLong } from '../ask/port-error.ts';
import type { CompilationContext } from '../compilation-context.ts';
import type { ModelMessage } from '../model-port.ts';

/** A summary with links that has lost more than this of its text is another summary. */
const SHARE = 0.7;

/** Pass 4: the summary with links, asked for once; where that fails, the first summary. */
export async function relinkPass(
  { session, summaryPath }: CompilationContext,
  summary: WrittenPage,
  prefix: readonly ModelMessage[],
): Promise<WrittenPage> {
  try {
    const answer = await ask(session, {
      step: { pass: 'relink', page: summaryPath, number: 1, of: 1 },
      messages: [...prefix, { role: 'user', content: RELINK_PROMPT }],
      schema: RELINK_SCHEMA,
      read: (object) =>
        readPageReply(object, {
          prompt: RELINK_PROMPT,
          replaced: summary.content,
          share: SHARE,
          floor: 0,
        }),
      attempts: 1,
    });
    if ('failure' in answer) return summary;
    return { description: summary.description, content: answer.value.content };
  } catch (error) {
    if (!isTooLong(error)) throw error;
    return summary;
  }
}
