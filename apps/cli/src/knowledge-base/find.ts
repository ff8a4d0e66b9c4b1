import { dirname, join, resolve } from 'node:path';

import type { FileSystem } from '@openkb/atomic-fs';

import { CliError, usageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Reporter } from '../report/reporter.ts';
import { shellWord } from '../report/words.ts';
import type { Services } from '../services.ts';
import { defaultRoot } from '../settings/default-root.ts';
import { configPath, registryPath, stateDirectory } from './layout.ts';

/** How a command line says which knowledge base it means. */
export interface Whereabouts {
  readonly directory: string | undefined;
  readonly kb: string | undefined;
  /** What named `kb`, where it was not the option. */
  readonly kbOrigin?: string;
  /** Told where `init` was cut off and the command goes on all the same. */
  readonly reporter?: Pick<Reporter, 'warn'>;
}

/** What counts as a knowledge base: for `recover`, also one whose `init` was cut off. */
export type Wanted = 'complete' | 'recoverable';

/** The directory that relative paths of the command line start from: real, absolute, and there. */
export function startDirectory(services: Services, { directory }: Whereabouts): string {
  const start = resolve(services.workingDirectory, directory ?? '.');
  if (directory !== undefined && services.sources.stat(start)?.kind !== 'directory')
    throw usageError(
      `cannot work in "${directory}": no such directory`,
      'Check the path after -C.',
    );
  return start;
}

/**
 * The root of the knowledge base: `--kb`, else `OPENKB_DIR`, else the nearest directory above that
 * is one, else the one that `openkb use` chose. Real and absolute.
 *
 * @throws {CliError} `no-knowledge-base`, or `unfinished-knowledge-base` where `init` was cut off
 */
export function findRoot(
  services: Services,
  where: Whereabouts,
  wanted: Wanted = 'complete',
): string {
  const start = startDirectory(services, where);
  const named = where.kb ?? services.environment['OPENKB_DIR'];
  const origin = where.kb ? (where.kbOrigin ?? '--kb') : 'OPENKB_DIR';
  if (named) return explicitRoot(services, { path: resolve(start, named), origin, where, wanted });
  const from = services.realPath(start);
  for (let directory = from; ; directory = dirname(directory)) {
    const state = stateOf(services.fileSystem, directory);
    if (state === 'complete') return directory;
    if (state === 'unfinished') return unfinishedRoot(directory, where, wanted);
    if (dirname(directory) === directory) break;
  }
  const chosen = defaultRoot(services);
  if (chosen !== undefined)
    return explicitRoot(services, { path: chosen, origin: 'openkb use', where, wanted });
  throw new CliError('no-knowledge-base', `no knowledge base in "${from}" or above it`, {
    hint: "Make one with 'openkb init', or name one with --kb DIR, OPENKB_DIR or 'openkb use'.",
    exitCode: exitCodes.noKnowledgeBase,
  });
}

interface Named {
  readonly path: string;
  readonly origin: string;
  readonly where: Whereabouts;
  readonly wanted: Wanted;
}

function explicitRoot(services: Services, { path, origin, where, wanted }: Named): string {
  const root = services.realPath(path);
  const state = stateOf(services.fileSystem, root);
  if (state === 'complete') return root;
  if (state === 'unfinished') return unfinishedRoot(root, where, wanted);
  const why = services.fileSystem.stat(root) ? 'it has no .openkb directory' : 'no such directory';
  throw new CliError('no-knowledge-base', `"${path}" (${origin}) is no knowledge base: ${why}`, {
    hint: `Make one there with 'openkb init ${path}'.`,
    exitCode: exitCodes.noKnowledgeBase,
  });
}

/** `unfinished`: a state directory in which no `init` has come to its end. */
export type KnowledgeBaseState = 'absent' | 'unfinished' | 'complete';

export function stateOf(fileSystem: FileSystem, directory: string): KnowledgeBaseState {
  if (fileSystem.stat(join(directory, stateDirectory))?.kind !== 'directory') return 'absent';
  const there = [configPath, registryPath].some(
    (path) => fileSystem.stat(join(directory, path)) !== undefined,
  );
  return there ? 'complete' : 'unfinished';
}

/** What no command but `init` can finish; `recover` only clears up what it left. */
function unfinishedRoot(root: string, { reporter }: Whereabouts, wanted: Wanted): string {
  const message = `"${root}" is no knowledge base yet: its 'openkb init' was interrupted`;
  const hint = `Finish it with 'openkb init ${shellWord(root)}'.`;
  if (wanted === 'complete')
    throw new CliError('unfinished-knowledge-base', message, {
      hint,
      exitCode: exitCodes.noKnowledgeBase,
    });
  reporter?.warn(`${message}. ${hint}`);
  return root;
}
