import type { Context } from '../command.ts';
import { usageError } from '../errors.ts';
import { openKnowledgeBase } from '../knowledge-base/open.ts';
import { readLedger } from '../model/ledger.ts';
import { printUsage } from '../spending/print.ts';
import { summarise } from '../spending/summarise.ts';

interface Args extends Context {
  since: string | undefined;
}

/** Reads the ledger as it is; it is appended to line by line, so that no lock is needed. */
export async function run(args: Args): Promise<void> {
  const since = args.since === undefined ? undefined : instantOf(args.since);
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, 'openkb usage');
  const summary = summarise(readLedger(kb, since), since);
  if (summary.entries.length === 0)
    args.reporter.note(
      since === undefined
        ? 'No model has been asked yet.'
        : `No model has been asked since ${args.since}.`,
    );
  args.reporter.result(summary, printUsage);
}

/** A day begins at midnight here, not in Greenwich. */
function instantOf(given: string): Date {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(given) ?? [];
  const date =
    year === undefined
      ? /^\d{4}-\d{2}-\d{2}[T ]\d/.test(given)
        ? new Date(given)
        : new Date(Number.NaN)
      : new Date(Number(year), Number(month) - 1, Number(day));
  const isDay =
    year === undefined || (date.getDate() === Number(day) && date.getMonth() === Number(month) - 1);
  if (Number.isNaN(date.getTime()) || !isDay)
    throw usageError(`"${given}" is no date`, 'Write it as 2026-01-31, or 2026-01-31T12:00:00Z.');
  return date;
}
