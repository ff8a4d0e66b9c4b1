import type { Io } from '../command.ts';
import type { Reporter } from './reporter.ts';
import { stackOf } from './stack.ts';
import { visible } from './visible.ts';

/** Version of the shape of everything printed with `--json`. */
export const JSON_SCHEMA = 'openkb/1';

/**
 * Writes for programs: one object, or one line per event; nothing else on standard output.
 * Warnings and errors go to standard error as well, for whoever watches.
 */
export function jsonReporter(io: Io, verbose: boolean): Reporter {
  const print = (value: object) => io.out(JSON.stringify({ schema: JSON_SCHEMA, ...value }));
  const stack = (error: Error) => {
    if (verbose) for (const line of stackOf(error)) io.err(line);
  };
  return {
    result: print,
    part: print,
    partFailed: (value, error) => {
      print(value);
      stack(error);
    },
    step: print,
    note: () => {},
    warn: (text) => io.err(`openkb: warning: ${visible(text)}`),
    failure: (error) => {
      const { code, message, hint, exitCode } = error;
      print({ type: 'error', code, message, hint, exitCode });
      io.err(`openkb: ${visible(message)}`);
      stack(error);
    },
  };
}
