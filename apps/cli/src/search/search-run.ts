import { type SearchHit, searchPassages } from '@openkb/wiki';

import type { Context } from '../command.ts';
import { usageError } from '../errors.ts';
import { openKnowledgeBase } from '../knowledge-base/open.ts';
import { whileNobodyWrites } from '../knowledge-base/read.ts';
import { foundPassage, type Passages, printPassages } from './found.ts';
import { loadSearchIndex, type PageType } from './load.ts';

export interface SearchRequest {
  readonly command: 'search' | 'query';
  readonly words: readonly string[];
  readonly top: number;
  readonly types: readonly PageType[];
}

/** Finds the best passages and reports them; nothing found is an answer too, not a failure. */
export async function searchWiki(context: Context, request: SearchRequest): Promise<void> {
  const query = request.words.join(' ').trim();
  if (query === '') throw usageError('the question is empty');
  const services = await context.services();
  const kb = openKnowledgeBase(services, context, `openkb ${request.command}`);
  const { hits, size } = await whileNobodyWrites(kb, context, () => {
    const index = loadSearchIndex(kb, request.types);
    return { hits: searchPassages(index, query, { top: request.top * 3 }), size: index.size };
  });
  const result: Passages = {
    type: 'passages',
    query,
    passages: distinct(hits).slice(0, request.top).map(foundPassage),
  };
  if (result.passages.length === 0)
    context.reporter.note(
      size === 0
        ? "There are no pages to search yet; add documents with 'openkb add'."
        : `Nothing found for "${query}".`,
    );
  context.reporter.result(result, printPassages(request.command === 'query' ? 'text' : 'sentence'));
}

/** Without passages whose text another one before them has already: a page's description opens its text too. */
function distinct(hits: readonly SearchHit[]): SearchHit[] {
  const kept: SearchHit[] = [];
  for (const hit of hits) {
    const { text } = hit.passage;
    if (!kept.some(({ passage }) => passage.text.includes(text) || text.startsWith(passage.text)))
      kept.push(hit);
  }
  return kept;
}
