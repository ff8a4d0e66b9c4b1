import type { Argv } from 'yargs';
import yargs from 'yargs';

import { ChosenCommand, type Context, type GlobalOptions, type Io } from './command.ts';
import { commands } from './commands/index.ts';
import { withCompletion } from './completion.ts';
import { CliError, interruption } from './errors.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { globalOptions } from './global-options.ts';
import { humanReporter } from './report/human.ts';
import { jsonReporter } from './report/json.ts';
import type { Reporter } from './report/reporter.ts';
import { styleFor } from './report/style.ts';
import type { Services } from './services.ts';
import { plainArguments, showHyphens, wrongUsage } from './usage.ts';
import { VERSION } from './version.ts';

const stdio: Io = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
};

/** What tests, and the real process, hand in. */
export interface MainOptions {
  readonly io?: Io;
  readonly services?: Services;
  /** Aborted by Ctrl-C or SIGTERM; its reason is the name of the signal. */
  readonly signal?: AbortSignal;
}

/** Runs the program; never ends the process, so that tests can call it. */
export async function main(args: readonly string[], options: MainOptions = {}): Promise<ExitCode> {
  const io = options.io ?? stdio;
  let code: ExitCode = exitCodes.done;
  // until the options are parsed, the failure of parsing them is reported as they look
  let reporter = reporterFor(io, peek(args));
  const context = {
    io,
    services: async () => options.services ?? (await import('./compose.ts')).realServices(),
    signal: options.signal ?? new AbortController().signal,
    end: (chosen: ExitCode) => {
      code = chosen;
    },
  };
  const program = programFor(io, args).middleware((argv) => {
    showHyphens(argv);
    reporter = reporterFor(io, argv);
    argv['reporter'] = reporter;
  });
  try {
    const chosen = await chosenBy(() =>
      program.parseAsync(plainArguments(args), context, (_error, _argv, output) => {
        if (output) io.out(output);
      }),
    );
    await chosen?.run();
    return code;
  } catch (error) {
    // whatever an interruption made of the work, it is an interruption
    const failure = context.signal.aborted ? interruption(context.signal) : await explained(error);
    reporter.failure(failure);
    return failure.exitCode;
  }
}

/** The command that parsing comes upon; none where the help or a script for completion was asked for. */
async function chosenBy(parse: () => Promise<unknown>): Promise<ChosenCommand | undefined> {
  try {
    await parse();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof ChosenCommand) return thrown;
    throw thrown;
  }
}

const plural = (one: string, other = one) => ({ one, other });

/** What yargs says, in our words. Its types know no plurals. */
const words = {
  'Not enough non-option arguments: got %s, need at least %s': plural(
    'an argument is missing: got %s, need at least %s',
  ),
  'Not enough arguments following: %s': 'a value is missing after the option: %s',
  'Unknown argument: %s': plural('unknown argument: %s', 'unknown arguments: %s'),
} as unknown as Record<string, string>;

function programFor(io: Io, args: readonly string[]): Argv<Context> {
  const program = (yargs() as Argv<Context>)
    .scriptName('openkb')
    .usage('$0 <command> [options]\n\nTurns documents into an interlinked Markdown wiki.')
    .options(globalOptions)
    .command(commands)
    .demandCommand(1, 'name a command')
    .strict()
    .version(VERSION)
    .alias({ h: 'help', V: 'version' })
    .help()
    .epilog(
      'Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some documents failed,\n' +
        '4 key missing or refused, 10 no knowledge base, 11 locked, 12 quota exhausted,\n' +
        '13 recovery needed, 130 interrupted, 143 terminated',
    )
    .detectLocale(false)
    .updateStrings(words)
    .wrap(Math.min(100, io.columns || 80))
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error) => {
      // yargs gives a message for wrong usage and an error for a handler's throw
      if (error && !message) throw error;
      throw wrongUsage(message || error.message, args);
    });
  return withCompletion(program, args);
}

async function explained(error: unknown): Promise<CliError> {
  return error instanceof CliError ? error : (await import('./explain.ts')).explain(error);
}

function reporterFor(io: Io, options: Partial<GlobalOptions>): Reporter {
  if (options.json) return jsonReporter(io, options.verbose ?? false);
  const style = (terminal: boolean | undefined) =>
    styleFor({
      color: options.color ?? 'auto',
      terminal: terminal ?? false,
      environment: process.env,
    });
  return humanReporter({
    io,
    out: style(io.outIsTerminal),
    err: style(io.errIsTerminal),
    quiet: options.quiet ?? false,
    verbose: options.verbose ?? false,
    progress: options.progress ?? true,
  });
}

function peek(args: readonly string[]): Partial<GlobalOptions> {
  return {
    json: args.includes('--json'),
    verbose: args.includes('-v') || args.includes('--verbose'),
  };
}
