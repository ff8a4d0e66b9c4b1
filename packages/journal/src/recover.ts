/** Resolves every hot journal, newest first (DESIGN.md section 5). Only under the exclusive lock. */
import type { Context } from './context.ts';
import type { PendingMutation, RecoveryFailure, RecoveryReport } from './contract.ts';
import { discard, discardCommitted } from './discard.ts';
import { mutationIds, type MutationLayout } from './layout.ts';
import { ancestors } from './paths.ts';
import { pythonJournals, recoverPython } from './python/recover-python.ts';
import { reasonOf } from './reason.ts';
import { readRecord, type FoundRecord } from './record-file.ts';
import { rollBack } from './roll-back.ts';
import { setAside } from './set-aside.ts';

/** After so many failed attempts only a person's request tries again. */
const AUTOMATIC_ATTEMPTS = 5;

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
    const attempts = attemptsOf(context, mutation);
    try {
      if (attempts >= AUTOMATIC_ATTEMPTS && !insist) {
        throw new Error(`${attempts} attempts to undo it have failed`);
      }
      const report = resolve(context, mutation);
      if (report !== undefined) recovered.push(report);
    } catch (error) {
      countAttempt(context, mutation);
      const failures = [{ id, reason: reasonOf(error), attempts: attemptsOf(context, mutation) }];
      return { recovered, failures };
    }
  }
  for (const name of pythonJournals(context)) {
    try {
      recovered.push(recoverPython(context, name));
    } catch (error) {
      return { recovered, failures: [{ id: name, reason: reasonOf(error), attempts: 1 }] };
    }
  }
  return { recovered, failures: [] };
}

/** Unfinished mutations on disk, newest first; what cannot be read is told as unreadable. */
export function pendingMutations(context: Context): PendingMutation[] {
  return idsOnDisk(context).map((id) => describe(context, context.layout.mutation(id)));
}

function describe(context: Context, mutation: MutationLayout): PendingMutation {
  const { id } = mutation;
  const found = read(context, mutation);
  const attempts = attemptsOf(context, mutation);
  if (found.kind === 'none') return { id, state: 'unstarted', attempts };
  if (found.kind !== 'record') return { id, state: 'unreadable', attempts };
  const { operation, subject, began } = found.record;
  const about = subject === undefined ? { operation } : { operation, subject };
  return { id, state: found.state, ...about, began, attempts };
}

function idsOnDisk({ fileSystem, layout }: Context): string[] {
  if (fileSystem.stat(layout.journalDirectory)?.kind !== 'directory') return [];
  return mutationIds(fileSystem.list(layout.journalDirectory));
}

function resolve(context: Context, mutation: MutationLayout): RecoveryReport | undefined {
  const { id } = mutation;
  const found = readRecord(context, mutation);
  if (found.kind === 'none') {
    discard(context, mutation);
    return undefined;
  }
  if (found.kind === 'later-version') {
    throw new Error(`a later version of this program (journal ${found.version}) left it`);
  }
  const fault = faultOf(context, found);
  if (fault !== undefined || found.kind === 'unreadable') {
    const place = setAside(context, mutation);
    return { id, outcome: 'set aside', kept: [place], reason: `${fault}; kept in "${place}"` };
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
  if (state === 'committed') {
    return { ...about, outcome: 'finished', kept: discardCommitted(context, mutation, record) };
  }
  discard(context, mutation);
  return { ...about, outcome: 'rolled back', kept: [] };
}

/** Why a record must not be acted upon: unreadable, or one of its paths leads elsewhere by now (I2). */
function faultOf(
  { fileSystem, layout }: Context,
  found: Exclude<FoundRecord, { kind: 'none' | 'later-version' }>,
): string | undefined {
  if (found.kind === 'unreadable') return `its record cannot be read (${found.reason})`;
  const paths = [...found.record.touched.map(({ path }) => path), ...found.record.made];
  const seen = new Set<string>();
  const link = paths
    .flatMap((path) => ancestors(path).concat(path))
    .find((path) => {
      if (seen.has(path)) return false;
      seen.add(path);
      return fileSystem.stat(layout.live(path))?.kind === 'symlink';
    });
  return link === undefined ? undefined : `its record cannot be trusted ("${link}" is a link)`;
}

function read(context: Context, mutation: MutationLayout): FoundRecord {
  try {
    return readRecord(context, mutation);
  } catch (error) {
    return { kind: 'unreadable', reason: reasonOf(error) };
  }
}

/** One byte an attempt. */
function attemptsOf({ fileSystem }: Context, mutation: MutationLayout): number {
  return fileSystem.stat(mutation.attempts)?.size ?? 0;
}

function countAttempt({ fileSystem }: Context, mutation: MutationLayout): void {
  try {
    const handle = fileSystem.open(mutation.attempts, 'append', 0o600);
    try {
      handle.write(Buffer.from('.'));
    } finally {
      handle.close();
    }
  } catch {
    // a disk that takes not even this byte: the attempt is not counted, the failure is reported
  }
}
