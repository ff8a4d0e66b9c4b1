import { dirname, join } from 'node:path';

/** Leading dot: listers and Obsidian pass over it; `.tmp`: so do watchers and sync tools. */
const PATTERN = /^\.openkb-[0-9A-Za-z]+\.tmp$/;

/**
 * A path beside `path` for a file on its way there. Its length does not depend on the name, so
 * that a name at the limit still has a temporary sibling.
 * @param id letters and digits, different for every use
 */
export function temporarySibling(path: string, id: string): string {
  return join(dirname(path), `.openkb-${id}.tmp`);
}

/** Whether a file name is one of ours, left behind by a process that died. */
export function isTemporaryName(name: string): boolean {
  return PATTERN.test(name);
}
