import { linkTarget } from '@openkb/wiki';

import { hasSystemCode } from '../system-code.ts';
import type { Files } from './files.ts';
import { wikiPath } from './layout.ts';

/** Whether there is a page that a link means in the spelling that it has. A target is anything that a page says. */
export function isPageThere(files: Files, target: string): boolean {
  const stem = linkTarget(target);
  if (stem === '' || /[\0\\]|(?:^|\/)\.{0,2}(?:\/|$)/.test(stem)) return false;
  const isFile = (path: string): boolean => files.kind(wikiPath(path)) === 'file';
  try {
    return isFile(`${stem}.md`) || isFile(target);
  } catch (error) {
    if (hasSystemCode(error, ['ENAMETOOLONG', 'ENOTDIR'])) return false;
    throw error;
  }
}
