/** What the wiki holds before a compilation: its concept and entity pages and its summaries, by front matter. */
import { pageTitle, readFrontMatter } from '@openkb/wiki';

import type { WikiView } from '../../compilation.ts';
import { keysOfKeywords } from '../keywords.ts';
import { sourcesOf } from '../pages/topic-page.ts';
import { languageProfile } from '../text/language.ts';
import { type PageStarts } from '../text/page-starts.ts';

export interface CataloguedPage {
  readonly path: string;
  readonly kind: 'concept' | 'entity';
  readonly title: string;
  readonly aliases: readonly string[];
  /** Names of the documents in `sources`. */
  readonly documents: readonly string[];
}

/** A summary page that the extractive compiler made: its document can be read again. */
export interface CataloguedDocument {
  readonly name: string;
  readonly title: string;
  readonly fullText: string;
  readonly format: string;
  readonly language: string;
  readonly authors: readonly string[];
  readonly pageStarts: PageStarts;
  /** Keys of the names that its summary records. */
  readonly keywords: ReadonlySet<string>;
}

export interface Catalogue {
  readonly pages: readonly CataloguedPage[];
  readonly documents: readonly CataloguedDocument[];
  /** Number of summaries, of any hand. */
  readonly documentNames: ReadonlySet<string>;
}

/** Reads each page once, its front matter only. */
export function readCatalogue(wiki: WikiView): Catalogue {
  const pages: CataloguedPage[] = [];
  for (const [directory, kind] of [
    ['concepts', 'concept'],
    ['entities', 'entity'],
  ] as const)
    for (const path of wiki.list(directory)) {
      const text = wiki.read(path);
      if (text !== undefined) pages.push(cataloguePage(path, kind, text));
    }
  const documents: CataloguedDocument[] = [];
  const documentNames = new Set<string>();
  for (const path of wiki.list('summaries')) {
    const name = documentName(path);
    documentNames.add(name);
    const document = catalogueDocument(name, readFrontMatter(wiki.read(path) ?? ''));
    if (document !== undefined) documents.push(document);
  }
  return { pages, documents, documentNames };
}

export function cataloguePage(
  path: string,
  kind: 'concept' | 'entity',
  text: string,
): CataloguedPage {
  const fields = readFrontMatter(text);
  return {
    path,
    kind,
    title: pageTitle(path, text),
    aliases: strings(fields['aliases']),
    documents: sourcesOf(fields).map(documentName),
  };
}

function catalogueDocument(
  name: string,
  fields: Readonly<Record<string, unknown>>,
): CataloguedDocument | undefined {
  const { title, full_text: fullText, format, language, page_starts: starts } = fields;
  if (fields['compiled_by'] !== 'extractive' || typeof fullText !== 'string') return undefined;
  const written = typeof language === 'string' ? language : 'en';
  return {
    name,
    title: typeof title === 'string' ? title : name,
    fullText,
    format: typeof format === 'string' ? format : 'markdown',
    language: written,
    authors: strings(fields['authors']),
    pageStarts: Array.isArray(starts)
      ? starts.filter((one): one is number => typeof one === 'number')
      : [],
    keywords: keysOfKeywords(strings(fields['keywords']), languageProfile(written)),
  };
}

function documentName(path: string): string {
  return path.replace(/^summaries\//, '').replace(/\.md$/, '');
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
