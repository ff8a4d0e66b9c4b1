/** Undoes a kept mutation by a mutation of its own (DESIGN.md section 5, I15, I17). */
import type { ChangeSet } from '../change-set.ts';
import type { Context } from '../context.ts';
import type { CommitReport } from '../contract.ts';
import { notWritten } from '../errors.ts';
import type { LockProvider } from '../lock/lock.ts';
import { reasonOf } from '../reason.ts';
import type { JournalRecord } from '../record.ts';
import { removeMadeDirectories, syncTouchedDirectories } from '../roll-back.ts';
import { createStaging } from '../staging.ts';
import { usableRecord } from './kept.ts';

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
  const record = recordToUndo(context, id);
  const staging = createStaging(context, locks);
  try {
    const report = commit({ ...about, changes: staging.undo(id) });
    return { ...report, warnings: [...report.warnings, ...removeEmptied(context, record)] };
  } finally {
    try {
      staging.discard();
    } catch {
      // the next exclusive lock reaps it
    }
  }
}

function recordToUndo(context: Context, id: string): JournalRecord {
  try {
    return usableRecord(context, id);
  } catch (error) {
    throw notWritten(error);
  }
}

function removeEmptied(context: Context, record: JournalRecord): string[] {
  try {
    removeMadeDirectories(context, record);
    if (record.made.length > 0) syncTouchedDirectories(context, record);
    return [];
  } catch (error) {
    return [`an emptied directory could not be removed: ${reasonOf(error)}`];
  }
}
