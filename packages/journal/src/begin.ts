import { makeDirectories } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import { keptIds } from './history/keep.ts';
import { mutationId, mutationIds, sequenceOf, type MutationLayout } from './layout.ts';

/**
 * Makes the directory of a new mutation. Its sequence number is above that of every mutation on
 * disk, kept ones included, so that ids sort by age. Without a record it has not begun.
 */
export function begin(context: Context): MutationLayout {
  const { fileSystem, layout, randomId } = context;
  makeDirectories(fileSystem, layout.journalDirectory);
  const [newest] = mutationIds([...fileSystem.list(layout.journalDirectory), ...keptIds(context)]);
  const sequence = (newest === undefined ? 0 : sequenceOf(newest)) + 1;
  const mutation = layout.mutation(mutationId(sequence, randomId()));
  fileSystem.makeDirectory(mutation.directory);
  fileSystem.makeDirectory(mutation.beforeDirectory);
  fileSystem.makeDirectory(mutation.afterDirectory);
  return mutation;
}
