import { pause } from '../add/pause.ts';
import { confirm } from '../ask.ts';
import type { Context } from '../command.ts';
import { type CliError, interruption, usageError } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { explain } from '../explain.ts';
import { findDocument, type RegisteredDocument } from '../knowledge-base/find-document.ts';
import { type KnowledgeBase, openKnowledgeBase, underLock } from '../knowledge-base/open.ts';
import { nameOf } from '../knowledge-base/registry.ts';
import { type Compiling, openCompiling } from '../model/compiling.ts';
import { openModel } from '../model/open-model.ts';
import { estimateRecompile } from '../recompile/plan.ts';
import { printRecompiled } from '../recompile/print.ts';
import { recompileDocument, type RecompileOutcome } from '../recompile/recompile-document.ts';
import { refreshConventions } from '../recompile/refresh-conventions.ts';
import { cost, spending } from '../report/spending.ts';
import { count } from '../report/words.ts';
import type { Services } from '../services.ts';

interface Args extends Context {
  document: string[];
  all: boolean;
  model: string | undefined;
  dryRun: boolean;
  allowPartial: boolean;
  maxCost: number | undefined;
  refreshSchema: boolean;
}

export async function run(args: Args): Promise<ExitCode> {
  const { reporter, dryRun, allowPartial } = args;
  if (args.all === args.document.length > 0)
    throw usageError('name documents to compile again, or all of them with --all');
  if (args.maxCost !== undefined && !(args.maxCost > 0))
    throw usageError('--max-cost takes a number of US dollars above 0');
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, 'openkb recompile');
  if (kb.journal.pending().length > 0 && !dryRun) await underLock(kb, args, () => {});
  const documents = chosen(kb, args);
  if (args.refreshSchema && !dryRun) await refreshConventions(kb, args, services.clock);
  const opened = await openModel({ ...args, services, kb });
  try {
    const command = 'recompile';
    const compiling = await openCompiling({ services, kb, opened, command, allowPartial });
    if (!dryRun && !(await approved(args, kb, compiling, documents))) return exitCodes.done;
    return await recompileAll(args, services, kb, { compiling, documents });
  } finally {
    await opened?.close();
    const spent = opened?.model.spent();
    if (spent && spent.usage.requests > 0) reporter.note(spending(spent));
  }
}

function chosen(kb: KnowledgeBase, { all, document }: Args): readonly RegisteredDocument[] {
  const { registry } = kb.registryFile();
  if (all) return [...registry].map(([sha256, entry]) => ({ sha256, entry, name: nameOf(entry) }));
  const meant = document.map((given) => findDocument(registry, given));
  return [...new Map(meant.map((one) => [one.sha256, one])).values()];
}

/** Pages are written again, and a model may cost money: asked once, with what is known of it. */
async function approved(
  args: Args,
  kb: KnowledgeBase,
  compiling: Compiling,
  documents: readonly RegisteredDocument[],
): Promise<boolean> {
  if (args.yes) return true;
  const config = kb.config();
  let dollars: number | undefined = 0;
  for (const document of documents) {
    const compiler = compiling.open(() => {});
    const inputs = { kb, compiler, config, signal: args.signal };
    // oxlint-disable-next-line no-await-in-loop -- one text in memory after the other
    const estimate = await estimateRecompile(document, inputs);
    if (estimate === undefined) break;
    dollars =
      dollars === undefined || estimate.dollars === undefined
        ? undefined
        : dollars + estimate.dollars;
  }
  const asked = compiling.spent() !== undefined;
  const price = asked
    ? `, at a cost of about ${dollars === undefined ? 'unknown' : cost(dollars)}`
    : '';
  const what = `${count(documents.length, 'document')} again with ${compiling.name}${price}`;
  const yes = await confirm(args, `Compile ${what}`);
  if (!yes) args.reporter.note('Nothing was changed.');
  return yes;
}

interface Work {
  readonly compiling: Compiling;
  readonly documents: readonly RegisteredDocument[];
}

async function recompileAll(
  args: Args,
  { clock }: Services,
  kb: KnowledgeBase,
  { compiling, documents }: Work,
): Promise<ExitCode> {
  const { reporter, signal, dryRun } = args;
  const config = kb.config();
  const outcomes: RecompileOutcome[] = [];
  const failures: CliError[] = [];
  for (const [index, document] of documents.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- lets a signal arrive
    await pause(signal);
    const { name } = document;
    const step = { type: 'step', step: 'compile', source: name };
    reporter.step(step, { text: `[${index + 1}/${documents.length}] compiling`, path: name });
    const compiler = compiling.open(() => {});
    let committed = false;
    try {
      const work = { kb, lock: args, compiler, config, clock, dryRun };
      // oxlint-disable-next-line no-await-in-loop -- each is compiled with the pages of the one before
      const outcome = await recompileDocument(work, document);
      committed = outcome.status !== 'planned';
      outcomes.push(outcome);
      reporter.part(outcome, printRecompiled);
    } catch (error) {
      if (signal.aborted) throw interruption(signal);
      const failure = explain(error);
      failures.push(failure);
      reporter.partFailed({ type: 'document', ...failedAs(name, failure) }, failure);
      if (failure.exitCode !== exitCodes.failed) break;
    } finally {
      compiler.end(name, committed ? 'committed' : 'failed');
    }
  }
  return exitCodeOf(outcomes, failures);
}

const failedAs = (name: string, { code, message }: CliError) => ({
  status: 'failed',
  name,
  code,
  reason: message,
});

function exitCodeOf(
  outcomes: readonly RecompileOutcome[],
  failures: readonly CliError[],
): ExitCode {
  const hard = failures.find(({ exitCode }) => exitCode !== exitCodes.failed);
  if (hard) return hard.exitCode;
  if (failures.length > 0) return outcomes.length > 0 ? exitCodes.partial : exitCodes.failed;
  return outcomes.some(({ missing }) => missing.length > 0) ? exitCodes.partial : exitCodes.done;
}
