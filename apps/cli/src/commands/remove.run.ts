import { confirm } from '../ask.ts';
import type { Context } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { findDocument } from '../knowledge-base/find-document.ts';
import { openKnowledgeBase, underLock } from '../knowledge-base/open.ts';
import { printRemoval } from '../remove/print.ts';
import { removeDocument, type RemovalOutcome } from '../remove/remove-document.ts';
import { uncolored } from '../report/style.ts';

interface Args extends Context {
  document: string[];
  dryRun: boolean;
  keepRaw: boolean;
  keepEmpty: boolean;
}

export async function run(args: Args): Promise<ExitCode> {
  const { reporter, dryRun, keepRaw, keepEmpty } = args;
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, `openkb remove ${args.document.join(' ')}`);
  if (kb.journal.pending().length > 0 && !dryRun) await underLock(kb, args, () => {});
  // all names are understood before the first document goes
  const meant = args.document.map((given) => findDocument(kb.registry(), given));
  const documents = [...new Map(meant.map((one) => [one.sha256, one])).values()];
  const removal = {
    kb,
    lock: args,
    compiler: await services.compiler(),
    config: kb.config(),
    clock: services.clock,
    dryRun,
    keepRaw,
    keepEmpty,
    approve: async (outcome: RemovalOutcome) => {
      if (!args.yes) for (const line of printRemoval(outcome, uncolored)) reporter.note(line);
      return confirm(args, `Remove "${outcome.name}"`);
    },
  };
  for (const document of documents) {
    // one after the other: what one leaves is what the next finds
    // oxlint-disable-next-line no-await-in-loop
    reporter.result(await removeDocument(removal, document), printRemoval);
  }
  return exitCodes.done;
}
