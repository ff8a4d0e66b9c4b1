/** The note beside the lock file: who holds it, for people. It may lie. */
import { readFileIfThere } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import type { LockHolder } from './lock/lock.ts';

/** What the holder wrote about itself; may be of one that died, or nothing. */
export function readHolder({ fileSystem, layout }: Context): LockHolder | undefined {
  try {
    const bytes = readFileIfThere(fileSystem, layout.holderFile);
    const value: unknown = bytes && JSON.parse(Buffer.from(bytes).toString('utf8'));
    return isHolder(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export interface HolderNote {
  /** Empties the note, so that nobody is told of a process that holds the lock no longer. Before the release. */
  clear(): void;
}

/** For people only, so it is neither synced nor atomic, and a failure is no failure of the command. */
export function writeHolder({ fileSystem, layout, clock }: Context, command: string): HolderNote {
  const holder: LockHolder = { pid: process.pid, command, since: clock().toISOString() };
  try {
    const handle = fileSystem.open(layout.holderFile, 'append', 0o644);
    try {
      // whoever released it left it empty
      if (handle.stat().size > 0) handle.truncate(0);
      handle.write(Buffer.from(`${JSON.stringify(holder)}\n`));
    } catch {
      // whoever waits will read "another process"
    }
    return {
      clear() {
        try {
          try {
            handle.truncate(0);
          } finally {
            handle.close();
          }
        } catch {
          // it says more than it should; the next holder writes over it
        }
      },
    };
  } catch {
    return { clear() {} };
  }
}

function isHolder(value: unknown): value is LockHolder {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'command' in value &&
    typeof value.command === 'string' &&
    'since' in value &&
    typeof value.since === 'string'
  );
}
