/** A document that is in the wiki, as it is compiled again: from its stored text and its summary page. */
import { pagePath, pageTitle, readFrontMatter, splitFrontMatter } from '@openkb/wiki';

import { strings } from './catalogue/read-catalogue.ts';
import type { CompilerInput, PageText, WikiView } from './compilation.ts';
import { takeRecord } from './extractive/pages/summary-record.ts';
import { parsePages } from './extractive/wiki/stored-text.ts';

const FORMATS: ReadonlySet<string> = new Set(['pdf', 'docx', 'html', 'markdown', 'text']);

/**
 * What a compiler needs of the document, section tree excepted. `undefined` where its text is not there, or
 * cannot be read.
 *
 * @param name `doc_name`
 */
export function readStoredInput(name: string, wiki: WikiView): CompilerInput | undefined {
  const summary = wiki.read(pagePath('summaries', name)) ?? '';
  const fields = readFrontMatter(summary);
  const fullText = fullTextOf(fields['full_text'], name, wiki);
  const stored = fullText && wiki.read(fullText);
  if (fullText === undefined || stored === undefined) return undefined;
  const pages = fullText.endsWith('.json') ? parsePages(stored) : undefined;
  if (fullText.endsWith('.json') && pages === undefined) return undefined;
  const { format, title } = fields;
  const authors = strings(fields['authors']);
  const { pageStarts } = takeRecord(summary).record;
  return {
    name,
    title: typeof title === 'string' ? title : titleOf(name, fullText, stored),
    format: (typeof format === 'string' && FORMATS.has(format)
      ? format
      : 'markdown') as CompilerInput['format'],
    markdown: pages ? joined(pages) : splitFrontMatter(stored).body.replace(/^(?:\r?\n)+/, ''),
    ...(pages && { pages }),
    ...(pageStarts.length > 0 && { pageStarts }),
    ...(authors.length > 0 && { authors }),
    fullText,
    docType: pages ? 'pageindex' : 'short',
  };
}

/** The path that the summary names, else the one where the text would be. */
function fullTextOf(named: unknown, name: string, wiki: WikiView): string | undefined {
  const usual = [`sources/${name}.md`, `sources/${name}.json`];
  const paths = typeof named === 'string' ? [named, ...usual] : usual;
  return paths.find((path) => path.startsWith('sources/') && wiki.read(path) !== undefined);
}

function titleOf(name: string, path: string, stored: string): string {
  if (path.endsWith('.json')) return name;
  return pageTitle(path, stored);
}

const joined = (pages: readonly PageText[]) => pages.map(({ text }) => text).join('\n\n');
