/** What is read of the wiki before anybody is asked, as it is at one moment. */
import type { Tool } from '@openkb/language-model';
import type { Passage, SearchHit } from '@openkb/wiki';

import { conventionsPath } from '../knowledge-base/layout.ts';
import type { LockContext, KnowledgeBase } from '../knowledge-base/open.ts';
import { whileNobodyWrites } from '../knowledge-base/read.ts';
import { loadSearchIndex, type PageType, pageTypes } from '../search/load.ts';
import { distinctHits } from '../search/search-run.ts';
import { listPagesTool } from './tools/list-pages.ts';
import { lookAtPictureTool } from './tools/look-at-picture.ts';
import { pictureFiles } from './tools/picture-files.ts';
import { readPageTool } from './tools/read-page.ts';
import { readSourcePagesTool } from './tools/read-source-pages.ts';
import { searchTool } from './tools/search-wiki.ts';
import { type WikiReader, wikiReader } from './wiki-reader.ts';

export interface FirstLook {
  readonly reader: WikiReader;
  /** Passages that there are. */
  readonly size: number;
  /** The best for the question, best first. */
  readonly hits: readonly SearchHit[];
  readonly conventions: string;
  /** They read only, and only pages of the wiki. */
  readonly tools: readonly Tool[];
}

/** Share of the passages that are found by the question alone, where there is one before it. */
const OWN = 0.6;
/** Passages that one search of the model is given. */
const FOUND = 8;
/** Characters of the wiki's conventions that are told. */
const MOST_CONVENTIONS = 8000;

export interface Looking {
  readonly question: string;
  /** The question before it in the same conversation: "and who made it?" names nothing to search for. */
  readonly before?: string | undefined;
  /** Passages at most. */
  readonly top: number;
}

export function firstLook(
  { kb, lock }: { kb: KnowledgeBase; lock: LockContext },
  { question, before, top }: Looking,
): Promise<FirstLook> {
  return whileNobodyWrites(kb, lock, () => {
    const reader = wikiReader(kb);
    const index = loadSearchIndex(kb, Object.keys(pageTypes) as PageType[]);
    const find = (terms: string, most: number) =>
      distinctHits(index, terms, most).filter(
        ({ passage }) => reader.text(passage.page) !== undefined,
      );
    const passages = (terms: string): Passage[] => find(terms, FOUND).map(({ passage }) => passage);
    const pictures = pictureFiles(kb);
    const bytes = kb.files.kind(conventionsPath) === 'file' && kb.files.bytes(conventionsPath);
    return {
      reader,
      size: index.size,
      hits:
        before === undefined
          ? find(question, top)
          : joined(find(question, top), find(`${before} ${question}`, top), top),
      conventions: bytes ? new TextDecoder().decode(bytes).slice(0, MOST_CONVENTIONS) : '',
      tools: [
        searchTool(passages),
        readPageTool(reader),
        readSourcePagesTool(reader),
        listPagesTool(reader),
        ...(pictures.any ? [lookAtPictureTool(reader, pictures)] : []),
      ],
    };
  });
}

/** The best of the first, of which a part of the room is the other's, each passage once. */
function joined(
  own: readonly SearchHit[],
  other: readonly SearchHit[],
  top: number,
): readonly SearchHit[] {
  const first = Math.ceil(top * OWN);
  const kept = new Map<SearchHit['passage'], SearchHit>();
  for (const hit of [...own.slice(0, first), ...other, ...own.slice(first)])
    if (kept.size < top && !kept.has(hit.passage)) kept.set(hit.passage, hit);
  return [...kept.values()];
}
