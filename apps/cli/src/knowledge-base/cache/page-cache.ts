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
import { decodePages, encodePages, type StampedFacts } from './page-lines.ts';
import { FEW, survey } from './survey.ts';

/** The number changes with what `pageFacts` says of a page. */
const FORMAT = 'pages 1';

export interface PageCacheOptions {
  readonly fileSystem: FileSystem;
  /** Of the knowledge base. */
  readonly root: string;
  /** Text of a page, by its path below `wiki/`. */
  readonly read: (path: string) => string | undefined;
}

/** Facts of those of the pages that are there, as they are at the call, in the order of `paths`. */
export type PageFactsReader = (
  directory: string,
  paths: readonly string[],
) => ReadonlyMap<string, PageFacts>;

/** `paths` of a call are pages of its directory of the wiki, relative to `wiki/`. */
export function pageCache({ fileSystem, root, read }: PageCacheOptions): PageFactsReader {
  const kept = new Map<string, ReadonlyMap<string, StampedFacts>>();
  return (directory, paths) => {
    const file = { path: join(root, cachePath('pages', directory)), format: FORMAT };
    const known = kept.get(directory) ?? load(fileSystem, file);
    kept.set(directory, known);
    const pages = survey(paths, {
      fileSystem,
      root,
      cache: file.path,
      stampOf: (path) => known.get(path)?.stamp,
    });
    const result = new Map<string, PageFacts>();
    const keep = new Map<string, StampedFacts>();
    let renewed = 0;
    for (const { path, changed } of pages) {
      const present = changed === undefined ? known.get(path) : undefined;
      const facts = present?.facts ?? factsNow(path, read);
      if (facts === undefined) continue;
      result.set(path, facts);
      const stamp = present?.stamp ?? changed?.stamp;
      if (stamp !== undefined) keep.set(path, { stamp, facts });
      if (changed?.stamp !== undefined) renewed += 1;
    }
    if (renewed >= FEW) {
      kept.set(directory, keep);
      writeDerived(fileSystem, file, encodePages(keep));
    }
    return result;
  };
}

function factsNow(path: string, read: PageCacheOptions['read']): PageFacts | undefined {
  const text = read(path);
  return text === undefined ? undefined : pageFacts(path, text);
}

function load(fileSystem: FileSystem, file: DerivedFile): ReadonlyMap<string, StampedFacts> {
  const content = readDerived(fileSystem, file);
  return content === undefined ? new Map() : decodePages(content);
}
