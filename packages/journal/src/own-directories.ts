/** The journal's own directories are real ones, or it writes nothing through them (I2). */
import { dirname, join } from 'node:path';

import type { Context } from './context.ts';
import { JournalError } from './errors.ts';

/**
 * A knowledge base may come from somebody else: a link in place of a directory of ours would lead
 * writes and removals outside.
 * @throws JournalError `bad-path`
 */
export function checkOwnDirectories({ fileSystem, layout }: Context): void {
  for (const path of [
    join(layout.root, layout.stateDirectory),
    layout.journalDirectory,
    layout.stagingDirectory,
    layout.quarantineDirectory,
    layout.recoveredDirectory,
  ]) {
    const kind = fileSystem.stat(path)?.kind;
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
