import yargs, { type Argv } from 'yargs';

import type { Context, Io } from './command.ts';
import { commands } from './commands/index.ts';

declare const __VERSION__: string | undefined; // tsup puts it in

const VERSION = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0-source';

const EXIT = { ok: 0, failure: 1, usage: 2 } as const;

class UsageError extends Error {}

const stdio: Io = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
};

/** Runs the program; never ends the process, so that tests can call it. */
export async function main(args: readonly string[], io: Io = stdio): Promise<number> {
  // `io` comes from the parse context below
  const program = (yargs() as Argv<Pick<Context, 'io'>>)
    .scriptName('openkb')
    .usage('$0 <command> [options]')
    .option('json', { type: 'boolean', default: false, global: true, describe: 'Print JSON' })
    .command(commands)
    .demandCommand(1, 'Name a command.')
    .recommendCommands()
    .strict()
    .completion('completion', 'Print a completion script for the shell')
    .version(VERSION)
    .alias({ h: 'help', V: 'version' })
    .help()
    .epilog('Exit codes: 0 done, 1 failed, 2 wrong usage')
    .detectLocale(false)
    .wrap(Math.min(100, process.stdout.columns ?? 80))
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error) => {
      // yargs gives a message for wrong usage and an error for a handler's throw
      if (error && !message) throw error;
      throw new UsageError(message || error.message);
    });

  try {
    await program.parseAsync(args, { io }, (_error, _argv, output) => {
      if (output) io.out(output);
    });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`openkb: ${error.message}\nTry 'openkb --help'.`);
      return EXIT.usage;
    }
    io.err(`openkb: ${error instanceof Error ? error.message : String(error)}`);
    return EXIT.failure;
  }
}
