/**
 * The analysed pages of a directory of the wiki, kept in `.openkb/cache/search/`: only pages that changed
 * are analysed again, and what is found is what a search that reads every page finds.
 */
import { join } from 'node:path';

import {
  buildSegment,
  decodeSegment,
  encodeSegment,
  type LiveSegment,
  mergeSegments,
  mostLanguage,
  type Passage,
  pageLanguage,
  SEGMENT_VERSION,
  SegmentBuilder,
  searchedPage,
} from '@openkb/wiki';

import {
  type DerivedFile,
  readDerived,
  writeDerived,
} from '../knowledge-base/cache/derived-file.ts';
import { survey } from '../knowledge-base/cache/survey.ts';
import { cachePath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';

type Place = Pick<KnowledgeBase, 'fileSystem' | 'root'>;

/** Words are cut by the tables of ICU. */
const FORMAT = `search ${SEGMENT_VERSION} ${process.versions['icu'] ?? '-'}`;

export interface SegmentSource {
  /** Directory of the wiki: `concepts`. */
  readonly directory: string;
  /** Its pages, relative to `wiki/`. */
  readonly paths: readonly string[];
  /** Reads the passages of a page; none where it is gone. */
  readonly passagesOf: (path: string) => readonly Passage[];
}

/** The segments of one directory, with all its pages as they are now. */
export function segmentsOf(
  place: Place,
  { directory, paths, passagesOf }: SegmentSource,
): LiveSegment[] {
  const file: DerivedFile = {
    path: join(place.root, cachePath('search', directory)),
    format: FORMAT,
  };
  const base = load(place, file);
  const stampOf = (path: string) => base.stamps.get(path);
  const { pages: seen, renew } = survey(paths, { ...place, cache: file.path, stampOf });
  const changed = seen.filter((page) => page.changed !== undefined);
  const builder = new SegmentBuilder();
  for (const { path } of changed) builder.add(searchedPage(path, passagesOf(path)));
  const stamps = new Map(changed.map((page) => [page.path, page.changed?.stamp]));
  const same = new Set(seen.filter((page) => page.changed === undefined).map(({ path }) => path));
  const kept = base.segment.pages.filter(({ path }) => same.has(path));
  const most = mostLanguage([...kept, ...builder.guesses]);
  for (const page of kept) {
    if (pageLanguage(page, most) === page.language) continue;
    // too short to tell, and most of the text is in another language than it was
    same.delete(page.path);
    stamps.set(page.path, stampOf(page.path));
    builder.add(searchedPage(page.path, passagesOf(page.path)));
  }
  const dead = new Set(
    base.segment.pages.map(({ path }) => path).filter((path) => !same.has(path)),
  );
  const added = builder.finish(most);
  const parts = [
    { segment: base.segment, dead },
    { segment: added, dead: new Set<string>() },
  ];
  if (!renew) return parts;
  const merged = base.segment.pages.length === 0 ? added : mergeSegments(parts);
  const extra = merged.pages.map(
    ({ path }) => stamps.get(path) ?? (same.has(path) ? (stampOf(path) ?? '') : ''),
  );
  writeDerived(place.fileSystem, file, encodeSegment(merged, extra));
  return [{ segment: merged, dead: new Set() }];
}

function load({ fileSystem }: Place, file: DerivedFile) {
  const kept = readDerived(fileSystem, file, decodeSegment);
  const { segment = buildSegment([], 'en'), extra = [] } = kept ?? {};
  const stamps = new Map(segment.pages.map(({ path }, n) => [path, extra[n] ?? '']));
  return { segment, stamps };
}
