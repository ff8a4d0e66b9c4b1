import { converse } from '../chat/converse.ts';
import { greet } from '../chat/greeting.ts';
import { openLines } from '../chat/lines.ts';
import { conversationsOf, printConversations } from '../chat/list.ts';
import { newSession } from '../chat/session.ts';
import { type ChatStore, chatStore, type Stored } from '../chat/store.ts';
import type { Context } from '../command.ts';
import { CliError, usageError } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { type KnowledgeBase, openKnowledgeBase } from '../knowledge-base/open.ts';
import { openModel } from '../model/open-model.ts';
import type { Services } from '../services.ts';

interface Args extends Context {
  /** An id or its beginning; empty for the last one. */
  resume: string | undefined;
  list: boolean;
  delete: string | undefined;
  raw: boolean;
  model: string | undefined;
  maxCost: number | undefined;
}

export async function run(args: Args): Promise<ExitCode> {
  const { reporter, list, delete: deleted, resume } = args;
  if ([list, deleted !== undefined, resume !== undefined].filter(Boolean).length > 1)
    throw usageError('give one of --list, --delete and --resume');
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, 'openkb chat');
  const store = chatStore(kb, services);
  if (list) return listAll(args, store);
  if (deleted !== undefined) {
    const id = store.find(deleted);
    store.remove(id);
    reporter.result({ type: 'deleted', id }, (value) => [`deleted  ${value.id}`]);
    return exitCodes.done;
  }
  const stored = resume === undefined ? begin(services, kb) : goOn(args, store, resume);
  return talk(args, { services, kb, store, stored });
}

interface Talking {
  readonly services: Services;
  readonly kb: KnowledgeBase;
  readonly store: ChatStore;
  readonly stored: Stored;
}

async function talk(args: Args, { services, kb, store, stored }: Talking): Promise<ExitCode> {
  const { session } = stored;
  const { raw, model, maxCost } = args;
  // --max-cost is the conversation's: a turn that begins beyond it is refused there
  const opened = await openModel({ services, kb, reporter: args.reporter, model, maxCost });
  try {
    const questions = session.turns.map(({ question }) => question);
    const lines = await openLines(args, services, questions);
    const chat = { context: args, services, kb, opened, raw, maxCost, store, stored };
    try {
      greet({ context: args, root: kb.root, session, model: opened?.name, typed: lines.typed });
      const code = await converse({ chat, lines, model });
      tellHowToGoOn(args, chat.stored);
      return code;
    } finally {
      lines.close();
    }
  } finally {
    await opened?.close();
  }
}

function begin({ clock, randomId }: Services, kb: KnowledgeBase): Stored {
  const { model, language } = kb.config();
  return { session: newSession({ at: clock(), random: randomId(), model, language }) };
}

/** What cannot be read is out of the way then, and still there. */
function goOn({ reporter }: Args, store: ChatStore, text: string): Stored {
  if (text === '') {
    const { sessions, damaged } = store.all();
    for (const id of damaged) reporter.warn(`the conversation "${id}" cannot be read`);
    const [last] = sessions;
    if (last !== undefined) return store.load(last.id);
    throw new CliError('no-session', 'there is no conversation yet to go on with');
  }
  const id = store.find(text);
  try {
    return store.load(id);
  } catch (error) {
    if (!(error instanceof CliError && error.code === 'damaged-session')) throw error;
    throw new CliError(error.code, `${error.message}; its file is now "${store.setAside(id)}"`, {
      hint: "Mend it and give it its name back, or begin anew with 'openkb chat'.",
      cause: error,
    });
  }
}

function listAll({ reporter }: Args, store: ChatStore): ExitCode {
  const conversations = conversationsOf(store.all());
  for (const id of conversations.damaged) reporter.warn(`the conversation "${id}" cannot be read`);
  if (conversations.sessions.length === 0)
    reporter.note("There are no conversations yet; begin one with 'openkb chat'.");
  reporter.result(conversations, printConversations);
  return exitCodes.done;
}

function tellHowToGoOn({ reporter }: Args, { session, sha256 }: Stored): void {
  if (sha256 !== undefined && session.turns.length > 0)
    reporter.note(`Go on with it: openkb chat --resume ${session.id}`);
}
