import type { Tool } from '@openkb/language-model';

import { withoutMarks } from '../material.ts';
import { DIRECTORIES, type ReadableDirectory, type WikiReader } from '../wiki-reader.ts';

/** Paths that are given at once. */
const MOST = 300;

export function listPagesTool(reader: WikiReader): Tool {
  return {
    name: 'list_pages',
    description:
      'Lists the paths of the pages of one kind: summaries (one for each document), concepts, entities, explorations, sources (full texts).',
    parameters: {
      type: 'object',
      properties: {
        kind: { type: 'string', enum: [...DIRECTORIES] },
        containing: { type: 'string', description: 'Only paths that have this in them' },
      },
      required: ['kind'],
      additionalProperties: false,
    },
    execute(input) {
      const { kind, containing = '' } = input as { kind: ReadableDirectory; containing?: string };
      const part = containing.toLowerCase();
      const paths = reader.list(kind).filter((path) => path.toLowerCase().includes(part));
      if (paths.length === 0) return 'There are none.';
      const more =
        paths.length > MOST
          ? `\n[${paths.length - MOST} more: narrow it down with containing, or search]`
          : '';
      return paths.slice(0, MOST).map(withoutMarks).join('\n') + more;
    },
  };
}
