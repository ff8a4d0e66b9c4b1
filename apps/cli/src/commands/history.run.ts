import type { KeptMutation } from '@openkb/journal';

import type { Context } from '../command.ts';
import { usageError } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { nameOfMutation, numberOf } from '../history/find-mutation.ts';
import { openKnowledgeBase } from '../knowledge-base/open.ts';
import { localTime } from '../report/local-time.ts';
import type { Print } from '../report/reporter.ts';
import type { Style } from '../report/style.ts';

interface Args extends Context {
  top: number;
}

interface History {
  readonly type: 'history';
  readonly root: string;
  /** Newest first. */
  readonly kept: readonly KeptMutation[];
}

/** Looks only: takes no lock. */
export async function run(args: Args): Promise<ExitCode> {
  if (!Number.isInteger(args.top) || args.top < 1)
    throw usageError('--top takes a number of 1 or more');
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, 'openkb history');
  const kept = kb.journal.history().slice(0, args.top);
  if (kept.length === 0)
    args.reporter.note('Nothing is kept yet; the next command that changes something is.');
  const history: History = { type: 'history', root: kb.root, kept };
  args.reporter.result(history, args.verbose ? printAll : print);
  return exitCodes.done;
}

const print: Print<History> = ({ kept }, style) => kept.map((mutation) => line(mutation, style));

const printAll: Print<History> = ({ kept }, style) =>
  kept.flatMap((mutation) => [
    line(mutation, style),
    ...mutation.changes.map(({ action, path }) => `       ${action.padEnd(7)}  ${path}`),
  ]);

function line(mutation: KeptMutation, { bold, dim }: Style): string {
  const number = (action: string) =>
    mutation.changes.filter((change) => change.action === action).length;
  const counts = [`+${number('created')}`, `~${number('updated')}`, `-${number('removed')}`].join(
    ' ',
  );
  const when = localTime(new Date(mutation.committed));
  return `${bold(String(numberOf(mutation)).padStart(5))}  ${dim(when)}  ${nameOfMutation(mutation)}  ${dim(`(${counts})`)}`;
}
