import {
  buildSearchIndex,
  type Passage,
  passagesOfPage,
  passagesOfSourcePages,
  type SearchIndex,
} from '@openkb/wiki';

import type { Files } from '../knowledge-base/files.ts';
import { sourceTextPath, wikiPath } from '../knowledge-base/layout.ts';

/** The parts of a wiki that can be searched, and what `--type` calls them. */
export const pageTypes = {
  summary: 'summaries',
  concept: 'concepts',
  entity: 'entities',
  exploration: 'explorations',
  source: 'sources',
} as const;

export type PageType = keyof typeof pageTypes;

/** Reads the pages of these types and makes them searchable; what cannot be read as text is passed over. */
export function loadSearchIndex(files: Files, types: readonly PageType[]): SearchIndex {
  return buildSearchIndex(types.flatMap((type) => passagesIn(files, pageTypes[type])));
}

function passagesIn(files: Files, directory: string): Passage[] {
  return files.names(wikiPath(directory)).flatMap((name) => {
    if (name.startsWith('.')) return [];
    const path = `${directory}/${name}`;
    if (name.endsWith('.md')) return passagesOfPage(path, lenient(files.bytes(wikiPath(path))));
    return directory === 'sources' && name.endsWith('.json') ? longSource(files, name) : [];
  });
}

/** A long document: pages as `{page, content}`, or plain strings as older programs wrote them. */
function longSource(files: Files, file: string): Passage[] {
  const name = file.slice(0, -'.json'.length);
  const pages = parsePages(lenient(files.bytes(sourceTextPath(name, 'json'))));
  return passagesOfSourcePages(`sources/${file}`, name, pages);
}

function parsePages(text: string): { page: number; text: string }[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  if (!Array.isArray(value)) return [];
  return value.map((item: unknown, i) => {
    if (typeof item === 'string') return { page: i + 1, text: item };
    const { page, content, text: alternative } = (item ?? {}) as Record<string, unknown>;
    const found = [content, alternative].find((candidate) => typeof candidate === 'string');
    return { page: typeof page === 'number' ? page : i + 1, text: found ?? '' };
  });
}

const lenient = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
