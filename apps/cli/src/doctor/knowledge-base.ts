import type { LockProvider } from '@openkb/journal';

import { stateOf } from '../knowledge-base/find.ts';
import { registryPath } from '../knowledge-base/layout.ts';
import { lostRegistry } from '../knowledge-base/lost-registry.ts';
import { type KnowledgeBase, knowledgeBaseAt } from '../knowledge-base/open.ts';
import { count } from '../report/words.ts';
import type { Services } from '../services.ts';
import { hasSystemCode } from '../system-code.ts';
import { diskFindings } from './disk.ts';
import { broken, type Finding, finding } from './finding.ts';
import { journalFindings } from './journal.ts';
import { spaceFinding } from './space.ts';

/** Looks at one knowledge base; leaves it as it was. */
export function knowledgeBaseFindings(services: Services, root: string): Finding[] {
  let locks: LockProvider;
  const without: Finding[] = [];
  try {
    locks = services.locks();
  } catch (error) {
    without.push(broken('lock', error));
    locks = noLocks;
  }
  const kb = knowledgeBaseAt({ ...services, locks: () => locks }, root, 'openkb doctor');
  const disk = tryDisk(kb, locks).filter(({ name }) => name !== 'lock' || without.length === 0);
  return [
    contentFinding(kb),
    ...without,
    ...disk,
    spaceFinding(services.freeSpace(root)),
    ...journal(kb),
  ];
}

function journal(kb: KnowledgeBase): Finding[] {
  try {
    return journalFindings(kb.journal.check(), kb.journal.setAside());
  } catch (error) {
    return [broken('journal', error)];
  }
}

/** Stands in where there is no lock, so that the rest can be looked at; other processes count as alive. */
const noLocks: LockProvider = {
  name: 'none',
  tryLock: () => ({ isCurrent: () => true, release() {} }),
  look: (path) => (path.endsWith('ingest.lock') ? 'free' : 'held'),
};

function contentFinding(kb: KnowledgeBase): Finding {
  return finding('knowledge-base', () => {
    if (stateOf(kb.fileSystem, kb.root) !== 'complete')
      return {
        status: 'note',
        text: `"${kb.root}" is no knowledge base yet: its 'openkb init' was interrupted`,
        hint: `Finish it with 'openkb init ${kb.root}'.`,
      };
    kb.config();
    if (lostRegistry(kb))
      return {
        status: 'broken',
        text: `there are documents, and "${registryPath}" is missing`,
        hint: "Run 'openkb doctor --rebuild-registry'.",
      };
    const documents = count(kb.registry().size, 'document');
    return { status: 'ok', text: `settings and registry can be read; ${documents}` };
  });
}

function tryDisk(kb: KnowledgeBase, locks: LockProvider): Finding[] {
  try {
    const staging = kb.journal.stage();
    try {
      return diskFindings(kb.fileSystem, locks, staging.directory);
    } finally {
      staging.discard();
    }
  } catch (error) {
    if (!hasSystemCode(error, ['EROFS'])) return [broken('disk', error)];
    const text = 'the medium is read-only: the knowledge base can be read, and not changed';
    return [{ name: 'disk', status: 'note', text }];
  }
}
