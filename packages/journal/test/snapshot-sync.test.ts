/** I3: an original whose data may not be on disk yet is synced before its path is touched. */
import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openJournal, kernelLocks } from '../src/index.ts';
import { commitOnce, disk, failing, temporaryRoot, text, write } from './support/real.ts';

const HOUR = 3_600_000;

/** Whether the original of `a.md` is synced by a commit that begins so many milliseconds after it was made. */
async function isOriginalSynced(later: number, withChanged = true): Promise<boolean> {
  const root = temporaryRoot();
  write(root, { 'a.md': 'unpacked from an archive' });
  // `cp -p` and archives set the time of modification back; the system's own time of change stays
  utimesSync(join(root, 'a.md'), 1_000_000_000, 1_000_000_000);
  const made = statSync(join(root, 'a.md')).ctimeMs;
  let synced = false;
  const watched = failing('none', (call, path) => {
    synced ||= call === 'sync' && path.endsWith('/before/0');
    return false;
  });
  const journal = openJournal({
    root,
    fileSystem: {
      ...watched,
      stat(path) {
        const { changed, ...rest } = disk.stat(path) ?? {};
        if (!('kind' in rest)) return undefined;
        return withChanged && changed !== undefined ? { ...rest, changed } : rest;
      },
    },
    locks: kernelLocks(),
    clock: () => new Date(made + later),
    randomId: () => 'abcd1234',
    command: 'test',
  });
  await commitOnce(journal, [{ kind: 'write', path: 'a.md', bytes: text('new') }]);
  return synced;
}

test('a new file with an old time of modification is synced', async () => {
  expect(await isOriginalSynced(0)).toBe(true);
});

test('a file that was changed long ago is not synced again', async () => {
  expect(await isOriginalSynced(HOUR)).toBe(false);
});

test('where the system does not tell when it was changed, its time of modification counts', async () => {
  expect(await isOriginalSynced(0, false)).toBe(false);
});
