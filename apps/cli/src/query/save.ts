import { linkTarget, upsertIndexEntries } from '@openkb/wiki';

import { CliError } from '../errors.ts';
import { indexChange, logChange } from '../knowledge-base/books.ts';
import { stageAndCommit } from '../knowledge-base/commit-with-books.ts';
import { encodeText } from '../knowledge-base/files.ts';
import { wikiPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase, LockContext } from '../knowledge-base/open.ts';
import { type Exploration, explorationPath, explorationText } from './exploration.ts';
import { shortQuestion } from './short-question.ts';

/** How often another name is taken because somebody else has made a page of the same meanwhile. */
const MOST_ATTEMPTS = 5;

export interface Saving {
  readonly exploration: Exploration;
  readonly clock: () => Date;
  /** For history and log: `query`. */
  readonly operation: string;
}

/**
 * Saves an answer as a page of its own, with its entries in index and log, in one commit. A page that is
 * there is never overwritten.
 *
 * @returns the page, relative to the root
 */
export async function saveExploration(
  kb: KnowledgeBase,
  lock: LockContext,
  { exploration, clock, operation }: Saving,
): Promise<string> {
  const { question } = exploration;
  const subject = shortQuestion(question);
  const bytes = encodeText(explorationText(exploration));
  for (let left = MOST_ATTEMPTS; left > 0; left -= 1) {
    const page = explorationPath(question, kb.files.names(wikiPath('explorations')));
    const path = wikiPath(page);
    const entry = {
      section: 'Explorations',
      target: linkTarget(page),
      description: subject,
    } as const;
    // oxlint-disable-next-line no-await-in-loop -- a try follows the failure of the one before
    const mutated = await stageAndCommit(kb, lock, {
      operation,
      subject,
      changes: [{ kind: 'write', path, bytes, expect: 'absent' }],
      books: () => [
        indexChange(kb, (text) => upsertIndexEntries(text, [entry])),
        logChange(kb, { at: clock(), operation, subject }),
      ],
    });
    if (mutated.kind === 'committed') {
      for (const warning of mutated.report.warnings) lock.reporter.warn(warning);
      return path;
    }
  }
  throw new CliError('conflict', 'cannot save the answer: others save answers at the same time', {
    hint: 'Nothing was written. Ask again.',
  });
}
