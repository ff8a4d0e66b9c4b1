/** `openkb recover --restore ID`: brings back what was set aside, as far as nothing was written since. */
import type { RestoreReport } from '@openkb/journal';

import { exitCodes, type ExitCode } from '../exit-codes.ts';
import {
  type KnowledgeBase,
  type LockContext,
  recoveredText,
  waiting,
} from '../knowledge-base/open.ts';
import type { Print } from '../report/reporter.ts';
import { count } from '../report/words.ts';

interface Restored extends RestoreReport {
  readonly type: 'recover-restore';
  readonly root: string;
  readonly exitCode: ExitCode;
}

/** @throws {JournalError} `not-restorable`, `recovery-needed`, `locked` */
export async function restoreSetAside(
  kb: KnowledgeBase,
  context: LockContext,
  id: string,
): Promise<Restored> {
  const session = await kb.journal.acquire('exclusive', waiting(context));
  try {
    for (const report of session.recovered) context.reporter.warn(recoveredText(report));
    const report = session.restore(id);
    for (const warning of report.warnings) context.reporter.warn(warning);
    return { type: 'recover-restore', root: kb.root, ...report, exitCode: exitCodeOf(report) };
  } finally {
    session.release();
  }
}

function exitCodeOf({ restored, left }: RestoreReport): ExitCode {
  if (left.length === 0) return exitCodes.done;
  return restored.length === 0 ? exitCodes.failed : exitCodes.partial;
}

export const printRestored: Print<Restored> = (report, { bad, good }) => {
  const { id, operation, subject, restored, left, keptIn } = report;
  const what = [operation ?? 'a change', subject && `of "${subject}"`].filter(Boolean).join(' ');
  const lines = restored.map((path) => `${good('restored')}: ${path}`);
  const kept = left.map(({ path, reason }) => `${bad('left as it is')}: ${path}: ${reason}`);
  if (left.length === 0) {
    const done = `${what} is undone: ${count(restored.length, 'file')} restored`;
    return [...lines, `${done}, and ${id} is ${keptIn === undefined ? 'gone' : 'needed no more'}.`];
  }
  return [
    ...lines,
    ...kept,
    `The originals of what was left are kept in ${keptIn}; compare them and run this again.`,
  ];
};
