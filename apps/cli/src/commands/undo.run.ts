import { confirm } from '../ask.ts';
import type { Context } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { findMutation, nameOfMutation } from '../history/find-mutation.ts';
import { type Undone, undoMutation } from '../history/undo.ts';
import { openKnowledgeBase, underLock } from '../knowledge-base/open.ts';
import type { Print } from '../report/reporter.ts';
import { count } from '../report/words.ts';

interface Args extends Context {
  change: string | undefined;
}

export async function run(args: Args): Promise<ExitCode> {
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, 'openkb undo');
  if (kb.journal.pending().length > 0) await underLock(kb, args, () => {});
  const mutation = findMutation(kb.journal.history(), args.change);
  const name = nameOfMutation(mutation);
  const files = count(mutation.changes.length, 'file');
  if (!(await confirm(args, `Undo the ${name}, which changed ${files}`))) {
    args.reporter.note('Nothing was changed.');
    return exitCodes.done;
  }
  args.reporter.result(await undoMutation(kb, args, mutation, services.clock), print);
  return exitCodes.done;
}

const print: Print<Undone> = ({ changes, warnings, ...mutation }, { good, odd }) => [
  `${good('undone')}  ${nameOfMutation(mutation)}: ${count(changes.length, 'file')} changed`,
  ...warnings.map((warning) => `  ${odd('note:')} ${warning}`),
];
