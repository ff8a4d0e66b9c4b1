import { dirname, join, relative, resolve, sep } from 'node:path';

import { isSameFile } from '@openkb/atomic-fs';

import { usageError } from '../errors.ts';
import { startDirectory, stateOf, type Whereabouts } from '../knowledge-base/find.ts';
import { stateDirectory } from '../knowledge-base/layout.ts';
import type { Services } from '../services.ts';

/** What commands change under the lock, and `watch` takes for new: nothing is written there beside them. */
const GUARDED = [stateDirectory, 'wiki', 'raw'];

/**
 * The directory that conversions are written into, absolute.
 *
 * @throws {CliError} `usage` where it is one of a knowledge base's own, by whatever way one comes there
 */
export function outputDirectory(services: Services, where: Whereabouts, output: string): string {
  const directory = resolve(startDirectory(services, where), output);
  const real = services.realPath(directory);
  for (let root = dirname(real); ; root = dirname(root)) {
    const own = guardedIn(services, root, real);
    if (own !== undefined)
      throw usageError(
        `cannot write into "${output}": "${own}" belongs to the knowledge base in "${root}"`,
        `Name another directory, such as "${join(root, 'output')}"; 'openkb add' takes a document in.`,
      );
    if (dirname(root) === root) return directory;
  }
}

function guardedIn({ fileSystem }: Services, root: string, path: string): string | undefined {
  if (stateOf(fileSystem, root) === 'absent') return undefined;
  const [first = ''] = relative(root, path).split(sep);
  // on some disks RAW is raw
  return GUARDED.find(
    (name) => name === first || isSameFile(fileSystem, join(root, name), join(root, first)),
  );
}
