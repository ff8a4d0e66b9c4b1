/**
 * Facts of pages without reading every page: each file's stamp is compared with the one under which its
 * facts are kept in `.openkb/cache/pages/`, and only what differs is read. The result is that of
 * reading all pages, for any sequence of edits and whatever becomes of the cache (`stamp.ts` says why).
 */
import { join } from 'node:path';

import type { FileSystem } from '@openkb/atomic-fs';
import { pageFacts, type PageFacts } from '@openkb/wiki';

import { cachePath } from '../layout.ts';
import { type DerivedFile, readDerived, writeDerived } from './derived-file.ts';
import {
  decodeFacts,
  decodePages,
  encodeFacts,
  encodePages,
  type StampedFacts,
} from './page-lines.ts';
import { survey } from './survey.ts';

/** The number changes with what `pageFacts` says of a page. */
const FORMAT = 'pages 1';

export interface PageCacheOptions {
  readonly fileSystem: FileSystem;
  /** Of the knowledge base. */
  readonly root: string;
  /** Text of a page, by its path below `wiki/`. */
  readonly read: (path: string) => string | undefined;
}

/** Facts of pages as they were when they were looked at. */
export interface PagesOfDirectory {
  /** Those of the pages that are there, in the order in which they were asked for. */
  readonly paths: readonly string[];
  facts(path: string): PageFacts | undefined;
}

/** @param paths pages of the directory of the wiki, relative to `wiki/` */
export type PageFactsReader = (directory: string, paths: readonly string[]) => PagesOfDirectory;

/** Looks at the pages anew at each call; what is kept is loaded once. */
export function pageCache({ fileSystem, root, read }: PageCacheOptions): PageFactsReader {
  const kept = new Map<string, ReadonlyMap<string, StampedFacts>>();
  return (directory, paths) => {
    const file = { path: join(root, cachePath('pages', directory)), format: FORMAT };
    const known = kept.get(directory) ?? load(fileSystem, file);
    kept.set(directory, known);
    const place = { fileSystem, root, cache: file.path };
    const stampOf = (path: string) => known.get(path)?.stamp;
    const { pages, renew } = survey(paths, { ...place, stampOf });
    // encoded, because facts themselves would keep the texts of all pages in memory
    const found = new Map<string, Buffer>();
    const keep = new Map<string, StampedFacts>();
    for (const { path, changed } of pages) {
      const same = changed === undefined ? known.get(path) : undefined;
      const encoded = same?.encoded ?? factsNow(path, read);
      if (encoded === undefined) continue;
      found.set(path, encoded);
      const stamp = same?.stamp ?? changed?.stamp;
      if (stamp !== undefined) keep.set(path, { stamp, encoded });
    }
    if (renew) {
      kept.set(directory, keep);
      writeDerived(fileSystem, file, encodePages(keep));
    }
    return {
      paths: [...found.keys()],
      facts: (path) => {
        const encoded = found.get(path);
        return encoded && decodeFacts(encoded);
      },
    };
  };
}

function factsNow(path: string, read: PageCacheOptions['read']): Buffer | undefined {
  const text = read(path);
  return text === undefined ? undefined : encodeFacts(pageFacts(path, text));
}

function load(fileSystem: FileSystem, file: DerivedFile): ReadonlyMap<string, StampedFacts> {
  return readDerived(fileSystem, file, decodePages) ?? new Map();
}
