/** What yargs makes of a command line, put right on the way in and on the way out. */
import { commands } from './commands/index.ts';
import { type CliError, usageError } from './errors.ts';
import { unknownCommand } from './unknown-command.ts';

/**
 * yargs gives a command no arguments that stand after `--`. They are put before it, and a leading hyphen
 * is hidden from it until `showHyphens`; a lone one, which it drops in silence, is the file `./-`. `--no-color` is how the Python program, and many others, say `--color never`.
 *
 * @throws {CliError} `usage`, for a lone hyphen
 */
export function plainArguments(args: readonly string[]): string[] {
  const own = beforeEnd(args).map((arg) => {
    if (arg === '--no-color') return '--color=never';
    return arg === '-' && reads(args) ? '--stdin' : arg;
  });
  if (own.includes('-'))
    throw usageError(
      'cannot use "-": standard input is not read',
      "Save it as a file and name that; a file of this name is './-'.",
    );
  const rest = args.slice(own.length + 1).map((arg) => {
    if (arg === '-') return './-';
    return arg.startsWith('-') ? HIDES + arg : arg;
  });
  return [...own, ...rest];
}

/** Before a hyphen that yargs must not see; no argument of a process has it. */
const HIDES = '\0';

/** Gives the arguments that a command is about to get the hyphens that were hidden. */
export function showHyphens(argv: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(argv))
    if (typeof value === 'string') argv[name] = shown(value);
    else if (Array.isArray(value))
      argv[name] = value.map((one: unknown) => (typeof one === 'string' ? shown(one) : one));
}

const shown = (text: string): string => text.replace(/^\0(?=-)/, '');

/** Whether the command reads standard input. */
const reads = (args: readonly string[]) => args.includes('convert');

/** What yargs says of a wrong command line, as one sentence with a hint that fits. */
export function wrongUsage(told: string, args: readonly string[]): CliError {
  const message = told.replaceAll(HIDES, '');
  const command = mistyped(message, args);
  if (command !== undefined) return unknownCommand(command, commandNames());
  const missing = missingArgument(message, args);
  if (missing !== undefined) return missing;
  // yargs takes it for a bundle of letters
  const hyphened = beforeEnd(args).find((arg) => /^-[^-]{2}/.test(arg));
  if (hyphened === undefined) return usageError(oneLine(message));
  return usageError(
    oneLine(message),
    `Try 'openkb --help'; a file named "${hyphened}" is written './${hyphened}', or after '--'.`,
  );
}

/** yargs only counts what is missing; the command's own line names it. */
function missingArgument(message: string, args: readonly string[]): CliError | undefined {
  if (!message.startsWith('an argument is missing')) return undefined;
  const chosen = args.flatMap((arg) =>
    commands.filter((command) => namesOf(command).includes(arg)),
  );
  const line = String(chosen[0]?.command);
  if (!line.includes(' ')) return undefined; // of one that has commands of its own
  return usageError(
    `an argument is missing: openkb ${line}`,
    `Try 'openkb ${commandName(line)} --help'.`,
  );
}

const namesOf = ({ command, aliases = [] }: (typeof commands)[number]) => [
  commandName(command),
  ...[aliases].flat(),
];

/** The mistyped command, where that is what yargs calls an unknown argument. */
function mistyped(message: string, args: readonly string[]): string | undefined {
  const [, list] = /^unknown arguments?: (.*)$/s.exec(message) ?? [];
  const names = new Set(commandNames());
  if (list === undefined || args.some((arg) => names.has(arg))) return undefined;
  return list.split(', ').find((unknown) => args.includes(unknown));
}

const commandName = (command: unknown) => String(command).split(' ')[0] ?? '';
const commandNames = () => commands.map(({ command }) => commandName(command));

/** yargs tells a wrong choice on two lines. */
function oneLine(message: string): string {
  return message.replace(
    /^Invalid values:\s+Argument: (\S+), Given: (.*), Choices: (.*)$/s,
    '--$1 cannot be $2; it is one of $3',
  );
}

function beforeEnd(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return end === -1 ? args : args.slice(0, end);
}
