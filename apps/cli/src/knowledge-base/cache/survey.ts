/** Which pages are those that something was derived from, told by their stamps alone. */
import { dirname, join } from 'node:path';

import type { FileStat, FileSystem } from '@openkb/atomic-fs';

import { wikiPath } from '../layout.ts';
import { fileSystemTime } from './derived-file.ts';
import { settled, stampOf } from './stamp.ts';

/**
 * Pages and bytes that are read again at each use before a cache is renewed: a small wiki has none, and that of
 * a large one is not written again for every document.
 */
const FEW = 64;
const LITTLE = 1 << 18;
/** Share of the wiki that may be read again instead. */
const SHARE = 1 / 400;

export interface SurveyedPage {
  /** Below `wiki/`. */
  readonly path: string;
  /** Of the file; `undefined` for one whose stamp is known. */
  readonly changed?: {
    /** Under which what is read from the page from now on may be kept; `undefined`: under none. */
    readonly stamp: string | undefined;
  };
}

export interface Survey {
  /** Those of the pages that are there, in the order in which they were asked for. */
  readonly pages: readonly SurveyedPage[];
  /** Whether so much may be kept that it is worth while to write it. */
  readonly renew: boolean;
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
 * Looks at each page. To be called before any of the changed ones is read, because what is changed while
 * it is read must not be kept.
 */
export function survey(paths: readonly string[], options: SurveyOptions): Survey {
  const { fileSystem, root, cache } = options;
  const base = join(root, wikiPath(''));
  const seen: { path: string; stat: FileStat | undefined }[] = [];
  const changed: FileStat[] = [];
  let bytes = 0;
  for (const path of paths) {
    const stat = fileSystem.stat(base + path);
    if (stat === undefined) continue;
    const known = options.stampOf(path) === stampOf(stat);
    if (!known) changed.push(stat);
    bytes += stat.size;
    seen.push({ path, stat: known ? undefined : stat });
  }
  const isMuch = (files: readonly FileStat[]): boolean =>
    files.length >= Math.max(FEW, seen.length * SHARE) ||
    files.reduce((sum, { size }) => sum + size, 0) >= Math.max(LITTLE, bytes * SHARE);
  const now = isMuch(changed) ? fileSystemTime(fileSystem, dirname(cache)) : undefined;
  const keepable = (stat: FileStat): boolean =>
    now !== undefined && stat.kind === 'file' && settled(stat, now);
  const pages = seen.map(({ path, stat }): SurveyedPage => {
    if (stat === undefined) return { path };
    return { path, changed: { stamp: keepable(stat) ? stampOf(stat) : undefined } };
  });
  return { pages, renew: isMuch(changed.filter(keepable)) };
}
