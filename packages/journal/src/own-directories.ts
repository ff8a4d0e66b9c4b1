/** The journal's own directories are real ones, or it writes nothing through them (I2). */
import { dirname, join } from 'node:path';

import type { Context } from './context.ts';
import { JournalError } from './errors.ts';

/** The state directory first; `shown`: relative to the root, posix. */
export function ownDirectories({
  layout,
}: Context): readonly { readonly path: string; readonly shown: string }[] {
  const { root, stateDirectory: state } = layout;
  return [
    { path: join(root, state), shown: state },
    { path: layout.journalDirectory, shown: `${state}/journal` },
    { path: layout.historyDirectory, shown: `${state}/history` },
    { path: layout.stagingDirectory, shown: `${state}/staging` },
    { path: layout.quarantineDirectory, shown: `${state}/quarantine` },
    { path: layout.recoveredDirectory, shown: `${state}/recovered` },
  ];
}

/**
 * A knowledge base may come from somebody else: a link in place of a directory of ours would lead
 * writes and removals outside.
 * @throws JournalError `bad-path`
 */
export function checkOwnDirectories(context: Context): void {
  for (const { path } of ownDirectories(context)) {
    const kind = context.fileSystem.stat(path)?.kind;
    if (kind === undefined || kind === 'directory') continue;
    throw new JournalError('bad-path', `"${path}" must be a directory and is none`);
  }
}

/** Whether a path below the root, and all between, are directories or absent, and none is a link. */
export function isRealDirectory({ fileSystem, layout }: Context, path: string): boolean {
  for (let at = path; at.length > layout.root.length; at = dirname(at)) {
    const kind = fileSystem.stat(at)?.kind;
    if (kind !== undefined && kind !== 'directory') return false;
  }
  return true;
}
