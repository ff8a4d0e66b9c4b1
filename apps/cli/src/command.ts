import type { CommandModule } from 'yargs';

import type { Typing, TypingOptions } from './chat/typing.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Reporter } from './report/reporter.ts';
import type { Services } from './services.ts';

/** Where the program writes; tests pass their own. */
export interface Io {
  out: (line: string) => void;
  err: (line: string) => void;
  /** Shows one passing line of progress in place of the last one; absent where there is no terminal. */
  status?: (line: string) => void;
  /** Asks the person a question and gives the line that they type; absent where nobody can be asked. */
  ask?: (question: string, signal: AbortSignal) => Promise<string | undefined>;
  /** Reads what a person types, line after line, with editing and history; absent where nobody can type. */
  typing?: (options: TypingOptions) => Promise<Typing>;
  /** Columns of the terminal; absent in a pipe. */
  columns?: number;
  /** Columns of the terminal that shows `status`, as it is now; 0 where it does not tell. */
  readonly errColumns?: number;
  /** Whether results, and messages, go to a terminal that shows colour. */
  outIsTerminal?: boolean;
  errIsTerminal?: boolean;
  /** Whether nobody can read results any more, as in `openkb … | head`. */
  readonly outIsGone?: boolean;
}

/** The options that every command has. */
export interface GlobalOptions {
  json: boolean;
  quiet: boolean;
  verbose: boolean;
  yes: boolean;
  input: boolean;
  progress: boolean;
  color: 'auto' | 'always' | 'never';
  /** Directory to work from, as with `cd`. */
  directory: string | undefined;
  /** Root of the knowledge base. */
  kb: string | undefined;
  /** Seconds to wait for the lock. */
  wait: number;
}

/** What every command gets: the global options, and the things that the run is made of. */
export interface Context extends GlobalOptions {
  io: Io;
  reporter: Reporter;
  services: () => Promise<Services>;
  /** Aborted by Ctrl-C or SIGTERM; its reason is the name of the signal. */
  signal: AbortSignal;
  /** Says how the process ends; a command that says nothing is done. */
  end: (code: ExitCode) => void;
}

/**
 * One command: its arguments' types come from its builder. The list of all
 * commands needs one type, so that `T` is dropped from the result.
 */
export function defineCommand<T>(command: CommandModule<Context, T>): CommandModule<Context> {
  const { handler, ...rest } = command as unknown as CommandModule<Context>;
  return {
    ...rest,
    handler: (argv) => {
      throw new ChosenCommand(() => handler(argv));
    },
  };
}

/**
 * The command that the arguments mean, thrown out of the parser that found it: what yargs does after it has called a
 * handler is to lay out the help, whether or not anybody will see it, which takes longer than all of parsing.
 */
export class ChosenCommand extends Error {
  readonly run: () => void | Promise<void>;

  constructor(run: () => void | Promise<void>) {
    super('a command was chosen');
    this.run = run;
  }
}
