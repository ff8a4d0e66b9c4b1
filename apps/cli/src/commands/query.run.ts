import type { Context } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { openKnowledgeBase } from '../knowledge-base/open.ts';
import { openModel } from '../model/open-model.ts';
import { answerQuestion } from '../query/answer-question.ts';
import { firstLook } from '../query/first-look.ts';
import { GIVEN, SHOWN } from '../query/how-many.ts';
import { quotePassages } from '../query/quote-passages.ts';
import { wordsOf } from '../search/search-run.ts';

interface Args extends Context {
  question: string[];
  top: number | undefined;
  raw: boolean;
  save: boolean;
  model: string | undefined;
  maxCost: number | undefined;
}

export async function run(args: Args): Promise<ExitCode> {
  const question = wordsOf(args.question);
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, 'openkb query');
  const opened = await openModel({ ...args, services, kb });
  try {
    const top = args.top ?? (opened === undefined ? SHOWN : GIVEN);
    const look = await firstLook({ kb, lock: args }, { question, top });
    const asked = { ...args, context: args, services, kb, question, look };
    // of an empty wiki there is nothing to ask
    if (opened !== undefined && look.size > 0) return await answerQuestion({ ...asked, opened });
    await quotePassages(asked);
    return exitCodes.done;
  } finally {
    await opened?.close();
  }
}
