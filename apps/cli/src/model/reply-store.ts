/**
 * Answers that were paid for, in `.openkb/cache/replies/`: a command that was interrupted, or whose
 * document failed, asks only for what is missing when it is run again. They go when their document is
 * committed. Nothing depends on them: they may be deleted at any time.
 */
import { join } from 'node:path';

import { makeDirectories, readFileIfThere, removeFile, replaceFile } from '@openkb/atomic-fs';
import type { ReplyStore } from '@openkb/language-model';

import type { KnowledgeBase } from '../knowledge-base/open.ts';
import type { Services } from '../services.ts';

export interface DocumentReplies extends ReplyStore {
  /** Removes all that this document used: it is committed. */
  forget(): void;
}

/** The answers of one document. */
export function documentReplies(
  { fileSystem, root }: Pick<KnowledgeBase, 'fileSystem' | 'root'>,
  { randomId }: Pick<Services, 'randomId'>,
): DocumentReplies {
  const cache = join(root, '.openkb', 'cache');
  const directory = join(cache, 'replies');
  // a knowledge base may come from somebody else: nothing is read, written or removed through a link
  const isOurs = () =>
    [cache, directory].every((path) => {
      const kind = fileSystem.stat(path)?.kind;
      return kind === undefined || kind === 'directory';
    });
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
