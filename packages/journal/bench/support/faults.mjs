// The real disk with one fault: an error at the last publish, or death at the commit point.
import { basename, dirname } from 'node:path';

import { nodeFileSystem } from '@openkb/atomic-fs';

import { PAGES } from './knowledge-base.mjs';

/** @param base the disk to put the fault on */
export function failAtLastPublish(base = nodeFileSystem()) {
  let published = 0;
  let failedAt;
  const rename = (from, to) => {
    if (basename(dirname(to)) === 'concepts' && failedAt === undefined) published += 1;
    if (published === PAGES && failedAt === undefined) {
      failedAt = performance.now();
      throw Object.assign(new Error('EIO: i/o error, rename'), { code: 'EIO' });
    }
    base.rename(from, to);
  };
  return { disk: { ...base, rename }, failedAt: () => failedAt };
}

/** Everything is published and forced; the rename that would commit does not happen any more. */
export function killAtCommitPoint() {
  const disk = nodeFileSystem();
  const rename = (from, to) => {
    if (basename(to) === 'committed') process.kill(process.pid, 'SIGKILL');
    disk.rename(from, to);
  };
  return { ...disk, rename };
}
