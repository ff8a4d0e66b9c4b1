/** The text of a document that is in the wiki already. */
import { pagePath } from '@openkb/wiki';

import type { CompilerInput, WikiView } from '../../compilation.ts';
import { takeRecord } from '../pages/summary-record.ts';
import type { SourceText } from '../read-text.ts';
import type { NumberedPage } from '../text/page-starts.ts';
import type { CataloguedDocument } from './documents.ts';

/** What is analysed of a compiler's input: the same text that will be read back from the wiki later. */
export function sourceOfInput(input: CompilerInput): SourceText {
  const { title, format, pages, pageStarts, authors = [] } = input;
  const byPage = input.fullText.endsWith('.json') && pages !== undefined;
  const markdown = byPage ? joinPages(pages) : input.markdown;
  if (pages === undefined && pageStarts !== undefined)
    return { title, format, markdown, authors, pageStarts };
  return { title, format, markdown, authors, ...(pages === undefined ? {} : { pages }) };
}

/** Reads a document's stored text through the view; undefined when it is not there or cannot be read. */
export function storedSource(document: CataloguedDocument, wiki: WikiView): SourceText | undefined {
  const stored = wiki.read(document.fullText);
  if (stored === undefined) return undefined;
  const { title, format, authors } = document;
  const summary = wiki.read(pagePath('summaries', document.name)) ?? '';
  const { pageStarts } = takeRecord(summary).record;
  if (!document.fullText.endsWith('.json'))
    return { title, format, markdown: stored, pageStarts, authors };
  const pages = parsePages(stored);
  if (pages === undefined) return undefined;
  return { title, format, markdown: joinPages(pages), pageStarts, authors };
}

function joinPages(pages: readonly NumberedPage[]): string {
  return pages.map(({ text }) => text).join('\n\n');
}

/** `[{page, content}]` of `sources/<doc>.json`. */
export function parsePages(json: string): NumberedPage[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (!Array.isArray(value)) return undefined;
    return (value as { page?: unknown; content?: unknown }[]).map((one, index) => ({
      page: typeof one.page === 'number' ? one.page : index + 1,
      text: typeof one.content === 'string' ? one.content : '',
    }));
  } catch {
    // a text that cannot be read is a text that is not there
    return undefined;
  }
}
