import { resolve } from 'node:path';

import type { Context } from '../command.ts';
import type { ExitCode } from '../exit-codes.ts';
import { startDirectory } from '../knowledge-base/find.ts';
import type { Services } from '../services.ts';
import { fromHome } from './complete.ts';
import type { Lines } from './lines.ts';
import { wordsIn } from './slash.ts';

export interface Running {
  readonly context: Context;
  readonly services: Services;
  /** Root of the knowledge base. */
  readonly root: string;
  /** `--model` of the conversation. */
  readonly model: string | undefined;
  /** Dollars that may still be spent; none named without a limit. It throws where nothing is left. */
  readonly left: () => number | undefined;
  readonly ask: Lines['ask'];
  readonly signal: AbortSignal;
}

/**
 * Runs a command of the program as the shell would, with the options that the conversation was begun with: it
 * opens the knowledge base anew, recovers what is unfinished, takes and frees its lock, and reports its own
 * failure. Nothing of it is left when it returns.
 */
export async function runCommand(name: string, rest: string, running: Running): Promise<ExitCode> {
  const { context, services, root, model, left, ask, signal } = running;
  const { io } = context;
  const { main } = await import('../main.ts');
  const workingDirectory = startDirectory(services, context);
  const words = name === 'add' ? sourcesIn(rest, { ...services, workingDirectory }) : wordsIn(rest);
  const options = [...globals(context), ...(spends(name, words) ? limit(left()) : [])];
  return main([name, ...options, ...words], {
    io: {
      out: io.out,
      err: io.err,
      ...(io.status && { status: io.status }),
      ...(ask && { ask }),
      ...(io.columns !== undefined && { columns: io.columns }),
      get errColumns() {
        return io.errColumns ?? 0;
      },
      outIsTerminal: io.outIsTerminal === true,
      errIsTerminal: io.errIsTerminal === true,
    },
    services: {
      ...services,
      workingDirectory,
      environment: {
        ...services.environment,
        OPENKB_DIR: root,
        ...(model !== undefined && { OPENKB_MODEL: model }),
      },
    },
    signal,
  });
}

function globals(context: Context): string[] {
  const { json, quiet, verbose, progress, input, yes, color, wait } = context;
  return [
    ...(json ? ['--json'] : []),
    ...(quiet ? ['--quiet'] : []),
    ...(verbose ? ['--verbose'] : []),
    ...(progress ? [] : ['--no-progress']),
    ...(input ? [] : ['--no-input']),
    ...(yes ? ['--yes'] : []),
    `--color=${color}`,
    `--wait=${wait}`,
  ];
}

/** Whether a command asks a model, with no limit of its own. */
const spends = (name: string, words: readonly string[]): boolean =>
  (name === 'add' || name === 'lint') && !words.some((word) => /^--max-?cost\b/i.test(word));

const limit = (left: number | undefined): string[] =>
  left === undefined ? [] : [`--max-cost=${left}`];

/** A path may be typed with its spaces as they are, as in the Python program. */
function sourcesIn(
  rest: string,
  services: Pick<Services, 'sources' | 'environment' | 'workingDirectory'>,
): string[] {
  const { sources, workingDirectory } = services;
  const whole = fromHome(services, rest.trim());
  if (/\s/.test(whole) && !whole.startsWith('-') && sources.stat(resolve(workingDirectory, whole)))
    return [whole];
  return wordsIn(rest).map((word) => fromHome(services, word));
}
