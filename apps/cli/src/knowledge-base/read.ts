import type { Session } from '@openkb/journal';

import { hasSystemCode } from '../system-code.ts';
import type { KnowledgeBase, LockContext } from './open.ts';
import { recoveredText, waiting } from './open.ts';

/**
 * Runs `work` while nobody writes. Taking the lock recovers an unfinished change; where that is not
 * possible (read-only, or beyond rollback) the reader is told so in one line and reads what is there.
 */
export async function whileNobodyWrites<T>(
  kb: KnowledgeBase,
  context: LockContext,
  work: () => T,
): Promise<T> {
  const session = await sharedSession(kb, context);
  try {
    for (const report of session?.recovered ?? []) context.reporter.warn(recoveredText(report));
    const pending = session ? session.failures : kb.journal.pending();
    if (pending.length > 0)
      context.reporter.warn(
        "a change is unfinished, so some pages may be half changed; run 'openkb recover'",
      );
    return work();
  } finally {
    session?.release();
  }
}

/** `undefined` on a medium that cannot be written, and so cannot be locked, but can be read. */
async function sharedSession(
  kb: KnowledgeBase,
  context: LockContext,
): Promise<Session | undefined> {
  try {
    return await kb.journal.acquire('shared', waiting(context));
  } catch (error) {
    if (hasSystemCode(error, ['EROFS', 'EACCES', 'EPERM'])) return undefined;
    throw error;
  }
}
