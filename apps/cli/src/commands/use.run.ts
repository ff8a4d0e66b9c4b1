import { resolve } from 'node:path';

import type { Context } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { findRoot, startDirectory } from '../knowledge-base/find.ts';
import type { Print } from '../report/reporter.ts';
import { defaultRoot, setDefaultRoot } from '../settings/default-root.ts';
import { changeUserFile } from '../settings/user-file.ts';

interface Args extends Context {
  dir: string | undefined;
  none: boolean;
}

interface Used {
  readonly type: 'use';
  /** Absent where none is chosen. */
  readonly root?: string;
}

export async function run(args: Args): Promise<ExitCode> {
  const services = await args.services();
  const { dir, none } = args;
  let root = defaultRoot(services);
  if (none) {
    await changeUserFile(services, (text) => setDefaultRoot(text, undefined));
    root = undefined;
  } else if (dir !== undefined) {
    const chosen = resolve(startDirectory(services, args), dir);
    const found = findRoot(services, { ...args, kb: chosen, kbOrigin: 'openkb use' });
    await changeUserFile(services, (text) => setDefaultRoot(text, found));
    root = found;
  }
  args.reporter.result<Used>({ type: 'use', ...(root !== undefined && { root }) }, print);
  return exitCodes.done;
}

const print: Print<Used> = ({ root }) =>
  root === undefined
    ? ["No knowledge base is chosen; choose one with 'openkb use DIR'."]
    : [`Commands that are run outside of a knowledge base use ${root}.`];
