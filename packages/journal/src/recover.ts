/** Resolves every hot journal, newest first (DESIGN.md section 5). Only under the exclusive lock. */
import { attemptsOf, AUTOMATIC_ATTEMPTS, countAttempt } from './attempts.ts';
import type { Context } from './context.ts';
import type { PendingMutation, RecoveryFailure, RecoveryReport } from './contract.ts';
import { discard } from './discard.ts';
import { prune, settleCommitted } from './history/keep.ts';
import { keptEdits } from './keep-edit.ts';
import { mutationIds, type MutationLayout } from './layout.ts';
import { describePython, pythonJournals, recoverPython } from './python/recover-python.ts';
import { reasonOf } from './reason.ts';
import { faultOf } from './record-fault.ts';
import { readRecord, type FoundRecord } from './record-file.ts';
import type { JournalRecord } from './record.ts';
import { rollBack } from './roll-back.ts';
import { setAside } from './set-aside.ts';

export interface RecoverOutcome {
  readonly recovered: readonly RecoveryReport[];
  readonly failures: readonly RecoveryFailure[];
}

/**
 * Stops at the first mutation that cannot be resolved: an older one of the same path must not be
 * undone before it.
 * @param insist a person asked: try also what has failed often enough
 */
export function recover(context: Context, insist: boolean): RecoverOutcome {
  const recovered: RecoveryReport[] = [];
  for (const id of idsOnDisk(context)) {
    const mutation = context.layout.mutation(id);
    const past = attemptsOf(context, mutation);
    if (past.count >= AUTOMATIC_ATTEMPTS && !insist) {
      return { recovered, failures: [{ id, reason: past.reason, attempts: past.count }] };
    }
    try {
      const report = resolve(context, mutation);
      if (report !== undefined) recovered.push(report);
    } catch (error) {
      const reason = reasonOf(error);
      if (!(error instanceof LaterVersion)) countAttempt(context, mutation, reason);
      return { recovered, failures: [{ id, reason, attempts: past.count + 1 }] };
    }
  }
  for (const name of pythonJournals(context)) {
    try {
      recovered.push(recoverPython(context, name));
    } catch (error) {
      return { recovered, failures: [{ id: name, reason: reasonOf(error), attempts: 1 }] };
    }
  }
  return { recovered: [...recovered, ...pruned(context)], failures: [] };
}

/** Told only where it found edits; what cannot be removed now goes the next time. */
function pruned(context: Context): RecoveryReport[] {
  try {
    return prune(context)
      .filter(({ edits }) => edits.length > 0)
      .map(({ id, edits: kept }) => ({ id, outcome: 'finished', kept }));
  } catch {
    return [];
  }
}

/** Unfinished mutations on disk, newest first; what cannot be read is told as unreadable. */
export function pendingMutations(context: Context): PendingMutation[] {
  const ours = idsOnDisk(context).map((id) => describe(context, context.layout.mutation(id)));
  return [...ours, ...pythonJournals(context).map((name) => describePython(context, name))];
}

function describe(context: Context, mutation: MutationLayout): PendingMutation {
  const { id } = mutation;
  const found = read(context, mutation);
  const attempts = attemptsOf(context, mutation).count;
  if (found.kind === 'later-version') return { id, state: 'later-version', attempts };
  if (found.kind === 'none') return { id, state: 'unstarted', attempts };
  if (found.kind !== 'record') return { id, state: 'unreadable', attempts };
  const { operation, subject, began } = found.record;
  const about = subject === undefined ? { operation } : { operation, subject };
  return { id, state: found.state, ...about, began, attempts };
}

/** It waits for the program that can read it; no try of ours counts against it. */
class LaterVersion extends Error {
  constructor(version: number) {
    super(`a later version of this program (journal ${version}) left it`);
  }
}

function idsOnDisk({ fileSystem, layout }: Context): string[] {
  if (fileSystem.stat(layout.journalDirectory)?.kind !== 'directory') return [];
  return mutationIds(fileSystem.list(layout.journalDirectory));
}

function resolve(context: Context, mutation: MutationLayout): RecoveryReport | undefined {
  const { id } = mutation;
  if (context.fileSystem.stat(mutation.directory)?.kind !== 'directory') {
    return quarantined(context, mutation, 'it is no directory');
  }
  const found = readRecord(context, mutation);
  if (found.kind === 'none') {
    discard(context, mutation);
    return undefined;
  }
  if (found.kind === 'later-version') throw new LaterVersion(found.version);
  const fault = faultOf(context, mutation, found);
  if (fault !== undefined || found.kind === 'unreadable') {
    return quarantined(context, mutation, fault ?? 'it cannot be read');
  }
  const { record, state } = found;
  const about = {
    id,
    operation: record.operation,
    ...(record.subject === undefined ? {} : { subject: record.subject }),
  };
  if (state === 'active') {
    return { ...about, outcome: 'rolled back', kept: rollBack(context, mutation, record) };
  }
  // whoever gave it this state may have died before the sync (I5)
  context.fileSystem.syncDirectory(mutation.directory);
  const outcome = state === 'committed' ? 'finished' : 'rolled back';
  return { ...about, outcome, ...clean(context, mutation, record, state) };
}

/** Its outcome is settled: what cannot be removed now is no reason to refuse anything. */
function clean(
  context: Context,
  mutation: MutationLayout,
  record: JournalRecord,
  state: 'committed' | 'rolled_back',
): Pick<RecoveryReport, 'kept' | 'reason'> {
  const kept = keptEdits(context, mutation.id);
  try {
    if (state === 'committed') kept.push(...settleCommitted(context, mutation, record));
    else discard(context, mutation);
    return { kept };
  } catch (error) {
    return { kept, reason: `its journal cannot be removed yet: ${reasonOf(error)}` };
  }
}

function quarantined(context: Context, mutation: MutationLayout, fault: string): RecoveryReport {
  const place = setAside(context, mutation.id);
  const reason = `${fault}; kept in "${place}"`;
  return { id: mutation.id, outcome: 'set aside', kept: [place], reason };
}

function read(context: Context, mutation: MutationLayout): FoundRecord {
  try {
    return readRecord(context, mutation);
  } catch (error) {
    return { kind: 'unreadable', reason: reasonOf(error) };
  }
}
