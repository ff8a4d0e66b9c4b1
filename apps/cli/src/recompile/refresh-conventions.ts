import { defaultConventions } from '@openkb/wiki';

import { confirm } from '../ask.ts';
import type { Context } from '../command.ts';
import { logChange } from '../knowledge-base/books.ts';
import { encodeText } from '../knowledge-base/files.ts';
import { conventionsPath } from '../knowledge-base/layout.ts';
import { type KnowledgeBase, underLock } from '../knowledge-base/open.ts';

/**
 * Brings `wiki/AGENTS.md` to what this version writes. A person may have edited it, so that it is asked; the
 * old text can be brought back with `undo`.
 *
 * @throws {JournalError} `conflict` when it is edited while we ask
 */
export async function refreshConventions(
  kb: KnowledgeBase,
  context: Context,
  clock: () => Date,
): Promise<void> {
  const { text, expect } = kb.files.text(conventionsPath);
  const fresh = defaultConventions(kb.config().language);
  if (text === fresh) return;
  const yes = await confirm(context, `Replace ${conventionsPath} by what this version writes`);
  if (!yes) return;
  await underLock(kb, context, (session) =>
    session.commit({
      operation: 'refresh-schema',
      changes: [
        { kind: 'write', path: conventionsPath, bytes: encodeText(fresh), expect },
        logChange(kb, { at: clock(), operation: 'refresh-schema', subject: 'AGENTS.md' }),
      ],
    }),
  );
}
