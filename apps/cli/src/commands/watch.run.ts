import { performance } from 'node:perf_hooks';

import type { Context } from '../command.ts';
import { interruption, usageError } from '../errors.ts';
import type { ExitCode } from '../exit-codes.ts';
import { openKnowledgeBase } from '../knowledge-base/open.ts';
import type { Print } from '../report/reporter.ts';
import { spending } from '../report/spending.ts';
import { count } from '../report/words.ts';
import type { Tally } from '../watch/tally.ts';
import { watchRaw } from '../watch/watch-raw.ts';

const now = () => performance.now();

interface Args extends Context {
  debounce: number;
  model: string | undefined;
}

export async function run(args: Args): Promise<ExitCode> {
  const { debounce, model, reporter } = args;
  if (!(debounce >= 0.1 && debounce <= 3600))
    throw usageError('--debounce takes a number of seconds from 0.1 to 3600');
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, 'openkb watch');
  kb.config();
  kb.registryFile();
  reporter.step({ type: 'watching', path: `${kb.root}/raw` } as { type: string });
  reporter.note(`watching "${kb.root}/raw"; Ctrl-C ends it`);
  const milliseconds = debounce * 1000;
  const tally = await watchRaw({ services, kb, context: args, model, debounce: milliseconds, now });
  const { exitCode } = interruption(args.signal);
  reporter.result({ type: 'watched', ...tally, exitCode }, print);
  return exitCode;
}

interface Watched extends Tally {
  readonly type: string;
  readonly exitCode: ExitCode;
}

const print: Print<Watched> = (watched, { bold, dim }) => {
  const { added, updated, partial, failed, waiting, spent } = watched;
  const parts = [
    `added ${added}`,
    ...(updated > 0 ? [`updated ${updated}`] : []),
    ...(partial > 0 ? [`partial ${partial}`] : []),
    `failed ${failed}`,
  ];
  return [
    bold(`stopped watching: ${parts.join(', ')}`),
    ...(waiting > 0
      ? [`${count(waiting, 'file')} in raw/ not added yet: the next watch, or 'openkb add', does`]
      : []),
    ...(spent && spent.usage.requests > 0 ? [dim(spending(spent))] : []),
  ];
};
