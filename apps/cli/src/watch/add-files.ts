import { addBatch } from '../add/batch.ts';
import type { Outcome, Summary } from '../add/outcome.ts';
import { printOutcome } from '../add/print.ts';
import { progressOf } from '../add/progress.ts';
import type { FoundSource } from '../add/scan.ts';
import { connect, type Connection } from '../cloud/connect.ts';
import type { Uploads } from '../cloud/uploads.ts';
import type { Context } from '../command.ts';
import type { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { type KnowledgeBase, underLock } from '../knowledge-base/open.ts';
import { openCompiling } from '../model/compiling.ts';
import { openModel } from '../model/open-model.ts';
import type { Services } from '../services.ts';
import type { RawFile } from './raw-files.ts';

export interface AddFilesOptions {
  readonly services: Services;
  readonly kb: KnowledgeBase;
  readonly context: Context;
  /** `--model`. */
  readonly model: string | undefined;
  /** What was said and found out about uploads since the watch began. */
  readonly uploads: Omit<Uploads, 'setting'>;
  /** The file has been done with: it is in, or will fail again as long as it stays as it is. */
  readonly onDone: (file: RawFile) => void;
  /** Whether the file is still there. */
  readonly isThere: (file: RawFile) => boolean;
}

/**
 * Adds files of `raw/`, each in a commit of its own, as `openkb add` does; settings, model and registry are as
 * they are now. What an interrupted command left behind is recovered first.
 *
 * @throws {CliError} what makes every other file fail as well
 */
export async function addFiles(
  files: readonly RawFile[],
  options: AddFilesOptions,
): Promise<Summary> {
  const { services, kb, context, model } = options;
  if (kb.journal.pending().length > 0) await underLock(kb, context, () => {});
  const config = kb.config();
  const found = files.map(({ path, name, shown }): FoundSource => ({ path, name, shown }));
  const opened = await openModel({ ...context, services, kb, model });
  let connection: Promise<Connection> | undefined;
  try {
    const compiling = await openCompiling({
      services,
      kb,
      opened,
      command: 'add',
      allowPartial: false,
    });
    return await addBatch(
      { found, skipped: [], failed: [] },
      {
        failFast: false,
        jobs: 2,
        ...reporting(files, options),
        run: {
          services,
          kb,
          lock: context,
          compiling,
          config,
          force: false,
          dryRun: false,
          estimate: false,
          password: undefined,
          allowPrivateNetwork: false,
          uploads: Object.assign(options.uploads, { setting: config.pageindex_cloud }),
          cloud: () => (connection ??= connect(services, kb, context)),
          ...progressOf(context, found, services.clock),
        },
      },
    );
  } finally {
    await opened?.close();
  }
}

/** Whether another document would fail likewise, so that the file itself is not to blame. */
const failsAll = ({ exitCode }: CliError): boolean => exitCode !== exitCodes.failed;

function reporting(
  files: readonly RawFile[],
  { context: { reporter }, onDone, isThere }: AddFilesOptions,
) {
  const byName = new Map(files.map((file) => [file.shown, file]));
  const done = (source: string): void => {
    const file = byName.get(source);
    if (file) onDone(file);
  };
  return {
    onOutcome: (outcome: Exclude<Outcome, { status: 'failed' }>) => {
      done(outcome.source);
      reporter.part(outcome, printOutcome);
    },
    onFailure: (outcome: Extract<Outcome, { status: 'failed' }>, error: CliError) => {
      if (failsAll(error)) return;
      const file = byName.get(outcome.source);
      done(outcome.source);
      // another process took it in under its own name, or a person took it away
      if (file && !isThere(file)) return;
      reporter.partFailed(outcome, error);
    },
  };
}
