import { dirname, join } from 'node:path';

import { makeDirectories } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import { JournalError } from './errors.ts';
import { mutationIds, type MutationLayout } from './layout.ts';

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

/**
 * As a person asks for it, by the id that a failure named: a mutation of ours, or a journal of the Python program.
 * @throws JournalError `bad-path` when there is no such mutation
 */
export function setAsideById(context: Context, id: string): void {
  const { fileSystem, layout } = context;
  const names = fileSystem.stat(layout.journalDirectory)
    ? fileSystem.list(layout.journalDirectory)
    : [];
  if (!names.includes(id) || (mutationIds([id]).length === 0 && !id.endsWith('.json'))) {
    throw new JournalError('bad-path', `there is no unfinished change "${id}"`);
  }
  setAside(context, layout.mutation(id));
}
