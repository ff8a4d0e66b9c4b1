import type { Tool } from '@openkb/language-model';

import { quoted } from '../material.ts';
import type { WikiReader } from '../wiki-reader.ts';

/** Characters of a page that are given at once. */
export const AT_ONCE = 20_000;

export function readPageTool(reader: WikiReader): Tool {
  return {
    name: 'read_page',
    description:
      'Reads a page of the wiki: a summary, concept, entity or exploration, the index, or the full text of a short document (sources/NAME.md). A long page comes in parts.',
    parameters: {
      type: 'object',
      properties: {
        path: { type: 'string', description: 'For example concepts/attention.md' },
        from: { type: 'integer', description: 'Character to read on from; else the beginning' },
      },
      required: ['path'],
      additionalProperties: false,
    },
    execute(input) {
      const { path: given, from = 0 } = input as { path: string; from?: number };
      const path = reader.resolve(given.slice(0, 500));
      const text = path === undefined ? undefined : reader.text(path);
      if (path === undefined || text === undefined)
        throw new Error('There is no such page in the wiki. Find pages with search or list_pages.');
      if (path.endsWith('.json'))
        throw new Error('This document is stored page by page: read it with read_source_pages.');
      const start = Math.max(0, from);
      const part = text.slice(start, start + AT_ONCE);
      const end = start + part.length;
      const more = end < text.length ? `\n[the page goes on: read it with from ${end}]` : '';
      return quoted('page', { path }, part) + more;
    },
  };
}
