import { linkTarget, upsertIndexEntries } from '@openkb/wiki';

import { indexChange, logChange } from '../knowledge-base/books.ts';
import { stageAndCommit } from '../knowledge-base/commit-with-books.ts';
import { withoutDeadLinks } from '../knowledge-base/dead-links.ts';
import { encodeText } from '../knowledge-base/files.ts';
import { wikiPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase, LockContext } from '../knowledge-base/open.ts';
import { untilSettled } from '../knowledge-base/until-settled.ts';
import { type Exploration, explorationPath, explorationText } from './exploration.ts';
import { shortQuestion } from './short-question.ts';

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
export function saveExploration(
  kb: KnowledgeBase,
  lock: LockContext,
  { exploration, clock, operation }: Saving,
): Promise<string> {
  const { question } = exploration;
  const subject = shortQuestion(question);
  const whole = explorationText(exploration);
  const attempt = async (): Promise<string | undefined> => {
    // pages may have gone since the answer was checked
    const text = withoutDeadLinks(kb.files, whole);
    const page = explorationPath(question, kb.files.names(wikiPath('explorations')));
    const path = wikiPath(page);
    const entry = {
      section: 'Explorations',
      target: linkTarget(page),
      description: subject,
    } as const;
    const mutated = await stageAndCommit<{ readonly kind: 'meanwhile' }>(kb, lock, {
      operation,
      subject,
      changes: [{ kind: 'write', path, bytes: encodeText(text), expect: 'absent' }],
      books: () =>
        withoutDeadLinks(kb.files, text) === text
          ? [
              indexChange(kb, (index) => upsertIndexEntries(index, [entry])),
              logChange(kb, { at: clock(), operation, subject }),
            ]
          : { kind: 'meanwhile' },
    });
    if (mutated.kind !== 'committed') return undefined;
    for (const warning of mutated.report.warnings) lock.reporter.warn(warning);
    return path;
  };
  return untilSettled(attempt, {
    message: () => 'cannot save the answer: others save answers at the same time',
    hint: 'Nothing was written. Ask again.',
  });
}
