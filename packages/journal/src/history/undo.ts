/** Undoes a kept mutation by a mutation of its own (DESIGN.md section 5, I15, I17). */
import type { ChangeSet } from '../change-set.ts';
import type { Context } from '../context.ts';
import type { CommitReport } from '../contract.ts';
import type { LockProvider } from '../lock/lock.ts';
import { createStaging } from '../staging.ts';

/**
 * @param commit of the session that holds the exclusive lock
 * @throws JournalError `not-restorable`, `conflict`, and those of a commit
 */
export function undo(
  context: Context,
  locks: LockProvider,
  id: string,
  about: Omit<ChangeSet, 'changes'>,
  commit: (changeSet: ChangeSet) => CommitReport,
): CommitReport {
  const staging = createStaging(context, locks);
  try {
    return commit({ ...about, changes: staging.undo(id) });
  } finally {
    try {
      staging.discard();
    } catch {
      // the next exclusive lock reaps it
    }
  }
}
