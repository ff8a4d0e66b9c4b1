import type { Context } from './command.ts';
import { CliError, interruption, usageError } from './errors.ts';

/**
 * Asks for a yes before what cannot be taken for granted. With `--yes` it is given; where nobody can be asked
 * (no terminal, `--no-input`, `--json`) it is not, and the command ends with nothing done.
 *
 * @param question ends without a question mark: `Remove "lamp"`
 * @throws {CliError} `usage` where nobody can be asked; `interrupted`
 */
export async function confirm(context: Context, question: string): Promise<boolean> {
  if (context.yes) return true;
  const { ask } = context.io;
  if (ask === undefined || !canAsk(context))
    throw usageError(`${question}? Nobody can be asked here`, 'Say so with --yes.');
  const answer = await ask(`${question}? [y/N] `, context.signal);
  if (context.signal.aborted) throw interruption(context.signal);
  if (answer === undefined) throw new CliError('no-answer', 'no answer; nothing was done');
  return /^\s*y(?:es)?\s*$/i.test(answer);
}

/** Whether there is a person at a terminal who can be asked. */
export const canAsk = ({ io, input, json }: Context): boolean =>
  io.ask !== undefined && input && !json;
