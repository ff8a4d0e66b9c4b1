/**
 * The only way by which a model, or what a document makes of it, comes to files: pages of the wiki that are
 * listed here, and nothing else. A path is never put together from what the model says.
 */
import { linkResolver } from '@openkb/wiki';

import { wikiPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { pagesIn } from '../knowledge-base/pages.ts';
import { placeOf } from '../knowledge-base/place-of.ts';
import { parseSourcePages, type SourcePage } from '../knowledge-base/source-pages.ts';

export const DIRECTORIES = [
  'summaries',
  'concepts',
  'entities',
  'explorations',
  'sources',
] as const;
export type ReadableDirectory = (typeof DIRECTORIES)[number];

export interface WikiReader {
  /** Pages of a directory, relative to `wiki/`; of `sources` those that are stored page by page too. */
  list(directory: ReadableDirectory): readonly string[];
  /** The page that a link or a path means: `concepts/attention.md`. */
  resolve(target: string): string | undefined;
  /** @param path what `resolve` gave; `undefined` where it lies outside the wiki or is gone */
  text(path: string): string | undefined;
  /** Numbered pages of a document that is stored page by page. */
  sourcePages(document: string): readonly SourcePage[] | undefined;
  /** Whether a document is known to have a page of this number. */
  hasPage(document: string, page: number): boolean;
}

/** As it is now; what comes later is not seen. */
export function wikiReader(kb: KnowledgeBase): WikiReader {
  const lists = new Map(DIRECTORIES.map((directory) => [directory, pathsIn(kb, directory)]));
  const resolver = linkResolver(['index.md', ...[...lists.values()].flat()]);
  const text = (path: string): string | undefined => {
    // a folder of the wiki may be a link to anywhere
    if (resolver(path) !== path || placeOf(kb.files, wikiPath(path)) !== 'own') return undefined;
    const bytes = kb.files.bytes(wikiPath(path));
    return bytes && new TextDecoder().decode(bytes);
  };
  const sourcePages = (document: string) => {
    const stored = text(`sources/${document}.json`);
    return stored === undefined ? undefined : parseSourcePages(stored);
  };
  const counts = new Map<string, ReadonlySet<number> | undefined>();
  const pagesOf = (document: string) => {
    if (!counts.has(document))
      counts.set(document, numbersOf(sourcePages(document)) ?? registered(kb, document));
    return counts.get(document);
  };
  return {
    list: (directory) => lists.get(directory) ?? [],
    resolve: (target) => {
      const plain = target.trim().replace(/^\[\[([^|\]]*).*\]\]$/s, '$1');
      // a document's name alone means its summary, of which its text has the name too
      return resolver(plain) ?? resolver(`summaries/${plain}`);
    },
    text,
    sourcePages,
    hasPage: (document, page) => pagesOf(document)?.has(page) === true,
  };
}

function pathsIn({ files }: KnowledgeBase, directory: ReadableDirectory): readonly string[] {
  const pages = pagesIn(files, directory);
  if (directory !== 'sources') return pages;
  const long = files
    .names(wikiPath(directory))
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'));
  return [...pages, ...long.map((name) => `${directory}/${name}`)];
}

const numbersOf = (pages: readonly SourcePage[] | undefined) =>
  pages && new Set(pages.map(({ page }) => page));

/** A short document keeps no text by page, but the number of its pages. */
function registered(kb: KnowledgeBase, document: string): ReadonlySet<number> | undefined {
  const entry = [...kb.registry().values()].find(({ doc_name: name }) => name === document);
  const { pages } = entry ?? {};
  if (typeof pages !== 'number' || pages > 100_000) return undefined;
  return new Set(Array.from({ length: pages }, (_, i) => i + 1));
}
