import type { Change } from '@openkb/journal';

import type { KnowledgeBase } from '../knowledge-base/open.ts';
import type { PlannedChange } from './outcome.ts';

/** A change set as a dry run shows it, by path; a directory that is made is not shown. */
export function plannedChanges(kb: KnowledgeBase, changes: readonly Change[]): PlannedChange[] {
  return changes
    .flatMap((change): PlannedChange[] => {
      const { kind, path } = change;
      switch (kind) {
        case 'write':
          return [
            { action: kb.files.has(path) ? 'update' : 'create', path, bytes: change.bytes.length },
          ];
        case 'publish': {
          const bytes = kb.fileSystem.stat(change.staged)?.size ?? 0;
          return [{ action: kb.files.has(path) ? 'update' : 'create', path, bytes }];
        }
        case 'append':
          return [{ action: 'append', path, bytes: change.bytes.length }];
        case 'remove':
          return [{ action: 'remove', path }];
        case 'directory':
          return [];
      }
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
