import { dirname, join } from 'node:path';

import { type FileSystem, makeDirectories, readFile, replaceFile } from '@openkb/atomic-fs';

import { CliError } from '../errors.ts';
import type { ConversionFile } from './conversion.ts';

export interface WriteFilesOptions {
  readonly fileSystem: FileSystem;
  readonly randomId: () => string;
  /** Absolute; made where it is missing. */
  readonly directory: string;
  /** Replace files of other content. */
  readonly force: boolean;
}

/**
 * Writes the files, each in one piece, the first one last: where it is there, the others are. Before
 * anything is written, it is refused where a file of other content lies in the way.
 *
 * @returns paths of all of them, written or there already
 * @throws {CliError} `exists`
 */
export function writeFiles(
  files: readonly ConversionFile[],
  { fileSystem, randomId, directory, force }: WriteFilesOptions,
): string[] {
  const all = files.map(({ path, content }) => {
    const target = join(directory, path);
    return { target, content, found: compare(fileSystem, target, content) };
  });
  const inTheWay = all.find(({ found }) => found === 'no file' || (found === 'other' && !force));
  if (inTheWay !== undefined) throw exists(inTheWay.target, inTheWay.found);
  for (const { target, content, found } of all.toReversed()) {
    if (found === 'same') continue;
    makeDirectories(fileSystem, dirname(target));
    replaceFile(fileSystem, target, content, { id: randomId() });
  }
  return all.map(({ target }) => target);
}

type Found = 'nothing' | 'same' | 'other' | 'no file';

function compare(fileSystem: FileSystem, path: string, content: Uint8Array | string): Found {
  const stat = fileSystem.stat(path);
  if (stat === undefined) return 'nothing';
  if (stat.kind !== 'file') return 'no file';
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  if (stat.size !== bytes.length) return 'other';
  return Buffer.compare(readFile(fileSystem, path), bytes) === 0 ? 'same' : 'other';
}

function exists(path: string, found: Found): CliError {
  if (found === 'no file')
    return new CliError('exists', `what is no file lies at "${path}"`, {
      hint: 'Name another directory with -o, or move it away.',
    });
  return new CliError('exists', `a file with other content is there already: "${path}"`, {
    hint: 'Name another directory with -o, or replace it with --force.',
  });
}
