import type { PageFacts } from '@openkb/wiki';

import { addressOf } from './beside.ts';

/** Where a page comes from: a page of the graph, a file, or no more than a name. */
export interface SourceRow {
  readonly name: string;
  /** Number of a page. */
  readonly page?: number;
  /** Address of a file, seen from the page of the graph. */
  readonly file?: string;
}

export interface Origins {
  /** The page or the other file of the wiki that a name in a page's front matter means. */
  readonly resolve: (name: string) => string | undefined;
  /** Number of a page of the graph. */
  readonly numberOf: (path: string) => number | undefined;
  /** The original of the document with this summary, relative to the root of the knowledge base. */
  readonly original: (summary: string) => string | undefined;
}

/** `sources` of the front matter, and for a document its original and its full text. */
export function sourcesOf(path: string, { fields }: PageFacts, origins: Origins): SourceRow[] {
  const { sources, full_text: full } = fields;
  const original = path.startsWith('summaries/') ? origins.original(path) : undefined;
  const named = [sources, full].flat().filter((one) => typeof one === 'string' && one !== '');
  const rows = [...new Set(named as string[])].map((name) => sourceRow(name, origins));
  return original === undefined
    ? rows
    : [
        { name: original, file: addressOf(original) },
        ...rows.filter(({ name }) => name !== original),
      ];
}

function sourceRow(name: string, { resolve, numberOf }: Origins): SourceRow {
  const path = resolve(name);
  if (path === undefined) return { name };
  const page = numberOf(path);
  return page === undefined ? { name, file: addressOf(`wiki/${path}`) } : { name, page };
}
