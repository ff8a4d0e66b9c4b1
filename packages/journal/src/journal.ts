import { acquireSession } from './acquire-session.ts';
import { check } from './check.ts';
import type { Context } from './context.ts';
import type { Journal, JournalOptions } from './contract.ts';
import { keptMutations, versionOf } from './history/kept.ts';
import { layoutOf } from './layout.ts';
import { pendingMutations } from './recover.ts';
import { createStaging } from './staging.ts';

/**
 * Opens the journal of a directory. Touches nothing: the first write is that of a session or of
 * `stage`.
 */
export function openJournal(options: JournalOptions): Journal {
  const stateDirectory = options.stateDirectory ?? '.openkb';
  const lockFile = options.lockFile ?? `${stateDirectory}/ingest.lock`;
  const layout = layoutOf(options.root, stateDirectory, lockFile);
  const { fileSystem, clock, randomId, locks } = options;
  const { keep, keepBytes } = options;
  const context: Context = {
    fileSystem,
    layout,
    clock,
    randomId,
    isLocked: unlocked,
    keep,
    keepBytes,
  };
  return {
    root: options.root,
    acquire: (mode, acquireOptions = {}) => acquireSession(context, options, mode, acquireOptions),
    stage: () => createStaging(context, locks),
    pending: () => pendingMutations(context),
    setAside() {
      const directory = layout.quarantineDirectory;
      return fileSystem.stat(directory)?.kind === 'directory' ? fileSystem.list(directory) : [];
    },
    history: () => keptMutations(context),
    version: (id, path, which) => versionOf(context, id, path, which),
    check: () => check(context, locks),
  };
}

/** Nothing that is done without a session depends on the lock. */
const unlocked = (): boolean => true;
