import type { Change } from '@openkb/journal';

import type { KnowledgeBase } from '../knowledge-base/open.ts';
import type { PlannedChange } from './outcome.ts';

/** A change set as a dry run shows it, by path; a directory that is made is not shown. */
export function plannedChanges(kb: KnowledgeBase, changes: readonly Change[]): PlannedChange[] {
  return changes
    .flatMap((change): PlannedChange[] => {
      const { kind, path } = change;
      if (kind === 'directory') return [];
      if (kind === 'remove') return [{ action: 'remove', path }];
      if (kind === 'append') return [{ action: 'append', path, bytes: change.bytes.length }];
      const bytes =
        kind === 'write' ? change.bytes.length : (kb.fileSystem.stat(change.staged)?.size ?? 0);
      return [{ action: kb.files.has(path) ? 'update' : 'create', path, bytes }];
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
