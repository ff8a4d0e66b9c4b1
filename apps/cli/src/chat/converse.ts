/** The conversation: line by line, until the end of input or a word that ends it. No error of a line ends it. */
import { CliError, interruption, usageError } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { explain } from '../explain.ts';
import { spendingLimit } from '../query/spending-limit.ts';
import type { Lines } from './lines.ts';
import { runCommand } from './run-command.ts';
import { saveConversation } from './save-conversation.ts';
import { newSession } from './session.ts';
import { help, parseTyped, printHelp, type Typed, unquoted } from './slash.ts';
import { type Chat, takeTurn } from './turn.ts';

export interface Conversation {
  readonly chat: Chat;
  readonly lines: Lines;
  /** `--model`. */
  readonly model: string | undefined;
}

/** @throws {CliError} `interrupted` where the process is to end */
export async function converse(conversation: Conversation): Promise<ExitCode> {
  const { chat, lines } = conversation;
  const { signal } = chat.context;
  /** Of the lines that were more than empty. */
  const codes: ExitCode[] = [];
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- a line follows the answer to the one before
    const line = await lines.next();
    if (signal.aborted) throw interruption(signal);
    const typed = line === undefined ? undefined : parseTyped(line);
    if (line === undefined && codes.length === 0 && !lines.typed) throw nothingAsked();
    // what nobody reads is not asked for, and not paid for
    if (line === undefined || isExit(typed) || chat.context.io.outIsGone) break;
    if (typed === undefined) continue;
    separate(conversation, codes);
    // oxlint-disable-next-line no-await-in-loop -- as above
    codes.push(await heed(conversation, typed));
    if (signal.aborted) throw interruption(signal);
    if (lines.typed) chat.context.reporter.note('');
  }
  return lines.typed ? exitCodes.done : exitCodeOf(codes);
}

const isExit = (typed: Typed | undefined): boolean =>
  typed?.kind === 'command' && typed.command.name === '/exit';

/** Where answers go into a pipe or a file an empty line stands between them; on a terminal one stands around each. */
function separate({ chat: { context }, lines }: Conversation, codes: readonly ExitCode[]): void {
  const { reporter, io, json } = context;
  if (lines.typed) reporter.note('');
  if (!json && io.outIsTerminal !== true && codes.includes(exitCodes.done))
    reporter.result({ type: 'next' }, () => ['']);
}

/** One line, whatever becomes of it. */
async function heed(conversation: Conversation, typed: Typed): Promise<ExitCode> {
  const { chat, lines } = conversation;
  const { context } = chat;
  return lines.during(async (signal) => {
    try {
      return await act(conversation, typed, signal);
    } catch (error) {
      if (context.signal.aborted) return exitCodes.interrupted;
      const failure = signal.aborted ? interruption(signal) : explain(error);
      if (signal.aborted && typed.kind === 'question') {
        context.reporter.note('The answer was ended; this turn is not kept.');
        return failure.exitCode;
      }
      context.reporter.failure(failure);
      return failure.exitCode;
    }
  });
}

async function act(
  { chat, lines, model }: Conversation,
  typed: Typed,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { context, services, kb } = chat;
  if (typed.kind === 'question') return takeTurn(chat, typed.text, signal);
  if (typed.kind === 'unknown') throw unknown(typed.name);
  const { command, rest } = typed;
  if (command.runs !== undefined)
    return runCommand(command.runs, rest, {
      context,
      services,
      root: kb.root,
      model,
      left: () => leftOf(chat),
      ask: lines.ask,
      signal,
    });
  if (command.name === '/save') return save(chat, rest, signal);
  if (command.name === '/clear') return clear(chat);
  context.reporter.result(help, printHelp(context.io.columns ?? 80));
  return exitCodes.done;
}

/** @throws {CliError} `max-cost` where nothing is left */
function leftOf({ opened, maxCost }: Chat): number | undefined {
  if (opened === undefined || maxCost === undefined) return undefined;
  spendingLimit(opened.model, maxCost)();
  return maxCost - opened.model.spent().dollars;
}

async function save(chat: Chat, name: string, signal: AbortSignal): Promise<ExitCode> {
  const { kb, services, context } = chat;
  const { session } = chat.stored;
  if (session.turns.length === 0)
    throw new CliError('nothing-to-save', 'nothing has been said that could be saved');
  const lock = { ...context, signal };
  const page = await saveConversation({ kb, services, lock }, session, unquoted(name));
  const value = { type: 'saved', page, turns: session.turns.length };
  context.reporter.result(value, ({ page: saved }) => [`saved as ${saved}`]);
  return exitCodes.done;
}

function clear(chat: Chat): ExitCode {
  const { services, context } = chat;
  const { session: last } = chat.stored;
  const { model, language } = last;
  const random = services.randomId();
  const session = newSession({ at: services.clock(), random, model, language });
  chat.stored = { session };
  const value = { type: 'cleared', id: session.id, last: last.id };
  context.reporter.result(value, ({ id }) => [`a new conversation: ${id}`]);
  if (last.turns.length > 0)
    context.reporter.note(`The one before is kept: openkb chat --resume ${last.id}`);
  return exitCodes.done;
}

const unknown = (name: string): CliError =>
  usageError(`there is no command ${name} in a conversation`, '/help lists what there is.');

function exitCodeOf(codes: readonly ExitCode[]): ExitCode {
  const failed = codes.filter((code) => code !== exitCodes.done);
  const [first] = failed;
  if (first === undefined) return exitCodes.done;
  return failed.length < codes.length ? exitCodes.partial : first;
}

const nothingAsked = (): CliError =>
  usageError(
    'nothing is asked: standard input is empty, and it is no terminal',
    'Start it on a terminal, or pipe questions in, a line each.',
  );
