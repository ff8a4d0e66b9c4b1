import type { PendingMutation, RecoveryFailure, RecoveryReport } from '@openkb/journal';

import type { Context } from '../command.ts';
import { CliError } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { findRoot } from '../knowledge-base/find.ts';
import {
  type KnowledgeBase,
  knowledgeBaseAt,
  recoveredText,
  waiting,
} from '../knowledge-base/open.ts';
import { describePending } from '../knowledge-base/pending.ts';
import { printRestored, restoreSetAside } from '../recover/restore.ts';
import type { Print } from '../report/reporter.ts';
import { count } from '../report/words.ts';

interface Args extends Context {
  list: boolean | undefined;
  /** An ID; empty for all. */
  setAside: string | undefined;
  /** An ID. */
  restore: string | undefined;
}

interface Recovered {
  readonly type: 'recover';
  readonly root: string;
  readonly recovered: readonly RecoveryReport[];
  readonly setAside: readonly string[];
  /** What is still unfinished. */
  readonly failures: readonly RecoveryFailure[];
}

interface Unfinished {
  readonly type: 'recover-list';
  readonly root: string;
  readonly unfinished: readonly PendingMutation[];
  readonly setAside: readonly string[];
}

export async function run(args: Args): Promise<ExitCode> {
  const services = await args.services();
  const root = findRoot(services, args, 'recoverable');
  const kb = knowledgeBaseAt(services, root, 'openkb recover');
  if (args.list) {
    const { journal } = kb;
    const found = { unfinished: journal.pending(), setAside: journal.setAside() };
    args.reporter.result<Unfinished>({ type: 'recover-list', root, ...found }, printList);
    return exitCodes.done;
  }
  if (args.restore !== undefined) {
    const restored = await restoreSetAside(kb, args, args.restore);
    args.reporter.result(restored, printRestored);
    return restored.exitCode;
  }
  const result = await recover(kb, args);
  args.reporter.result(result, print);
  return result.failures.length === 0 ? exitCodes.done : exitCodes.recoveryNeeded;
}

async function recover(kb: KnowledgeBase, args: Args): Promise<Recovered> {
  const session = await kb.journal.acquire('exclusive', {
    ...waiting(args),
    unrecovered: 'report',
  });
  try {
    const failing = session.failures.map(({ id }) => id);
    const { setAside } = args;
    if (setAside && !failing.includes(setAside))
      throw new CliError(
        'unknown-id',
        `cannot set "${setAside}" aside: no unfinished change has this ID`,
        {
          hint: "See 'openkb recover --list'.",
        },
      );
    const chosen = setAside ? [setAside] : [];
    for (const id of chosen) session.setAside(id);
    // with one out of the way the next is tried, and may fail too
    const next = () => (setAside === '' ? session.failures[0] : undefined);
    for (let failure = next(); failure !== undefined; failure = next()) {
      chosen.push(failure.id);
      session.setAside(failure.id);
    }
    return {
      type: 'recover',
      root: kb.root,
      recovered: session.recovered,
      setAside: chosen,
      failures: session.failures,
    };
  } finally {
    session.release();
  }
}

const print: Print<Recovered> = ({ recovered, setAside, failures }, { bad, good }) => {
  if (recovered.length + setAside.length + failures.length === 0) return ['Nothing is unfinished.'];
  return [
    ...recovered.map((report) => `${good('done')}: ${recoveredText(report)}`),
    ...setAside.map(
      (id) => `${good('done')}: set aside in .openkb/quarantine/${id}; the files stay as they are`,
    ),
    ...failures.flatMap(({ id, reason, attempts }) => [
      `${bad('still unfinished')}: ${id} (${count(attempts, 'failed attempt')}): ${reason}`,
    ]),
    ...(failures.length === 0
      ? []
      : ["Remove the cause and run 'openkb recover' again, or go on without with --set-aside."]),
  ];
};

const printList: Print<Unfinished> = ({ unfinished, setAside }) => {
  if (unfinished.length + setAside.length === 0) return ['Nothing is unfinished or set aside.'];
  return [
    ...unfinished.map((mutation) => `unfinished: ${describePending(mutation)}`),
    ...setAside.map((id) => `set aside: .openkb/quarantine/${id}`),
  ];
};
