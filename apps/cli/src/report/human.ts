import type { Io } from '../command.ts';
import type { CliError } from '../errors.ts';
import type { Reporter } from './reporter.ts';
import type { Style } from './style.ts';

interface HumanOptions {
  readonly io: Io;
  readonly out: Style;
  readonly err: Style;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly progress: boolean;
}

/** Writes for people. With `quiet`, results and errors only. */
export function humanReporter({ io, out, err, quiet, verbose, progress }: HumanOptions): Reporter {
  const show = (lines: readonly string[]) => {
    io.status?.('');
    for (const line of lines) io.out(line);
  };
  const tell = (line: string) => {
    io.status?.('');
    io.err(line);
  };
  return {
    result: (value, print) => show(print(value, out)),
    part: (value, print) => {
      if (!quiet) show(print(value, out));
    },
    partFailed: (_value, { reason, hint }) => {
      tell(`${err.bad('failed')}   ${reason}`);
      if (hint !== undefined) tell(`         ${hint}`);
    },
    step: (_value, text) => {
      if (quiet || !progress || text === undefined) return;
      if (io.status) io.status(text);
      else io.err(text);
    },
    note: (text) => {
      if (!quiet) tell(err.dim(text));
    },
    warn: (text) => tell(`${err.odd('openkb: warning:')} ${text}`),
    failure: (error) => {
      tell(`${err.bad('openkb:')} ${error.message}`);
      if (error.hint !== undefined) tell(error.hint);
      if (verbose) for (const line of stackOf(error)) tell(err.dim(line));
    },
  };
}

/** The stack of an error and of what caused it. */
function stackOf(error: CliError): string[] {
  const stacks: string[] = [];
  for (let next: unknown = error; next instanceof Error; next = next.cause)
    stacks.push(next.stack ?? next.message);
  return stacks.flatMap((stack) => stack.split('\n'));
}
