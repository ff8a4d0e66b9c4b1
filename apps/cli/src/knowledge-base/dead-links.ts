import { linkText, rewriteLinks } from '@openkb/wiki';

import { withoutCites } from './cites.ts';
import type { Files } from './files.ts';
import { isPageThere } from './page-there.ts';

/** A page of which links that lead to no page are their words, and which cites none that is gone. */
export function withoutDeadLinks(files: Files, text: string): string {
  const isDead = (target: string): boolean => !isPageThere(files, target);
  const linked = rewriteLinks(text, (link) =>
    link.target !== '' && isDead(link.target) ? linkText(link) : undefined,
  );
  return withoutCites(linked, isDead);
}
