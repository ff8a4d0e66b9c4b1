/** Keeps people's versions of files out of the way of a rollback (I8). */
import { dirname, join } from 'node:path';

import { hardLinkOrCopy, hashFile, makeDirectories } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import { isRealDirectory } from './own-directories.ts';
import { syncFile } from './sync-file.ts';

/**
 * Gives what lies at a live path a second place under `recovered/<id>/`, durably; a directory moves
 * there. Kept versions are never overwritten: a further one gets a number.
 * @throws Error when the place leads outside, or the disk refuses
 */
export function keepEdit(context: Context, id: string, path: string): void {
  const { fileSystem, layout } = context;
  const live = layout.live(path);
  const isDirectory = fileSystem.stat(live)?.kind === 'directory';
  let place = layout.recovered(id, path);
  if (!isRealDirectory(context, dirname(place))) {
    throw new Error(`"${dirname(place)}" is not a directory of its own`);
  }
  makeDirectories(fileSystem, dirname(place));
  for (let version = 2; fileSystem.stat(place) !== undefined; version += 1) {
    const kept = fileSystem.stat(place)?.kind === 'file' && !isDirectory;
    if (kept && hashFile(fileSystem, place).sha256 === hashFile(fileSystem, live).sha256) return;
    place = layout.recovered(id, `${path}.${version}`);
  }
  if (isDirectory) fileSystem.rename(live, place);
  else {
    hardLinkOrCopy(fileSystem, live, place);
    syncFile(fileSystem, place);
  }
  fileSystem.syncDirectory(dirname(place));
}

/** All that is kept for a mutation, also by an earlier rollback that was cut short; relative to the root. */
export function keptEdits({ fileSystem, layout }: Context, id: string): string[] {
  const top = layout.recovered(id, '.');
  const found: string[] = [];
  const walk = (directory: string, below: string): void => {
    for (const name of fileSystem.list(directory)) {
      const path = join(directory, name);
      const shown = `${below}/${name}`;
      if (fileSystem.stat(path)?.kind === 'directory') walk(path, shown);
      else found.push(shown);
    }
  };
  if (fileSystem.stat(top)?.kind === 'directory') {
    walk(top, `${layout.stateDirectory}/recovered/${id}`);
  }
  return found;
}
