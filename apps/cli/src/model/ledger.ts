/**
 * What models cost, a line of JSON for each document or question, in `.openkb/usage.jsonl`. It is no page
 * and no part of a mutation: what was spent stays spent when a document fails.
 */
import { join } from 'node:path';

import { appendFile, readFileIfThere } from '@openkb/atomic-fs';
import type { Spending } from '@openkb/language-model';

import type { KnowledgeBase } from '../knowledge-base/open.ts';

export interface LedgerEntry {
  /** ISO 8601 instant. */
  readonly at: string;
  readonly command: string;
  /** What it was spent on: a `doc_name`, a question. */
  readonly subject: string;
  readonly model: string;
  readonly requests: number;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  /** US dollars; `null` where no price is known. */
  readonly dollars: number | null;
  readonly outcome: string;
}

const ledgerPath = '.openkb/usage.jsonl';

/** Nothing is noted where nothing was spent; a disk that refuses is no failure of the work. */
export function noteSpending(
  { fileSystem, root }: Pick<KnowledgeBase, 'fileSystem' | 'root'>,
  entry: Pick<LedgerEntry, 'at' | 'command' | 'subject' | 'model' | 'outcome'>,
  { usage, dollars, unpriced }: Spending,
): void {
  if (usage.requests === 0) return;
  const { requests, inputTokens, cachedInputTokens, outputTokens } = usage;
  const line: LedgerEntry = {
    ...entry,
    requests,
    inputTokens,
    cachedInputTokens,
    outputTokens,
    dollars: unpriced > 0 ? null : dollars,
  };
  try {
    appendFile(fileSystem, join(root, ledgerPath), `${JSON.stringify(line)}\n`);
  } catch {
    // what it cost was told when it happened
  }
}

/** The entries, oldest first; a line that a crash cut off, or that is none, is passed over. */
export function readLedger({
  fileSystem,
  root,
}: Pick<KnowledgeBase, 'fileSystem' | 'root'>): LedgerEntry[] {
  const bytes = readFileIfThere(fileSystem, join(root, ledgerPath));
  const lines = bytes === undefined ? [] : new TextDecoder().decode(bytes).split('\n');
  return lines.flatMap((line) => {
    try {
      const entry = JSON.parse(line) as LedgerEntry;
      return typeof entry.model === 'string' && typeof entry.at === 'string' ? [entry] : [];
    } catch {
      return [];
    }
  });
}
