/** Where the lines of a conversation come from: a person at a terminal, or a pipe. */
import type { Context } from '../command.ts';
import { usageError } from '../errors.ts';
import type { Services } from '../services.ts';
import { completer } from './complete.ts';
import { type Typing } from './typing.ts';

export interface Lines {
  /** Whether a person types. */
  readonly typed: boolean;
  /** The next line; `undefined` at the end of input, or when the person leaves. */
  next(): Promise<string | undefined>;
  /** Does work that Ctrl-C ends without ending the conversation, where a person types. */
  during<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Asks for a line in the midst of work; absent in a pipe. */
  readonly ask?: NonNullable<Context['io']['ask']>;
  close(): void;
}

/**
 * @param questions that were asked before, for the arrow keys, oldest first
 * @throws {CliError} `usage` where nobody may be asked and nothing is piped in
 */
export async function openLines(
  context: Context,
  services: Services,
  questions: readonly string[],
): Promise<Lines> {
  const { io, json, input, signal } = context;
  if (io.typing !== undefined && !json) {
    if (!input) throw usageError('a conversation cannot be had with --no-input', PIPE);
    const typing = await io.typing({
      history: questions,
      complete: completer(services),
    });
    return typedLines(typing, signal);
  }
  return pipedLines(services.input(signal), signal);
}

const PIPE = 'Leave it out, or pipe questions in, a line each.';

export function typedLines(typing: Typing, signal: AbortSignal): Lines {
  return {
    typed: true,
    next: () => typing.line('>>> ', signal),
    ask: (question, asked) => typing.answer(question, asked),
    async during(work) {
      const own = new AbortController();
      const stop = () => own.abort(signal.reason);
      signal.addEventListener('abort', stop, { once: true });
      const release = typing.onInterrupt(() => own.abort('SIGINT'));
      try {
        return await work(own.signal);
      } finally {
        release();
        signal.removeEventListener('abort', stop);
      }
    },
    close: () => typing.close(),
  };
}

/** Characters of one line; what is longer is no question. */
const LONGEST = 1_000_000;

export function pipedLines(chunks: AsyncIterable<Uint8Array>, signal: AbortSignal): Lines {
  const lines = linesOf(chunks);
  return {
    typed: false,
    next: async () => {
      const { value, done } = await lines.next();
      return done === true ? undefined : value;
    },
    during: (work) => work(signal),
    // ends the reading, for which the process would wait
    close: () => void lines.return(undefined),
  };
}

async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string, undefined, undefined> {
  const decoder = new TextDecoder();
  let unfinished = '';
  for await (const chunk of chunks) {
    const lines = (unfinished + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    unfinished = lines.pop() ?? '';
    if (unfinished.length > LONGEST)
      throw usageError(`a line of more than ${LONGEST} characters is no question`);
    yield* lines;
  }
  unfinished += decoder.decode();
  if (unfinished !== '') yield unfinished;
  return undefined;
}
