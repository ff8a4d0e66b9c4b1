import type { Io } from '../command.ts';
import stringWidth from '../shims/string-width.ts';
import type { Reporter } from './reporter.ts';
import { shortenPath } from './shorten.ts';
import { stackOf } from './stack.ts';
import type { Style } from './style.ts';
import { visible, visibleStyled, visibleValue } from './visible.ts';

interface HumanOptions {
  readonly io: Io;
  readonly out: Style;
  readonly err: Style;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly progress: boolean;
}

/** Writes for people, with every control character written out. With `quiet`, results, warnings and errors only. */
export function humanReporter({ io, out, err, quiet, verbose, progress }: HumanOptions): Reporter {
  const show = (lines: readonly string[]) => {
    io.status?.('');
    for (const line of lines) io.out(visibleStyled(line));
  };
  const tell = (line: string) => {
    io.status?.('');
    io.err(line);
  };
  const warn = (text: string) => tell(`${err.odd('openkb: warning:')} ${visible(text)}`);
  const stack = (error: Error) => {
    if (verbose) for (const line of stackOf(error)) tell(err.dim(line));
  };
  return {
    result: (value, print) => show(print(visibleValue(value), out)),
    part: (value, print) => {
      if (!quiet) return show(print(visibleValue(value), out));
      for (const text of value.warnings ?? []) warn(text);
    },
    partFailed: (_value, error) => {
      tell(`${err.bad('failed')}   ${visible(error.message)}`);
      if (error.hint !== undefined) tell(`         ${visible(error.hint)}`);
      stack(error);
    },
    step: (_value, line) => {
      if (quiet || !progress || line === undefined) return;
      const path = visible(line.path);
      if (!io.status) return io.err(`${line.text} ${path}`);
      // a line that fills the last column makes some terminals begin the next
      const room = (io.errColumns || 80) - 1 - stringWidth(`${line.text} `);
      io.status(`${line.text} ${shortenPath(path, room)}`);
    },
    note: (text) => {
      if (!quiet) tell(err.dim(visible(text)));
    },
    warn,
    failure: (error) => {
      tell(`${err.bad('openkb:')} ${visible(error.message)}`);
      if (error.hint !== undefined) tell(visible(error.hint));
      stack(error);
    },
  };
}
