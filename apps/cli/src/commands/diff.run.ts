import { type KeptMutation, JournalError } from '@openkb/journal';

import type { Context } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { type Compared, differenceOf } from '../history/compare.ts';
import { findMutation, nameOfMutation } from '../history/find-mutation.ts';
import { type KnowledgeBase, openKnowledgeBase } from '../knowledge-base/open.ts';
import type { Print, Reported } from '../report/reporter.ts';

interface Args extends Context {
  change: string | undefined;
  path: string[] | undefined;
}

interface Difference extends Reported {
  readonly type: 'diff-path';
  readonly path: string;
  readonly action: string;
  /** Unified form. */
  readonly lines: readonly string[];
}

/** Looks only: takes no lock. */
export async function run(args: Args): Promise<ExitCode> {
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, 'openkb diff');
  const mutation = findMutation(kb.journal.history(), args.change);
  const wanted = mutation.changes.filter(({ path }) => isWanted(path, args.path));
  args.reporter.note(`${nameOfMutation(mutation)}:`);
  for (const change of wanted) {
    const compared = bothSides(kb, mutation, change);
    // oxlint-disable-next-line no-await-in-loop -- one file in memory after the other
    const lines = await differenceOf(compared);
    const { path, action } = change;
    const value: Difference = { type: 'diff-path', path, action, lines };
    args.reporter.part(value, print);
  }
  return exitCodes.done;
}

/** What is lost of one path is no reason not to show the others. */
function bothSides(
  kb: KnowledgeBase,
  { id }: KeptMutation,
  change: KeptMutation['changes'][number],
): Compared {
  const side = (which: 'before' | 'after') => {
    try {
      return kb.journal.version(id, change.path, which);
    } catch (error) {
      if (error instanceof JournalError && error.code === 'not-restorable') return 'lost';
      throw error;
    }
  };
  return { ...change, was: side('before'), is: side('after') };
}

const isWanted = (path: string, only: readonly string[] | undefined) =>
  only === undefined ||
  only.some((one) => {
    const place = one.replace(/^\.\//, '').replace(/\/+$/, '');
    return path === place || path.startsWith(`${place}/`);
  });

const print: Print<Difference> = ({ lines }, { good, bad, bold, dim }) =>
  lines.map((line, i) => {
    if (i < 2) return bold(line);
    if (line.startsWith('+')) return good(line);
    if (line.startsWith('-')) return bad(line);
    return line.startsWith('@@') || line.startsWith('\\') ? dim(line) : line;
  });
