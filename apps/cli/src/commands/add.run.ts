import { addBatch } from '../add/batch.ts';
import { printOutcome, printSummary } from '../add/print.ts';
import { scanSources } from '../add/scan.ts';
import type { Context } from '../command.ts';
import { usageError } from '../errors.ts';
import type { ExitCode } from '../exit-codes.ts';
import { startDirectory } from '../knowledge-base/find.ts';
import { openKnowledgeBase, underLock } from '../knowledge-base/open.ts';

interface Args extends Context {
  source: string[];
  dryRun: boolean;
  failFast: boolean;
  force: boolean;
}

/** The steps that take long enough to be told. */
const told: Readonly<Record<string, string>> = { convert: 'converting', compile: 'compiling' };

export async function run(args: Args): Promise<ExitCode> {
  const { reporter } = args;
  // it would mean the directory that one is in, which is rarely what an unset variable meant
  if (args.source.includes(''))
    throw usageError(
      'cannot add "": it names no file',
      "Name a file or a directory; '.' is the one you are in.",
    );
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, `openkb add ${args.source.join(' ')}`.slice(0, 200));
  if (kb.journal.pending().length > 0 && !args.dryRun) await underLock(kb, args, () => {});
  const config = kb.config();
  kb.registry();
  const scan = scanSources(args.source, {
    ...services,
    extensions: await services.extensions(),
    from: startDirectory(services, args),
    root: kb.root,
  });
  const numbers = new Map(scan.found.map((source, i) => [source, i + 1]));
  const of = scan.found.length;
  const summary = await addBatch(scan, {
    failFast: args.failFast,
    onOutcome: (outcome) => {
      reporter.part(outcome, printOutcome);
    },
    onFailure: (outcome, error) => {
      reporter.partFailed(outcome, error);
    },
    run: {
      services,
      kb,
      lock: args,
      compiler: await services.compiler(),
      config,
      force: args.force,
      dryRun: args.dryRun,
      onStep: (source, step) => {
        const number = numbers.get(source) ?? 0;
        const value = { type: 'step', step, source: source.shown, number, of };
        const verb = told[step];
        const text = `[${number}/${of}] ${verb}`;
        reporter.step(value, verb === undefined ? undefined : { text, path: source.shown });
      },
    },
  });
  reporter.result(summary, printSummary);
  return summary.exitCode;
}
