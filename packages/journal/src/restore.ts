/**
 * Brings back what was set aside (DESIGN.md section 5). Unlike a rollback it decides for each path:
 * what was written since stays, and is reported.
 */
import type { Change, ChangeSet } from './change-set.ts';
import type { Context } from './context.ts';
import type { CommitReport, RestoreReport } from './contract.ts';
import { notRestorable, notWritten } from './errors.ts';
import type { LockProvider } from './lock/lock.ts';
import { pythonRestoration } from './python/restore-python.ts';
import { reasonOf } from './reason.ts';
import { restorationOf, type Restoration } from './restoration.ts';
import { stageOriginal } from './stage-original.ts';
import { createStaging } from './staging.ts';

/**
 * @param commit of the session that holds the exclusive lock
 * @throws JournalError `not-restorable`, and those of a commit
 */
export function restore(
  context: Context,
  locks: LockProvider,
  name: string,
  commit: (changeSet: ChangeSet) => CommitReport,
): RestoreReport {
  const { operation, subject, back, left, remove } = plan(context, name);
  const made = { operation: 'restore', subject: `${operation} (${name})` };
  const warnings = back.length === 0 ? [] : commitBack(context, locks, back, made, commit);
  const about = subject === undefined ? { operation } : { operation, subject };
  const report = { id: name, ...about, restored: back.map(({ path }) => path), left };
  const keptIn = `${context.layout.stateDirectory}/quarantine/${name}`;
  if (left.length > 0) return { ...report, keptIn, warnings };
  try {
    remove();
    return { ...report, warnings };
  } catch (error) {
    const warning = `"${keptIn}" is needed no more and cannot be removed: ${reasonOf(error)}`;
    return { ...report, keptIn, warnings: [...warnings, warning] };
  }
}

function plan(context: Context, name: string): Restoration {
  const { fileSystem, layout } = context;
  const directory = layout.quarantineDirectory;
  const names = fileSystem.stat(directory)?.kind === 'directory' ? fileSystem.list(directory) : [];
  if (!names.includes(name)) throw notRestorable(`nothing is set aside as "${name}"`);
  const mutation = layout.quarantined(name);
  try {
    return mutation === undefined
      ? pythonRestoration(context, name)
      : restorationOf(context, mutation, name);
  } catch (error) {
    throw notWritten(error);
  }
}

/**
 * The originals are copied, so that those in quarantine share nothing with live files.
 * @returns warnings
 */
function commitBack(
  context: Context,
  locks: LockProvider,
  back: Restoration['back'],
  about: Omit<ChangeSet, 'changes'>,
  commit: (changeSet: ChangeSet) => CommitReport,
): readonly string[] {
  const staging = createStaging(context, locks);
  try {
    const changes = back.map(({ path, expect, original }): Change =>
      original === undefined
        ? { kind: 'remove', path, expect }
        : stageOriginal(context, staging.directory, { path, expect, ...original }),
    );
    return commit({ ...about, changes }).warnings;
  } catch (error) {
    throw notWritten(error);
  } finally {
    try {
      staging.discard();
    } catch {
      // the next exclusive lock reaps it
    }
  }
}
