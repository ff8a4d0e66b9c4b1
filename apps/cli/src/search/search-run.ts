import { type SearchHit, type SearchIndex, searchPassages } from '@openkb/wiki';

import type { Context } from '../command.ts';
import { usageError } from '../errors.ts';
import { openKnowledgeBase } from '../knowledge-base/open.ts';
import { whileNobodyWrites } from '../knowledge-base/read.ts';
import { foundPassage, type Passages, printPassages } from './found.ts';
import { loadSearchIndex, type PageType } from './load.ts';

export interface SearchRequest {
  readonly words: readonly string[];
  readonly top: number;
  readonly types: readonly PageType[];
}

/** Finds the best passages and reports them; nothing found is an answer too, not a failure. */
export async function searchWiki(context: Context, request: SearchRequest): Promise<void> {
  const query = wordsOf(request.words);
  const services = await context.services();
  const kb = openKnowledgeBase(services, context, 'openkb search');
  const { hits, size } = await whileNobodyWrites(kb, context, () => {
    const index = loadSearchIndex(kb, request.types);
    return { hits: distinctHits(index, query, request.top), size: index.size };
  });
  if (hits.length === 0) context.reporter.note(nothingFound(query, size));
  context.reporter.result(passagesOf(query, hits), printPassages('sentence'));
}

/** @throws {CliError} `usage` where there is no word */
export function wordsOf(words: readonly string[]): string {
  const query = words.join(' ').trim();
  if (query === '') throw usageError('the question is empty');
  return query;
}

export function passagesOf(query: string, hits: readonly SearchHit[]): Passages {
  return { type: 'passages', query, passages: hits.map(foundPassage) };
}

/** @param size passages that there are */
export function nothingFound(query: string, size: number): string {
  return size === 0
    ? "There are no pages to search yet; add documents with 'openkb add'."
    : `Nothing found for "${query}".`;
}

/** The best passages, without those whose text another before them has already: a page's description opens its text too. */
export function distinctHits(index: SearchIndex, query: string, top: number): SearchHit[] {
  const kept: SearchHit[] = [];
  for (const hit of searchPassages(index, query, { top: top * 3 })) {
    const { text } = hit.passage;
    if (!kept.some(({ passage }) => passage.text.includes(text) || text.startsWith(passage.text)))
      kept.push(hit);
  }
  return kept.slice(0, top);
}
