import { dirname } from 'node:path/posix';

import { linkTarget, parseLinks } from '@openkb/wiki';
import type { Compilation } from '@openkb/wiki-compiler';

import type { Files } from './files.ts';
import { isPageThere } from './page-there.ts';
import type { RecordingView } from './wiki-view.ts';

/**
 * Pages, as links name them, that a compilation links and does not write: were one removed before the commit, its links
 * would lead nowhere.
 */
export function restsOn(
  { pages }: Pick<Compilation, 'pages'>,
  view: Pick<RecordingView, 'list'>,
): readonly string[] {
  const written = new Set(pages.map(({ path }) => linkTarget(path)));
  const targets = pages.flatMap(({ text }) =>
    parseLinks(text).map(({ target }) => linkTarget(target)),
  );
  return [...new Set(targets)].filter(
    (target) => !written.has(target) && view.list(dirname(target)).includes(`${target}.md`),
  );
}

/** Whether all of these pages are still there. */
export const stillThere = (files: Files, targets: readonly string[]): boolean =>
  targets.every((target) => isPageThere(files, target));
