import type { Io } from '../command.ts';
import type { Reporter } from './reporter.ts';

/** Version of the shape of everything printed with `--json`. */
export const JSON_SCHEMA = 'openkb/1';

/**
 * Writes for programs: one object, or one line per event; nothing else on standard output.
 * Warnings and errors go to standard error as well, for whoever watches.
 */
export function jsonReporter(io: Io): Reporter {
  const print = (value: object) => io.out(JSON.stringify({ schema: JSON_SCHEMA, ...value }));
  return {
    result: print,
    part: print,
    partFailed: print,
    step: print,
    note: () => {},
    warn: (text) => io.err(`openkb: warning: ${text}`),
    failure: ({ code, message, hint, exitCode }) => {
      print({ type: 'error', code, message, hint, exitCode });
      io.err(`openkb: ${message}`);
    },
  };
}
