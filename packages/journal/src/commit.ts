/**
 * Carries one change set out, all or nothing and durably (DESIGN.md section 5).
 *
 * Calling sequence: only from a session that holds the exclusive lock and has recovered. Readers
 * under the shared lock see the state before or after; others see whole files. After a crash at
 * any line `recover` brings back the state before, or finishes what had passed the commit point.
 * Every call is synchronous: no other code of this process runs between two steps.
 */
import { begin } from './begin.ts';
import type { ChangeSet } from './change-set.ts';
import type { Context } from './context.ts';
import type { CommitReport } from './contract.ts';
import { discard } from './discard.ts';
import { JournalError, notWritten } from './errors.ts';
import { prune, settleCommitted } from './history/keep.ts';
import { sequenceOf, type MutationLayout } from './layout.ts';
import { planMutation, type Plan } from './plan.ts';
import { isUnchanged, publish } from './publish.ts';
import { reasonOf } from './reason.ts';
import { changeState, stateOf, writeRecord } from './record-file.ts';
import type { JournalRecord, RecordState } from './record.ts';
import { rollBack } from './roll-back.ts';
import { takeSnapshot, type Saved } from './snapshot.ts';
import { stageContents, type Staged } from './stage-contents.ts';

/** @throws JournalError: `bad-path`, `conflict`, `not-written`, `recovery-needed`, `outcome-unknown` */
export function commit(context: Context, changeSet: ChangeSet): CommitReport {
  const { plan, mutation, saved, staged, record } = prepare(context, changeSet);
  const changed = changesOf(plan, saved, staged);
  if (changed.length + plan.missing.length + plan.emptied.length === 0) {
    return { id: mutation.id, changed, warnings: finish(() => discard(context, mutation)) };
  }
  const begun = new Set<number>();
  try {
    writeRecord(context, mutation, record);
    publish(context, mutation, plan, saved, staged, begun);
    changeState(context, mutation, 'active', 'committed'); // the commit point
  } catch (error) {
    undo(context, mutation, record, begun, error);
  }
  const warnings = finish(() => {
    const edits = settleCommitted(context, mutation, record);
    const pruned = prune(context).flatMap((one) => one.edits);
    return [...edits, ...pruned].map(
      (path) => `an edit made during the command was kept in "${path}"`,
    );
  });
  return { id: mutation.id, changed, warnings };
}

interface Prepared {
  readonly plan: Plan;
  readonly mutation: MutationLayout;
  readonly saved: readonly Saved[];
  readonly staged: readonly Staged[];
  readonly record: JournalRecord;
}

/** All that happens before the record: whatever fails here, no live path has changed. */
function prepare(context: Context, changeSet: ChangeSet): Prepared {
  let mutation: MutationLayout | undefined;
  try {
    const plan = planMutation(context, changeSet);
    mutation = begin(context);
    const saved = takeSnapshot(context, mutation, plan);
    const staged = stageContents(context, mutation, plan, saved);
    syncJournal(context, mutation);
    const record = recordOf(context, mutation, plan, saved, staged);
    return { plan, mutation, saved, staged, record };
  } catch (error) {
    const begun = mutation;
    if (begun !== undefined) finish(() => discard(context, begun));
    throw notWritten(error);
  }
}

/** The names in `mutation.directory` become durable with the record. */
function syncJournal({ fileSystem, layout }: Context, mutation: MutationLayout): void {
  fileSystem.syncDirectory(mutation.beforeDirectory);
  fileSystem.syncDirectory(layout.journalDirectory);
}

function recordOf(
  context: Context,
  mutation: MutationLayout,
  plan: Plan,
  saved: readonly Saved[],
  staged: readonly Staged[],
): JournalRecord {
  return {
    id: mutation.id,
    sequence: sequenceOf(mutation.id),
    operation: plan.operation,
    ...(plan.subject === undefined ? {} : { subject: plan.subject }),
    began: context.clock().toISOString(),
    made: plan.missing,
    ...(plan.emptied.length > 0 && { emptied: plan.emptied }),
    touched: plan.changes.map(({ path }, n) => ({
      path,
      before: saved[n]!.before,
      after: staged[n]?.after ?? null,
    })),
  };
}

/**
 * After an error between the record and the commit point: roll back, and throw what became of it.
 * The error may have come after the committed record took its place; then it is taken back first,
 * and if that fails nobody can know what a power cut would leave.
 */
function undo(
  context: Context,
  mutation: MutationLayout,
  record: JournalRecord,
  begun: ReadonlySet<number>,
  error: unknown,
): never {
  const reason = reasonOf(error);
  // others may have rolled this mutation back already, and be at work
  if (!context.isLocked()) throw error;
  let state: RecordState | undefined;
  try {
    state = stateOf(context, mutation);
    if (state === 'committed') changeState(context, mutation, 'committed', 'active');
  } catch {
    const text = `the disk failed at the last moment (${reason}); the next command finds out whether the change survived`;
    throw new JournalError('outcome-unknown', text, { cause: error });
  }
  let kept: readonly string[] = [];
  try {
    if (state === undefined) discard(context, mutation);
    else kept = rollBack(context, mutation, record, begun);
  } catch (failure) {
    const text = `the change failed (${reason}) and could not be undone (${reasonOf(failure)}); it is kept as "${mutation.id}" and undone by the next command`;
    throw new JournalError('recovery-needed', text, { cause: error });
  }
  throw withKept(notWritten(error), kept);
}

/** Edits that a person made to files of this mutation while it was undone. */
function withKept(error: JournalError, kept: readonly string[]): JournalError {
  if (kept.length === 0) return error;
  const places = kept.map((path) => `"${path}"`).join(', ');
  const text = `${error.message}; edits made meanwhile are kept in ${places}`;
  return new JournalError(error.code, text, { paths: error.paths, cause: error });
}

function changesOf(
  plan: Plan,
  saved: readonly Saved[],
  staged: readonly Staged[],
): CommitReport['changed'] {
  return plan.changes.flatMap(({ path }, n): CommitReport['changed'] => {
    if (isUnchanged(saved[n]!, staged[n])) return [];
    if (staged[n] === undefined) return [{ path, action: 'removed' }];
    return [{ path, action: saved[n]!.before === null ? 'created' : 'updated' }];
  });
}

/** What fails after the outcome is settled is a warning; the next exclusive lock finishes it. */
function finish(work: () => string[] | void): string[] {
  try {
    return work() ?? [];
  } catch (error) {
    return [`the journal could not be cleaned up: ${reasonOf(error)}`];
  }
}
