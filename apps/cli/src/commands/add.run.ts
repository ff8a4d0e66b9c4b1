import { addBatch } from '../add/batch.ts';
import { printOutcome, printSummary } from '../add/print.ts';
import { progressOf } from '../add/progress.ts';
import { type FoundSource, type Scan, scanSources } from '../add/scan.ts';
import { connect, type Connection } from '../cloud/connect.ts';
import { cloudSources } from '../cloud/sources.ts';
import type { Context } from '../command.ts';
import { usageError } from '../errors.ts';
import type { ExitCode } from '../exit-codes.ts';
import { startDirectory } from '../knowledge-base/find.ts';
import { openKnowledgeBase, underLock } from '../knowledge-base/open.ts';
import { openCompiling } from '../model/compiling.ts';
import { openModel } from '../model/open-model.ts';
import type { Services } from '../services.ts';
import { removeOldDownloads } from '../web/kept-downloads.ts';
import { shownArguments } from '../web/web-source.ts';

interface Args extends Context {
  source: string[];
  fromPageindexCloud: string[];
  cloud: boolean | undefined;
  dryRun: boolean;
  failFast: boolean;
  force: boolean;
  password: string | undefined;
  allowPrivateNetwork: boolean;
  model: string | undefined;
  jobs: number;
  allowPartial: boolean;
  estimate: boolean;
  maxCost: number | undefined;
}

export async function run(args: Args): Promise<ExitCode> {
  const { reporter } = args;
  checkOptions(args);
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
  kb.registryFile();
  const scan = await scanAll(args, services, { root: kb.root, inCloud });
  let connection: Promise<Connection> | undefined;
  removeOldDownloads(kb, services.clock());
  const opened = await openModel({ ...args, services, kb });
  try {
    const compiling = await openCompiling({
      services,
      kb,
      opened,
      command: 'add',
      allowPartial: args.allowPartial,
    });
    const summary = await addBatch(scan, {
      failFast: args.failFast,
      jobs: args.jobs,
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
        compiling,
        config,
        force: args.force,
        dryRun: args.dryRun,
        estimate: args.estimate,
        password: args.password,
        allowPrivateNetwork: args.allowPrivateNetwork,
        uploads: {
          // an estimate sends nothing to anybody
          flag: args.estimate ? false : args.cloud,
          setting: config.pageindex_cloud,
          stopped: false,
          announced: false,
        },
        cloud: () => (connection ??= connect(services, kb, args)),
        ...progressOf(args, scan.found, services.clock),
      },
    });
    reporter.result(summary, printSummary);
    return summary.exitCode;
  } finally {
    await opened?.close();
  }
}

async function scanAll(
  args: Args,
  services: Services,
  { root, inCloud }: { readonly root: string; readonly inCloud: readonly FoundSource[] },
): Promise<Scan> {
  const extensions = await services.extensions();
  const from = startDirectory(services, args);
  const files = scanSources(args.source, { ...services, extensions, from, root });
  return { ...files, found: [...files.found, ...inCloud] };
}

function nothingNamed() {
  return usageError(
    'there is nothing to add: name a file, a directory or an id',
    "For example 'openkb add paper.pdf', or 'openkb add --from-pageindex-cloud ID'; 'openkb cloud list' shows the ids.",
  );
}

function checkOptions({ jobs, maxCost, estimate, dryRun }: Args): void {
  if (estimate && dryRun) throw usageError('give either --estimate or --dry-run');
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64)
    throw usageError('--jobs takes a whole number from 1 to 64');
  if (maxCost !== undefined && !(maxCost > 0))
    throw usageError('--max-cost takes a number of US dollars above 0');
}
