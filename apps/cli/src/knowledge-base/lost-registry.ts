import { registryPath } from './layout.ts';
import type { KnowledgeBase } from './open.ts';
import { pageNames } from './pages.ts';

/** Whether there are documents and no registry of them. One without documents needs none. */
export function lostRegistry({ files }: Pick<KnowledgeBase, 'files'>): boolean {
  return !files.has(registryPath) && pageNames(files, 'summaries').length > 0;
}
