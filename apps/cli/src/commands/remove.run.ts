import { pause } from '../add/pause.ts';
import { confirm } from '../ask.ts';
import type { Context } from '../command.ts';
import { usageError } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { findDocument } from '../knowledge-base/find-document.ts';
import { openKnowledgeBase, underLock } from '../knowledge-base/open.ts';
import { printRemoval } from '../remove/print.ts';
import { removeDocument, type RemovalOutcome } from '../remove/remove-document.ts';
import { openRemover } from '../remove/remover.ts';
import { uncolored } from '../report/style.ts';

interface Args extends Context {
  document: string[];
  dryRun: boolean;
  keepRaw: boolean;
  keepEmpty: boolean;
  rewrite: boolean;
  model: string | undefined;
}

export async function run(args: Args): Promise<ExitCode> {
  const { reporter, dryRun, keepRaw, keepEmpty } = args;
  if (args.model !== undefined && !args.rewrite)
    throw usageError('--model is for --rewrite: without it no model is asked');
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, `openkb remove ${args.document.join(' ')}`);
  if (kb.journal.pending().length > 0 && !dryRun) await underLock(kb, args, () => {});
  // all names are understood before the first document goes
  const { registry } = kb.registryFile();
  const meant = args.document.map((given) => findDocument(registry, given));
  const documents = [...new Map(meant.map((one) => [one.sha256, one])).values()];
  const remover = await openRemover({ ...args, services, kb }, args.rewrite);
  const removal = {
    kb,
    lock: args,
    remover,
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
  try {
    for (const document of documents) {
      /* oxlint-disable no-await-in-loop -- one after the other: what one leaves is what the next finds */
      await pause(args.signal);
      const outcome = await removeDocument(removal, document);
      /* oxlint-enable no-await-in-loop */
      remover.end(outcome.name, outcome.status === 'removed' ? 'committed' : 'failed');
      reporter.result(outcome, printRemoval);
    }
  } finally {
    await remover.close();
  }
  return exitCodes.done;
}
