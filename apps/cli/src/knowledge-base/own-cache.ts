/**
 * Directories below `.openkb/cache`. A knowledge base may come from somebody else: nothing is read, written
 * or removed there through a link.
 */
import { join } from 'node:path';

import type { KnowledgeBase } from './open.ts';

export interface OwnCache {
  /** Absolute. */
  readonly directory: string;
  /** Whether it, and all above it, are directories or not there yet. */
  readonly isOurs: () => boolean;
}

/** @param name of the directory: `replies` */
export function ownCache(
  { fileSystem, root }: Pick<KnowledgeBase, 'fileSystem' | 'root'>,
  name: string,
): OwnCache {
  const cache = join(root, '.openkb', 'cache');
  const directory = join(cache, name);
  return {
    directory,
    isOurs: () =>
      [cache, directory].every((path) => {
        const kind = fileSystem.stat(path)?.kind;
        return kind === undefined || kind === 'directory';
      }),
  };
}
