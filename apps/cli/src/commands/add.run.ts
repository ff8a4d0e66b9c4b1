import { addBatch } from '../add/batch.ts';
import { printOutcome, printSummary } from '../add/print.ts';
import { scanSources } from '../add/scan.ts';
import { connect, type Connection } from '../cloud/connect.ts';
import { cloudSources } from '../cloud/sources.ts';
import type { Context } from '../command.ts';
import { usageError } from '../errors.ts';
import type { ExitCode } from '../exit-codes.ts';
import { startDirectory } from '../knowledge-base/find.ts';
import { openKnowledgeBase, underLock } from '../knowledge-base/open.ts';
import { shownArguments } from '../web/web-source.ts';

interface Args extends Context {
  source: string[];
  fromPageindexCloud: string[];
  cloud: boolean | undefined;
  dryRun: boolean;
  failFast: boolean;
  force: boolean;
  allowPrivateNetwork: boolean;
}

/** The steps that take long enough to be told. */
const told: Readonly<Record<string, string>> = {
  convert: 'converting',
  fetch: 'fetching',
  upload: 'uploading',
  wait: 'waiting for PageIndex Cloud:',
  compile: 'compiling',
};

export async function run(args: Args): Promise<ExitCode> {
  const { reporter } = args;
  // it would mean the directory that one is in, which is rarely what an unset variable meant
  if (args.source.includes(''))
    throw usageError(
      'cannot add "": it names no file',
      "Name a file or a directory; '.' is the one you are in.",
    );
  const inCloud = cloudSources(args.fromPageindexCloud);
  if (args.source.length + inCloud.length === 0) throw nothingNamed();
  const services = await args.services();
  const kb = openKnowledgeBase(
    services,
    args,
    `openkb add ${shownArguments([...args.source, ...inCloud.map(({ name }) => name)])}`.slice(
      0,
      200,
    ),
  );
  if (kb.journal.pending().length > 0 && !args.dryRun) await underLock(kb, args, () => {});
  const config = kb.config();
  kb.registry();
  const files = scanSources(args.source, {
    ...services,
    extensions: await services.extensions(),
    from: startDirectory(services, args),
    root: kb.root,
  });
  const scan = { ...files, found: [...files.found, ...inCloud] };
  let connection: Promise<Connection> | undefined;
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
      allowPrivateNetwork: args.allowPrivateNetwork,
      uploads: {
        flag: args.cloud,
        setting: config.pageindex_cloud,
        stopped: false,
        announced: false,
      },
      cloud: () => (connection ??= connect(services, kb, args)),
      onStep: (source, step, state) => {
        // a pipe is told of the step once
        if (step === 'fetch' && state !== undefined && !args.json && !args.io.status) return;
        const number = numbers.get(source) ?? 0;
        const value = { type: 'step', step, source: source.shown, number, of, state };
        const verb = told[step];
        const text = `[${number}/${of}] ${verb}${state === undefined ? '' : ` ${state}`}`;
        reporter.step(value, verb === undefined ? undefined : { text, path: source.shown });
      },
    },
  });
  reporter.result(summary, printSummary);
  return summary.exitCode;
}

function nothingNamed() {
  return usageError(
    'there is nothing to add: name a file, a directory or an id',
    "For example 'openkb add paper.pdf', or 'openkb add --from-pageindex-cloud ID'; 'openkb cloud list' shows the ids.",
  );
}
