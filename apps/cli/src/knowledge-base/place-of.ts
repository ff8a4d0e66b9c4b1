import { pathFault } from '@openkb/journal';

import type { Files } from './files.ts';
import { stateDirectory } from './layout.ts';

/**
 * What lies at a path, relative to the root, that a registry or a page names: a file of the knowledge base, nothing,
 * or what is not its own: outside, behind a link, a link itself. Names come from anybody: nothing outside is looked at.
 */
export function placeOf(files: Files, path: string): 'own' | 'absent' | 'foreign' {
  if (pathFault(path, stateDirectory) !== undefined) return 'foreign';
  const parts = path.split('/');
  for (const n of parts.keys()) {
    const kind = files.kind(parts.slice(0, n + 1).join('/'));
    if (kind === undefined) return 'absent';
    if (kind !== (n === parts.length - 1 ? 'file' : 'directory')) return 'foreign';
  }
  return 'own';
}
