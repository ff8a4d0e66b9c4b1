import { basename } from 'node:path/posix';

import { writeFrontMatter } from '@openkb/wiki';

import { asAddress, outsideCode, portableLinks } from './links.ts';
import { type ExportedPage, type ExportedWiki, markdownOf } from './wiki-files.ts';

/** What a page of a folder is where it does not say so itself. */
const TYPES: Readonly<Record<string, string>> = {
  summaries: 'Summary',
  concepts: 'Concept',
  entities: 'Entity',
  explorations: 'Exploration',
  sources: 'Source',
};

interface OkfSource {
  readonly id: string;
  readonly resource: string;
  readonly title: string;
}

export interface OkfOptions {
  readonly wiki: ExportedWiki;
  readonly titles: ReadonlyMap<string, string>;
  /** Where a file is in the bundle, from its root: `/concepts/lamp.md`. */
  readonly address: (path: string) => string | undefined;
  /** `openkb/1.2.3`. */
  readonly producer: string;
}

/**
 * A page as OKF 0.2 has it (https://github.com/GoogleCloudPlatform/knowledge-catalog, okf/SPEC.md): `type`, `title`,
 * `sources` as mappings, `generated` where a program of ours wrote it; every other field as it is. Links are Markdown
 * links from the bundle's root; a claim after which the page links one of its sources in parentheses has the footnote
 * of that source.
 */
export function okfPage(page: ExportedPage, options: OkfOptions): string {
  const { wiki, address, producer } = options;
  const { path, title, fields } = page;
  const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
  const sources = sourcesOf(page, options);
  const body = portableLinks(page.text, { from: path, resolve: wiki.resolve, address });
  const { full_text: fullText, timestamp, generated, type } = fields;
  const resource = wiki.addresses.get(basename(path, '.md'));
  const isOfDocument = folder === 'summaries' || folder === 'sources';
  const text = typeof fullText === 'string' ? address(markdownOf(fullText)) : undefined;
  const block = writeFrontMatter({
    type: typeof type === 'string' && type.trim() !== '' ? type : (TYPES[folder] ?? 'Note'),
    title,
    ...ownFields(fields),
    ...(isOfDocument && resource !== undefined && { resource }),
    ...(text !== undefined && { full_text: text }),
    ...(sources.length > 0 && { sources }),
    ...generatedBy(generated ?? timestamp, TYPES[folder] !== undefined && { page, producer }),
  });
  return `${block}\n${withFootnotes(body, sources).trim()}\n`;
}

/** What is written in a form of its own. */
const WRITTEN = new Set(['sources', 'full_text', 'timestamp', 'generated', 'type', 'title']);

const ownFields = (fields: ExportedPage['fields']) =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => !WRITTEN.has(key)));

/** What a page has of its own stays; a page of a person's folder is not said to be made by a program. */
function generatedBy(
  own: unknown,
  ours: false | { readonly page: ExportedPage; readonly producer: string },
) {
  if (isGenerated(own)) return { generated: own };
  if (ours === false) return {};
  const at =
    typeof own === 'string' && !Number.isNaN(Date.parse(own)) ? new Date(own) : ours.page.written;
  return { generated: { by: ours.producer, at: at.toISOString() } };
}

const isGenerated = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'by' in value && 'at' in value;

/** The documents that a page names; a summary's is the text that it sums up. */
function sourcesOf({ path, fields }: ExportedPage, options: OkfOptions): OkfSource[] {
  const named = Array.isArray(fields['sources']) ? (fields['sources'] as unknown[]) : [];
  const fullText = path.startsWith('summaries/') ? [fields['full_text']] : [];
  const found = new Map<string, OkfSource>();
  for (const one of [...named, ...fullText]) {
    const source = sourceOf(one, options);
    if (source !== undefined && !found.has(source.id)) found.set(source.id, source);
  }
  return [...found.values()];
}

function sourceOf(named: unknown, { wiki, titles, address }: OkfOptions): OkfSource | undefined {
  if (typeof named !== 'string') return undefined;
  const target = named.replace(/^\[\[|(?:\|[^\]]*)?\]\]$/g, '');
  const page = wiki.resolve(target);
  const resource = page && address(page);
  if (page === undefined || resource === undefined) return undefined;
  const id = basename(page, '.md').replace(/[^\p{L}\p{N}_-]+/gu, '-');
  return { id, resource, title: titles.get(page) ?? id };
}

/** A claim is attributed where the page itself does it: by the link of a source in parentheses after it. */
function withFootnotes(body: string, sources: readonly OkfSource[]): string {
  const byAddress = new Map(sources.map((source) => [source.resource, source]));
  const marked = outsideCode(body, (part) =>
    part.replace(ATTRIBUTION, (whole, address: string) => {
      const source = byAddress.get(address);
      return source === undefined ? whole : `[^${source.id}]`;
    }),
  );
  const undefinedNotes = sources.filter(
    ({ id }) => marked.includes(`[^${id}]`) && !`\n${marked}`.includes(`\n[^${id}]:`),
  );
  if (undefinedNotes.length === 0) return marked;
  const notes = undefinedNotes.map(
    ({ id, title, resource }) => `[^${id}]: [${plain(title)}](${resource})`,
  );
  return `${marked.trim()}\n\n${notes.join('\n')}`;
}

/** ` ([Title](/summaries/x.md))` at the end of a sentence. */
const ATTRIBUTION = /[ \t]+\((?:see )?\[[^[\]\n]*\]\((\/[^()\s]+)\)\)(?=[.;,]?(?:[ \t]|$))/gm;

export const plain = (text: string): string => text.replace(/[[\]\n]/g, ' ').trim();

/** Where a file is in the bundle, from its root. */
export const fromRoot = (path: string): string => `/${asAddress(path)}`;
