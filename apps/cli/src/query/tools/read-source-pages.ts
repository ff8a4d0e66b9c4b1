import type { Tool } from '@openkb/language-model';

import { parsePageRanges, printPages, type SourcePage } from '../../knowledge-base/source-pages.ts';
import { quoted } from '../material.ts';
import type { WikiReader } from '../wiki-reader.ts';
import { AT_ONCE } from './read-page.ts';

/** Pages that are given at once. */
const MOST_PAGES = 12;
/** Pictures of a page that its text does not show: older programs only listed them. */
const MOST_PICTURES = 20;

export function readSourcePagesTool(reader: WikiReader): Tool {
  return {
    name: 'read_source_pages',
    description: `Reads numbered pages of a long document as it was stored, at most ${MOST_PAGES} at once. Cite them with the document's summary and the page's number.`,
    parameters: {
      type: 'object',
      properties: {
        document: { type: 'string', description: 'Its name, as in summaries/NAME.md' },
        pages: { type: 'string', description: 'Page numbers and ranges: 3-5,8' },
      },
      required: ['document', 'pages'],
      additionalProperties: false,
    },
    execute(input) {
      const { document: given, pages } = input as { document: string; pages: string };
      const name = documentOf(reader, given.slice(0, 500));
      const stored = name === undefined ? undefined : reader.sourcePages(name);
      if (name === undefined || stored === undefined) throw new Error(notByPage(reader, name));
      const ranges = parsePageRanges(pages.slice(0, 200));
      if (ranges === undefined) throw new Error('Write pages as numbers and ranges: 3-5,8');
      const wanted = stored.filter(({ page }) =>
        ranges.some(({ first, last }) => first <= page && page <= last),
      );
      if (wanted.length === 0) {
        const all = printPages(stored.map(({ page }) => page));
        throw new Error(`The document has no such page; it has: ${all || 'none'}.`);
      }
      return printed(name, wanted);
    },
  };
}

/** The name by a name, or by a page of the document. */
function documentOf(reader: WikiReader, given: string): string | undefined {
  const plain = given.replace(/\.(?:md|json)$/i, '');
  const path =
    reader.resolve(`sources/${plain}.json`) ??
    reader.resolve(`summaries/${plain}.md`) ??
    reader.resolve(given);
  return /^(?:sources|summaries)\/(.+)\.(?:md|json)$/.exec(path ?? '')?.[1];
}

function notByPage(reader: WikiReader, name: string | undefined): string {
  if (name === undefined) return 'There is no such document. Find documents with list_pages.';
  const path = reader.resolve(`sources/${name}.md`);
  return path === undefined
    ? 'The full text of this document is not stored.'
    : `This document is not stored page by page: read its full text with read_page, ${path}.`;
}

function printed(document: string, pages: readonly SourcePage[]): string {
  const parts: string[] = [];
  let length = 0;
  for (const { page, text, pictures = [] } of pages.slice(0, MOST_PAGES)) {
    const room = AT_ONCE * 2 - length;
    if (room <= 0) break;
    const shown = text.length <= room ? text : `${text.slice(0, room)}\n[the page goes on]`;
    const beside = pictures.filter((path) => !text.includes(path)).map((path) => `\n![](${path})`);
    const whole = shown + beside.slice(0, MOST_PICTURES).join('');
    parts.push(quoted('source', { document, page_number: String(page) }, whole));
    length += shown.length;
  }
  const left = pages.slice(parts.length).map(({ page }) => page);
  const more = left.length === 0 ? '' : `\n[not shown yet: pages ${printPages(left)}]`;
  return parts.join('\n\n') + more;
}
