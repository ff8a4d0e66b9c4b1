/**
 * Locks for file systems and machines without a kernel lock: who wants the lock makes a file of his
 * own beside it, then looks whether somebody else has one. Of two that overlap, the one that looked
 * later saw the other's file and steps back; so two never hold it, though both may step back.
 * A file of a dead process counts for nothing and is removed; its name is never used again, so
 * that no living one can be removed by mistake.
 *
 * What it cannot do: it does not see kernel locks, nor do they see it, so all who use a directory must
 * choose it; it knows nothing of processes of other machines and containers, and takes them for
 * alive; and it needs a directory whose names every process sees at once (no network folder with a cache).
 */
import { basename, dirname, join } from 'node:path';

import { removeFile, type FileSystem } from '@openkb/atomic-fs';

import type { HeldLock, LockProvider } from './lock.ts';
import { PID_FILE_LOCKS, pidFileName, pidFiles, type PidFile } from './pid-file-name.ts';
import { systemProcesses, type Processes } from './processes.ts';

export interface PidFileOptions {
  readonly fileSystem: FileSystem;
  /** Lower-case letters and digits, different at every call and in every process. */
  readonly randomId: () => string;
  /** For tests; the default asks the system. */
  readonly processes?: Processes;
}

/** Opt-in: choose it for every process that uses the directory, or for none. */
export function pidFileLocks({
  fileSystem,
  randomId,
  processes = systemProcesses(),
}: PidFileOptions): LockProvider {
  /** Living ones that exclude `mode`. */
  const rivals = (path: string, mode: PidFile['mode'], own?: string): PidFile[] => {
    const files = pidFiles(basename(path), fileSystem.list(dirname(path)));
    return files.filter(
      (file) =>
        file.name !== own &&
        (mode === 'exclusive' || file.mode === 'exclusive') &&
        processes.mayLive(file),
    );
  };
  return {
    name: PID_FILE_LOCKS,
    tryLock(path, mode) {
      // seen without a file of one's own, so that two who wait do not keep each other away
      if (rivals(path, mode).length > 0) return undefined;
      const name = pidFileName(basename(path), mode, processes.self, randomId());
      const lock = announce(fileSystem, join(dirname(path), name));
      try {
        if (rivals(path, mode, name).length === 0) {
          removeDead(fileSystem, processes, path);
          return lock;
        }
      } catch (error) {
        lock.release();
        throw error;
      }
      lock.release();
      return undefined;
    },
    look: (path) => (rivals(path, 'shared').length > 0 ? 'held' : 'free'),
  };
}

function announce(fileSystem: FileSystem, path: string): HeldLock {
  fileSystem.open(path, 'create', 0o644).close();
  let held = true;
  return {
    isCurrent: () => held && fileSystem.stat(path) !== undefined,
    release() {
      if (!held) return;
      held = false;
      removeFile(fileSystem, path);
    },
  };
}

function removeDead(fileSystem: FileSystem, processes: Processes, path: string): void {
  for (const file of pidFiles(basename(path), fileSystem.list(dirname(path)))) {
    if (processes.mayLive(file)) continue;
    try {
      removeFile(fileSystem, join(dirname(path), file.name));
    } catch {
      // it counts for nothing all the same
    }
  }
}
