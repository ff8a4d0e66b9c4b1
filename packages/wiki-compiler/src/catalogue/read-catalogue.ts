/** What the wiki holds before a compilation: its pages by their facts, without their texts. */
import { pageFacts, type PageFacts } from '@openkb/wiki';

import type { WikiView } from '../compilation.ts';

/** A concept or entity page. */
export interface CataloguedPage {
  /** Relative to `wiki/`: `concepts/attention.md`. */
  readonly path: string;
  readonly kind: 'concept' | 'entity';
  readonly title: string;
  /** One sentence; empty where the page has none. */
  readonly description: string;
  readonly aliases: readonly string[];
  /** Names of the documents in `sources`. */
  readonly documents: readonly string[];
}

/** A summary page. */
export interface CataloguedSummary {
  /** `doc_name` of its document. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Front matter of the page. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Catalogue {
  /** Concepts, then entities, each by path. */
  readonly pages: readonly CataloguedPage[];
  /** By path. */
  readonly summaries: readonly CataloguedSummary[];
}

/** Reads the facts of each page once; of a view that knows no facts, the text of each page. */
export function readCatalogue(wiki: WikiView): Catalogue {
  const pages: CataloguedPage[] = [];
  for (const [directory, kind] of DIRECTORIES)
    for (const path of wiki.list(directory)) {
      const facts = factsIn(wiki, path);
      if (facts !== undefined) pages.push(cataloguePage(path, kind, facts));
    }
  const summaries: CataloguedSummary[] = [];
  for (const path of wiki.list('summaries')) {
    const { title, fields } = factsIn(wiki, path) ?? pageFacts(path, '');
    summaries.push({ name: documentOf(path), title, description: textOf(fields), fields });
  }
  return { pages, summaries };
}

const DIRECTORIES = [
  ['concepts', 'concept'],
  ['entities', 'entity'],
] as const;

function factsIn(wiki: WikiView, path: string): Pick<PageFacts, 'title' | 'fields'> | undefined {
  if (wiki.facts !== undefined) return wiki.facts(path);
  const text = wiki.read(path);
  return text === undefined ? undefined : pageFacts(path, text);
}

export function cataloguePage(
  path: string,
  kind: 'concept' | 'entity',
  { title, fields }: Pick<PageFacts, 'title' | 'fields'>,
): CataloguedPage {
  return {
    path,
    kind,
    title,
    description: textOf(fields),
    aliases: strings(fields['aliases']),
    documents: strings(fields['sources']).map(documentOf),
  };
}

/** A list of strings, or the one string, of front matter. */
export function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function textOf({ description }: Readonly<Record<string, unknown>>): string {
  return typeof description === 'string' ? description : '';
}

function documentOf(path: string): string {
  return path.replace(/^summaries\//, '').replace(/\.md$/, '');
}
