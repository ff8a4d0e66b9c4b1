import { dirname, join } from 'node:path';

import { makeDirectories } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import type { MutationLayout } from './layout.ts';

/**
 * Moves a mutation's whole directory to `quarantine/`, untouched: its originals may be the only
 * copies there are. No live path changes.
 * @returns where it is, relative to the root
 */
export function setAside(
  { fileSystem, layout, randomId }: Context,
  mutation: MutationLayout,
): string {
  makeDirectories(fileSystem, layout.quarantineDirectory);
  let name = mutation.id;
  if (fileSystem.stat(join(layout.quarantineDirectory, name)) !== undefined) {
    name = `${mutation.id}-${randomId()}`;
  }
  fileSystem.rename(mutation.directory, join(layout.quarantineDirectory, name));
  fileSystem.syncDirectory(layout.quarantineDirectory);
  fileSystem.syncDirectory(dirname(mutation.directory));
  return `${layout.stateDirectory}/quarantine/${name}`;
}
