// What no protocol of this kind can do without, in raw calls: as many files written, forced, linked
// and renamed, and as many directories forced, as by a commit or a rollback. No hashes, no looks, no
// lock. Directories are made before and removed after the measured part.
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

import { PAGES, pageBytes, REPLACED } from './knowledge-base.mjs';

/** Raw calls of `commitFloor`, named as the port names them. */
export const commitFloorCounts = (freshOriginals) => ({
  create: PAGES + 1,
  write: PAGES + 1,
  sync: PAGES + 1 + freshOriginals,
  link: REPLACED,
  rename: PAGES + 2,
  syncDirectory: 5,
});

/**
 * @param freshOriginals how many originals were written within the last minute: those are forced
 * @returns milliseconds
 */
export function commitFloor(root, round, freshOriginals) {
  const place = join(root, `.openkb/floor-${round}`);
  const before = join(place, 'before');
  const live = join(root, 'wiki/concepts');
  mkdirSync(before, { recursive: true });
  const pages = Array.from({ length: PAGES }, (_, n) => pageBytes(n));
  const start = performance.now();
  for (let n = 0; n < REPLACED; n += 1) {
    linkSync(join(live, `c${n}.md`), join(before, String(n)));
    if (n < freshOriginals) force(join(before, String(n)));
  }
  for (const [n, bytes] of pages.entries()) writeForced(join(place, String(n)), bytes);
  force(before);
  force(join(root, '.openkb'));
  writeForced(join(place, 'new'), pages[0]);
  renameSync(join(place, 'new'), join(place, 'active'));
  force(place);
  for (let n = 0; n < PAGES; n += 1) {
    const name = n < REPLACED ? `c${n}.md` : `floor-${round}-${n}.md`;
    renameSync(join(place, String(n)), join(live, name));
  }
  force(live);
  renameSync(join(place, 'active'), join(place, 'committed'));
  force(place);
  const time = performance.now() - start;
  rmSync(place, { recursive: true });
  return time;
}

/** The same for the way back: originals linked and renamed into place, new files removed. */
export function rollbackFloor(root, round) {
  const place = join(root, `.openkb/floor-${round}`);
  const live = join(root, 'wiki/concepts');
  mkdirSync(place);
  for (let n = 0; n < PAGES; n += 1) {
    if (n < REPLACED) linkSync(join(live, `c${n}.md`), join(place, String(n)));
    const name = n < REPLACED ? `c${n}.md` : `floor-${round}-${n}.md`;
    writeForced(join(place, 'page'), pageBytes(n));
    renameSync(join(place, 'page'), join(live, name));
  }
  writeForced(join(place, 'active'), pageBytes(0));
  const start = performance.now();
  for (let n = 0; n < PAGES; n += 1) {
    if (n < REPLACED) {
      linkSync(join(place, String(n)), join(place, 'undo'));
      renameSync(join(place, 'undo'), join(live, `c${n}.md`));
    } else unlinkSync(join(live, `floor-${round}-${n}.md`));
  }
  force(live);
  renameSync(join(place, 'active'), join(place, 'rolled_back'));
  force(place);
  const time = performance.now() - start;
  rmSync(place, { recursive: true });
  return time;
}

function writeForced(path, bytes) {
  const descriptor = openSync(path, 'wx');
  writeSync(descriptor, bytes);
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function force(path) {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
