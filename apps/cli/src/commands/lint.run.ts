import { canAsk, confirm } from '../ask.ts';
import type { Context } from '../command.ts';
import { usageError } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { type KnowledgeBase, openKnowledgeBase, underLock } from '../knowledge-base/open.ts';
import {
  checkKnowledge,
  type Knowledge,
  type Stopped,
  stoppedBy,
} from '../lint/knowledge/check-knowledge.ts';
import { mend, type Mending } from '../lint/mend.ts';
import { printLint, printMending } from '../lint/print.ts';
import { saveReport } from '../lint/report-page.ts';
import type { LintResult } from '../lint/result.ts';
import { type Survey, survey } from '../lint/survey.ts';
import { openModel } from '../model/open-model.ts';
import { spending } from '../report/spending.ts';
import { uncolored } from '../report/style.ts';
import { count } from '../report/words.ts';
import type { Services } from '../services.ts';

interface Args extends Context {
  fix: boolean;
  dryRun: boolean;
  /** A name; `false` with `--no-model`. */
  model: string | false | undefined;
  groups: number;
  maxCost: number | undefined;
  save: boolean;
}

export async function run(args: Args): Promise<ExitCode> {
  const { reporter, fix, dryRun } = args;
  if (dryRun && !fix) throw usageError('--dry-run is for --fix: without it nothing is changed');
  if (dryRun && args.save) throw usageError('--dry-run writes no report: leave --save out');
  if (!Number.isInteger(args.groups) || args.groups < 1)
    throw usageError('--groups takes a number of 1 or more');
  if (args.maxCost !== undefined && !(args.maxCost >= 0))
    throw usageError('--max-cost takes a number of US dollars, 0 or more');
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, 'openkb lint');
  if (fix && !dryRun && kb.journal.pending().length > 0) await underLock(kb, args, () => {});
  const { seen, ...structure } = fix ? await mended(args, services, kb) : await looked(args, kb);
  const asked = dryRun ? {} : await knowledgeOf(args, services, kb, seen);
  const wrong = structure.findings.some(({ severity }) => severity === 'wrong');
  const stopped = asked.notAsked ?? asked.knowledge?.stopped;
  const result: Omit<LintResult, 'report'> = {
    type: 'lint',
    root: kb.root,
    pages: [...seen.wiki.paths].filter((path) => path.endsWith('.md')).length,
    documents: seen.registry?.size ?? 0,
    ...structure,
    ...asked,
    exitCode: stopped?.exitCode ?? (wrong ? exitCodes.failed : exitCodes.done),
  };
  const report = args.save ? await saveReport(kb, args, result, services.clock()) : undefined;
  reporter.result<LintResult>(
    { ...result, ...(report !== undefined && { report }) },
    printLint(args.verbose),
  );
  if (stopped)
    reporter.warn(
      `the model was not asked to the end: ${[stopped.message, stopped.hint].filter(Boolean).join('. ')}`,
    );
  return result.exitCode;
}

interface Structure extends Pick<LintResult, 'findings'> {
  readonly seen: Survey;
  readonly fix?: Mending;
}

async function looked(args: Args, kb: KnowledgeBase): Promise<Structure> {
  const seen = await survey(kb, args);
  return { seen, findings: seen.findings };
}

async function mended(args: Args, { clock }: Services, kb: KnowledgeBase): Promise<Structure> {
  const { mending, seen, findings } = await mend({
    kb,
    lock: args,
    clock,
    dryRun: args.dryRun,
    approve: async (plan) => {
      // in a script --fix is the yes, as it always was; undo takes the change back
      if (!canAsk(args)) return true;
      if (!args.yes) for (const line of printMending(plan, uncolored)) args.reporter.note(line);
      return confirm(args, `Change ${count(plan.changes.length, 'file')}`);
    },
  });
  return { seen, findings, fix: mending };
}

/** What a model says of the pages, where there is one and it is wanted. */
async function knowledgeOf(
  args: Args,
  services: Services,
  kb: KnowledgeBase,
  { wiki }: Survey,
): Promise<{ readonly knowledge?: Knowledge; readonly notAsked?: Stopped }> {
  const { model, groups, maxCost, reporter } = args;
  if (model === false) return {};
  let opened: Awaited<ReturnType<typeof openModel>>;
  try {
    opened = await openModel({ services, kb, reporter, model, maxCost });
  } catch (error) {
    return { notAsked: stoppedBy(error) };
  }
  if (opened === undefined) return {};
  try {
    return {
      knowledge: await checkKnowledge({ services, kb, context: args, opened, groups }, wiki),
    };
  } finally {
    await opened.close();
    const spent = opened.model.spent();
    if (spent.usage.requests > 0) reporter.note(spending(spent));
  }
}
