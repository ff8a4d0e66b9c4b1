/** Which pages are those that something was derived from, told by their stamps alone. */
import { dirname, join } from 'node:path';

import type { FileStat, FileSystem } from '@openkb/atomic-fs';

import { wikiPath } from '../layout.ts';
import { fileSystemTime } from './derived-file.ts';
import { settled, stampOf } from './stamp.ts';

/** So many pages are read again at each use before a cache is renewed: a small wiki has none. */
export const FEW = 64;

export interface SurveyedPage {
  /** Below `wiki/`. */
  readonly path: string;
  /** Of the file; `undefined` for one whose stamp is known. */
  readonly changed?: {
    /** Under which what is read from the page from now on may be kept; `undefined`: under none. */
    readonly stamp: string | undefined;
  };
}

export interface SurveyOptions {
  readonly fileSystem: FileSystem;
  /** Of the knowledge base. */
  readonly root: string;
  /** The file in which the stamps are kept, absolute. */
  readonly cache: string;
  /** The stamp that is kept for a page. */
  readonly stampOf: (path: string) => string | undefined;
}

/**
 * Looks at each page that is there, in the order of `paths`. To be called before any of the changed ones
 * is read, because what is changed while it is read must not be kept.
 */
export function survey(paths: readonly string[], options: SurveyOptions): SurveyedPage[] {
  const { fileSystem, root, cache } = options;
  const base = join(root, wikiPath(''));
  const seen: { path: string; stat: FileStat | undefined }[] = [];
  let changes = 0;
  for (const path of paths) {
    const stat = fileSystem.stat(base + path);
    if (stat === undefined) continue;
    const known = options.stampOf(path) === stampOf(stat);
    if (!known) changes += 1;
    seen.push({ path, stat: known ? undefined : stat });
  }
  const now = changes < FEW ? undefined : fileSystemTime(fileSystem, dirname(cache));
  return seen.map(({ path, stat }) => {
    if (stat === undefined) return { path };
    const keepable = now !== undefined && stat.kind === 'file' && settled(stat, now);
    return { path, changed: { stamp: keepable ? stampOf(stat) : undefined } };
  });
}
