import type { Change } from '@openkb/journal';

import type { KnowledgeBase } from './open.ts';

export interface PlannedChange {
  readonly action: 'create' | 'update' | 'append' | 'remove';
  /** Relative to the root. */
  readonly path: string;
  /** Size afterwards, or of what is appended. */
  readonly bytes?: number;
}

/** A change set as a dry run shows it, by path; a directory that is made or emptied is not shown. */
export function plannedChanges(kb: KnowledgeBase, changes: readonly Change[]): PlannedChange[] {
  return changes
    .flatMap((change): PlannedChange[] => {
      const { kind, path } = change;
      if (kind === 'directory' || kind === 'remove-directory') return [];
      if (kind === 'remove') return [{ action: 'remove', path }];
      if (kind === 'append') return [{ action: 'append', path, bytes: change.bytes.length }];
      const bytes =
        kind === 'write' ? change.bytes.length : (kb.fileSystem.stat(change.staged)?.size ?? 0);
      return [{ action: kb.files.has(path) ? 'update' : 'create', path, bytes }];
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
