import { type Passage, passagesOfPage, passagesOfSourcePages, SearchIndex } from '@openkb/wiki';

import type { Files } from '../knowledge-base/files.ts';
import { sourceTextPath, wikiPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { parseSourcePages } from '../knowledge-base/source-pages.ts';
import { segmentsOf } from './segments.ts';

/** The parts of a wiki that can be searched, and what `--type` calls them. */
export const pageTypes = {
  summary: 'summaries',
  concept: 'concepts',
  entity: 'entities',
  exploration: 'explorations',
  source: 'sources',
} as const;

export type PageType = keyof typeof pageTypes;

/** Makes the pages of these types searchable, as they are now; what cannot be read as text is passed over. */
export function loadSearchIndex(
  kb: Pick<KnowledgeBase, 'files' | 'fileSystem' | 'root'>,
  types: readonly PageType[],
): SearchIndex {
  const passagesOf = (path: string) => passagesIn(kb.files, path);
  const segments = [...new Set(types)].flatMap((type) => {
    const directory = pageTypes[type];
    return segmentsOf(kb, { directory, paths: pathsIn(kb.files, directory), passagesOf });
  });
  return new SearchIndex(segments, passagesOf);
}

function pathsIn(files: Files, directory: string): string[] {
  return files
    .names(wikiPath(directory))
    .filter((name) => !name.startsWith('.'))
    .filter((name) => name.endsWith('.md') || (directory === 'sources' && name.endsWith('.json')))
    .map((name) => `${directory}/${name}`);
}

function passagesIn(files: Files, path: string): Passage[] {
  if (path.endsWith('.json')) return longSource(files, path.slice('sources/'.length));
  return passagesOfPage(path, lenient(files.bytes(wikiPath(path))));
}

/** A long document: pages as `{page, content}`, or plain strings as older programs wrote them. */
function longSource(files: Files, file: string): Passage[] {
  const name = file.slice(0, -'.json'.length);
  const pages = parseSourcePages(lenient(files.bytes(sourceTextPath(name, 'json'))));
  return passagesOfSourcePages(`sources/${file}`, name, pages);
}

const decoder = new TextDecoder();
const lenient = (bytes: Uint8Array | undefined) => decoder.decode(bytes);
