/** `query` with a model: ask, save, show. */
import type { Context } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import type { OpenModel } from '../model/open-model.ts';
import type { Services } from '../services.ts';
import { type Answered, answer } from './answer.ts';
import type { FirstLook } from './first-look.ts';
import { saveExploration } from './save.ts';
import { spendingLimit } from './spending-limit.ts';

interface Answering {
  readonly context: Context;
  readonly services: Services;
  readonly kb: KnowledgeBase;
  readonly opened: OpenModel;
  readonly question: string;
  readonly look: FirstLook;
  readonly raw: boolean;
  readonly save: boolean;
  readonly maxCost: number | undefined;
}

export async function answerQuestion(answering: Answering): Promise<ExitCode> {
  const { context, opened, maxCost } = answering;
  const answered = await answer({
    ...answering,
    command: 'query',
    keepToLimit: spendingLimit(opened.model, maxCost),
  });
  const saved = await tried(async () =>
    answering.save && !answered.cutOff ? save(answering, answered) : undefined,
  );
  answered.show(saved.value);
  if (saved.failure !== undefined) throw saved.failure;
  if (!answered.cutOff) return exitCodes.done;
  context.reporter.warn(
    `the answer ends where the limit of "${opened.name}" was${answering.save ? ', and is not saved' : ''}`,
  );
  return exitCodes.partial;
}

function save(
  { context, services, kb, opened, question }: Answering,
  { text: body, citations }: Answered,
): Promise<string> {
  const cites = citations.map(({ page }) => page.slice('wiki/'.length));
  const exploration = { question, body, cites, by: opened.name };
  return saveExploration(kb, context, { exploration, clock: services.clock, operation: 'query' });
}

/** An answer that was paid for is shown also where it cannot be saved. */
async function tried<T>(
  work: () => Promise<T>,
): Promise<{ readonly value?: T; readonly failure?: unknown }> {
  try {
    return { value: await work() };
  } catch (failure) {
    return { failure };
  }
}
