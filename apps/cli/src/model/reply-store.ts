/**
 * Answers that were paid for, in `.openkb/cache/replies/`: a command that was interrupted, or whose
 * document failed, asks only for what is missing when it is run again. They go when their document is
 * committed. Nothing depends on them: they may be deleted at any time.
 */
import { join } from 'node:path';

import { makeDirectories, readFileIfThere, removeFile, replaceFile } from '@openkb/atomic-fs';
import type { ReplyStore } from '@openkb/language-model';

import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { ownCache } from '../knowledge-base/own-cache.ts';
import type { Services } from '../services.ts';

export interface DocumentReplies extends ReplyStore {
  /** Removes all that this document used: it is committed. */
  forget(): void;
}

/** The answers of one document. */
export function documentReplies(
  kb: Pick<KnowledgeBase, 'fileSystem' | 'root'>,
  { randomId }: Pick<Services, 'randomId'>,
): DocumentReplies {
  const { fileSystem } = kb;
  const { directory, isOurs } = ownCache(kb, 'replies');
  const used = new Set<string>();
  const pathOf = (key: string) => join(directory, key);
  const remove = (key: string) => {
    if (isOurs()) removeFile(fileSystem, pathOf(key));
    used.delete(key);
  };
  return {
    get(key) {
      const bytes = isOurs() ? readFileIfThere(fileSystem, pathOf(key)) : undefined;
      if (bytes === undefined) return undefined;
      used.add(key);
      return new TextDecoder().decode(bytes);
    },
    set(key, reply) {
      if (!isOurs()) throw new Error(`"${directory}" must be a directory and is none`);
      makeDirectories(fileSystem, directory);
      // it holds what the document says: nobody else's to read
      replaceFile(fileSystem, pathOf(key), reply, { id: randomId(), mode: 0o600 });
      used.add(key);
    },
    delete: remove,
    forget() {
      for (const key of used)
        try {
          remove(key);
        } catch {
          // it costs a little space, and nothing else
        }
    },
  };
}

/** Milliseconds after which nobody comes back for an answer: 30 days. */
const LASTS = 30 * 24 * 3600 * 1000;

/** Removes the answers of documents that failed long ago and were never added again. */
export function removeOldReplies(kb: Pick<KnowledgeBase, 'fileSystem' | 'root'>, now: Date): void {
  const { fileSystem } = kb;
  const { directory, isOurs } = ownCache(kb, 'replies');
  try {
    if (!isOurs() || fileSystem.stat(directory) === undefined) return;
    for (const name of fileSystem.list(directory)) {
      const path = join(directory, name);
      const stat = fileSystem.stat(path);
      if (stat?.kind === 'file' && now.getTime() - stat.modified > LASTS)
        removeFile(fileSystem, path);
    }
  } catch {
    // they cost a little space, and nothing else
  }
}
