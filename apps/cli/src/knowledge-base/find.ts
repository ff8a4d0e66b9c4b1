import { dirname, join, resolve } from 'node:path';

import type { FileSystem } from '@openkb/atomic-fs';

import { CliError, usageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Services } from '../services.ts';
import { configPath, registryPath, stateDirectory } from './layout.ts';

/** How a command line says which knowledge base it means. */
export interface Whereabouts {
  readonly directory: string | undefined;
  readonly kb: string | undefined;
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
 * is one. Real and absolute.
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
  const origin = where.kb ? '--kb' : 'OPENKB_DIR';
  if (named) return explicitRoot(services, { path: resolve(start, named), origin, wanted });
  const from = services.realPath(start);
  for (let directory = from; ; directory = dirname(directory)) {
    const state = stateOf(services.fileSystem, directory);
    if (state === 'complete' || (state === 'unfinished' && wanted === 'recoverable'))
      return directory;
    if (state === 'unfinished') throw unfinished(directory);
    if (dirname(directory) === directory) break;
  }
  throw new CliError('no-knowledge-base', `no knowledge base in "${from}" or above it`, {
    hint: "Make one with 'openkb init', or name one with --kb DIR or OPENKB_DIR.",
    exitCode: exitCodes.noKnowledgeBase,
  });
}

interface Named {
  readonly path: string;
  readonly origin: string;
  readonly wanted: Wanted;
}

function explicitRoot(services: Services, { path, origin, wanted }: Named): string {
  const root = services.realPath(path);
  const state = stateOf(services.fileSystem, root);
  if (state === 'complete' || (state === 'unfinished' && wanted === 'recoverable')) return root;
  if (state === 'unfinished') throw unfinished(root);
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

function unfinished(directory: string): CliError {
  return new CliError(
    'unfinished-knowledge-base',
    `"${directory}" is no knowledge base yet: its 'openkb init' was interrupted`,
    { hint: `Finish it with 'openkb init ${directory}'.`, exitCode: exitCodes.noKnowledgeBase },
  );
}
