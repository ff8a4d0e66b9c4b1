import { join } from 'node:path';

import { makeDirectories } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import { JournalError } from './errors.ts';
import { mutationIds } from './layout.ts';

/**
 * Moves one entry of `journal/` to `quarantine/`, untouched: the directory of a mutation of ours, whose
 * originals may be the only copies there are, or a journal of the Python program. No live path changes.
 * @param name of the entry; where it is taken a random part joins it, and `.json` stays its ending
 * @returns where it is, relative to the root
 */
export function setAside({ fileSystem, layout, randomId }: Context, name: string): string {
  makeDirectories(fileSystem, layout.quarantineDirectory);
  let place = name;
  if (fileSystem.stat(join(layout.quarantineDirectory, name)) !== undefined) {
    place = name.endsWith('.json') ? `${randomId()}-${name}` : `${name}-${randomId()}`;
  }
  fileSystem.rename(join(layout.journalDirectory, name), join(layout.quarantineDirectory, place));
  fileSystem.syncDirectory(layout.quarantineDirectory);
  fileSystem.syncDirectory(layout.journalDirectory);
  return `${layout.stateDirectory}/quarantine/${place}`;
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
  setAside(context, id);
}
