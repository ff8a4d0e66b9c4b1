/**
 * One commit of prepared changes together with the **books** of a knowledge base: the registry, the
 * index and the log, which every mutation touches and which grow with the wiki.
 *
 * Reading and laying out the books takes long in a large wiki, so it is done without the lock, like
 * all slow work; each book's change carries what it was made from (`expect`). Under the lock the
 * commit only compares. Books that others changed in between are made again from what they are now;
 * any other path that has moved on is the caller's to plan again.
 */
import { type Change, type CommitReport, JournalError, type Staging } from '@openkb/journal';

import { discardStaging } from './discard-staging.ts';
import { indexPath, logPath, registryPath } from './layout.ts';
import { type KnowledgeBase, type LockContext, underLock } from './open.ts';
import { whileNobodyWrites } from './read.ts';

/** How often the books are made again because others changed them between reading and commit. */
const MOST_ATTEMPTS = 5;

export const BOOKS: ReadonlySet<string> = new Set([registryPath, indexPath, logPath]);

export interface MutationWithBooks<Instead> {
  readonly operation: string;
  readonly subject: string;
  /** Everything but the books, staged where it is large. */
  readonly changes: readonly Change[];
  /** Where the books are staged. */
  readonly staging: Staging;
  /** Reads the books and makes their changes; or finds in them that there is nothing to commit, and says why. */
  readonly books: () => readonly Change[] | Instead;
}

export type Mutated =
  | { readonly kind: 'committed'; readonly report: CommitReport }
  /** These paths have moved on since their changes were computed; nothing is written. */
  | { readonly kind: 'moved-on'; readonly paths: readonly string[] };

/** @throws {JournalError} all but `conflict` */
export async function commitWithBooks<Instead extends { readonly kind: string } = never>(
  kb: KnowledgeBase,
  lock: LockContext,
  { operation, subject, changes, staging, books }: MutationWithBooks<NoInfer<Instead>>,
): Promise<Mutated | Instead> {
  let paths: readonly string[] = [];
  for (let left = MOST_ATTEMPTS; left > 0; left -= 1) {
    let made = books();
    // what others are about to commit may still be rolled back: only what stands is a reason to stop
    // oxlint-disable-next-line no-await-in-loop -- a try follows the failure of the one before
    if ('kind' in made) made = await whileNobodyWrites(kb, lock, books);
    if ('kind' in made) return made;
    const changeSet = { operation, subject, changes: [...changes, ...staging.prepare(made)] };
    try {
      // oxlint-disable-next-line no-await-in-loop -- a try follows the failure of the one before
      const report = await underLock(kb, lock, (session) => session.commit(changeSet));
      return { kind: 'committed', report };
    } catch (error) {
      if (!(error instanceof JournalError && error.code === 'conflict')) throw error;
      paths = error.paths.filter((path) => !BOOKS.has(path));
      if (paths.length > 0) break;
    }
  }
  return { kind: 'moved-on', paths };
}

/** The same for changes that hold their contents: they are staged here, and the staging goes whatever happens. */
export async function stageAndCommit<Instead extends { readonly kind: string } = never>(
  kb: KnowledgeBase,
  lock: LockContext,
  mutation: Omit<MutationWithBooks<NoInfer<Instead>>, 'staging'>,
): Promise<Mutated | Instead> {
  const staging = kb.journal.stage();
  try {
    const changes = staging.prepare(mutation.changes);
    return await commitWithBooks<Instead>(kb, lock, { ...mutation, changes, staging });
  } finally {
    discardStaging(staging, lock);
  }
}
