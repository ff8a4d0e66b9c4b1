import type { CommandModule } from 'yargs';

/** Where a command writes; tests pass their own. */
export interface Io {
  out: (line: string) => void;
  err: (line: string) => void;
}

/** What every command gets: the global options and where to write. */
export interface Context {
  json: boolean;
  io: Io;
}

/**
 * One command: its arguments' types come from its builder. The list of all
 * commands needs one type, so that `T` is dropped from the result.
 */
export function defineCommand<T>(command: CommandModule<Context, T>): CommandModule<Context> {
  return command as unknown as CommandModule<Context>;
}
