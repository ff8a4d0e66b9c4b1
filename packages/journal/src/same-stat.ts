import type { FileStat } from '@openkb/atomic-fs';

/** Whether what lies at a path is what lay there: the same file, not written to since. */
export function isSameStat(a: FileStat | undefined, b: FileStat | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.inode === b.inode &&
    a.device === b.device &&
    a.size === b.size &&
    a.modified === b.modified &&
    a.kind === b.kind
  );
}
