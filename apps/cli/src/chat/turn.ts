/** One question of a conversation: answered as `query` does, and kept. */
import type { Context } from '../command.ts';
import { interruption } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import type { OpenModel } from '../model/open-model.ts';
import { answer } from '../query/answer.ts';
import { type FirstLook, firstLook } from '../query/first-look.ts';
import { GIVEN, SHOWN } from '../query/how-many.ts';
import { quotations, quotePassages } from '../query/quote-passages.ts';
import { spendingLimit } from '../query/spending-limit.ts';
import type { Services } from '../services.ts';
import { earlierMessages } from './earlier.ts';
import { type Turn, withTurn } from './session.ts';
import type { ChatStore, Stored } from './store.ts';

export interface Chat {
  readonly context: Context;
  readonly services: Services;
  readonly kb: KnowledgeBase;
  /** `undefined`: without a model. */
  readonly opened: OpenModel | undefined;
  readonly raw: boolean;
  /** For the whole conversation, in dollars. */
  readonly maxCost: number | undefined;
  readonly store: ChatStore;
  /** The conversation as it is now. */
  stored: Stored;
  /** That it cannot be kept has been said. */
  notKept?: boolean;
}

/** The turn is kept when the answer is whole, or not at all. @throws what failed; `interrupted` */
export async function takeTurn(
  chat: Chat,
  question: string,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { services, kb, opened } = chat;
  const context = { ...chat.context, signal };
  const before = chat.stored.session.turns.at(-1)?.question;
  const top = opened === undefined ? SHOWN : GIVEN;
  const look = await firstLook({ kb, lock: context }, { question, before, top });
  if (signal.aborted) throw interruption(signal);
  // of an empty wiki there is nothing to ask
  if (opened !== undefined && look.size > 0)
    return ask(chat, { context, question, look, opened: await meteredAlone(opened) });
  await quotePassages({ context, services, kb, question, look, save: false });
  if (look.hits.length > 0) keep(chat, { question, answer: quotations(look.hits) }, 'extractive');
  return exitCodes.done;
}

interface Asking {
  readonly context: Context;
  readonly question: string;
  readonly look: FirstLook;
  readonly opened: OpenModel;
}

async function ask(chat: Chat, { context, question, look, opened }: Asking): Promise<ExitCode> {
  const { services, kb, raw, maxCost } = chat;
  const answered = await answer({
    context,
    services,
    kb,
    opened,
    question,
    look,
    raw,
    command: 'chat',
    earlier: earlierMessages(chat.stored.session.turns, opened.model),
    keepToLimit: spendingLimit(chat.opened?.model ?? opened.model, maxCost),
  });
  keep(chat, { question, answer: answered.text }, opened.name);
  answered.show();
  if (!answered.cutOff) return exitCodes.done;
  context.reporter.warn(`the answer ends where the limit of "${opened.name}" was`);
  return exitCodes.partial;
}

/** The same model, whose meter counts what one turn costs; that of the conversation goes on counting. */
async function meteredAlone(opened: OpenModel): Promise<OpenModel> {
  const { metered } = await import('@openkb/language-model');
  const { model, prices, name } = opened;
  return { ...opened, model: metered(model, { costOf: (usage) => prices.costOf(name, usage) }) };
}

/** Where it cannot be kept the conversation goes on: the next turn tries again, with all before it. */
function keep(chat: Chat, turn: Turn, model: string): void {
  const { store, services, context, stored } = chat;
  const session = withTurn(stored.session, turn, { at: services.clock(), model });
  chat.stored = { ...stored, session };
  try {
    chat.stored = store.save(chat.stored);
    chat.notKept = false;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (chat.notKept !== true) context.reporter.warn(`the conversation cannot be kept: ${why}`);
    chat.notKept = true;
    return;
  }
  const { id } = chat.stored.session;
  if (id !== stored.session.id)
    context.reporter.warn(
      `somebody else has changed the conversation "${stored.session.id}"; this one goes on as "${id}"`,
    );
}
