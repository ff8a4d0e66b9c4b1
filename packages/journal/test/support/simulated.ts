/** A journal over the simulated file system, for the crash and fault loops. */
import type { FileSystem } from '@openkb/atomic-fs';
import type { SimulatedFileSystem } from '@openkb/test-kit/file-system';
import { memoryLocks } from '@openkb/test-kit/locks';

import { openJournal, type Change, type Journal, type JournalOptions } from '../../src/index.ts';

export const ROOT = '/kb';

export function simulatedJournal(
  fileSystem: FileSystem,
  seed = 0,
  options: Pick<JournalOptions, 'keep' | 'keepBytes'> = {},
): Journal {
  let ids = seed;
  return openJournal({
    root: ROOT,
    fileSystem,
    locks: memoryLocks(),
    clock: () => new Date('2026-01-02T03:04:05Z'),
    randomId: () => (ids += 1).toString(16).padStart(8, '0'),
    sleep: async () => {},
    command: 'test',
    ...options,
  });
}

/** Writes files durably enough for a start: the loop settles the disk afterwards. */
export function populate(fileSystem: SimulatedFileSystem, files: Readonly<Record<string, string>>) {
  const made = new Set(['/']);
  for (const [path, content] of Object.entries(files)) {
    const parts = `${ROOT}/${path}`.split('/').slice(1);
    for (let n = 1; n < parts.length; n += 1) {
      const directory = `/${parts.slice(0, n).join('/')}`;
      if (made.has(directory)) continue;
      made.add(directory);
      fileSystem.makeDirectory(directory);
    }
    if (path.endsWith('/')) continue;
    const handle = fileSystem.open(`${ROOT}/${path}`, 'create');
    handle.write(Buffer.from(content));
    handle.close();
  }
}

export async function commitSimulated(fileSystem: FileSystem, changes: readonly Change[]) {
  const session = await simulatedJournal(fileSystem).acquire('exclusive');
  try {
    session.commit({ operation: 'test', changes });
  } finally {
    session.release();
  }
}

/** What the next process does first. */
export async function recoverSimulated(fileSystem: FileSystem): Promise<void> {
  (await simulatedJournal(fileSystem, 1000).acquire('exclusive')).release();
}

/** The lock's note for people may say anything. */
export const ignore = (path: string) => path === `${ROOT}/.openkb/ingest.lock.info`;
