import type { Change } from '@openkb/journal';
import type { Compilation } from '@openkb/wiki-compiler';

import { encodeText } from './files.ts';
import { wikiPath } from './layout.ts';
import { unlinkRemoved } from './unlink-removed.ts';
import type { RecordingView } from './wiki-view.ts';

/**
 * A compilation as changes: pages to write and to remove; no page that stays links to one that goes.
 *
 * @param gone pages, relative to `wiki/`, that go as well and that others may link to; their removal
 *   is the caller's
 */
export function pageChanges(
  compilation: Compilation,
  view: RecordingView,
  gone: readonly string[] = [],
): Change[] {
  const { pages, removals = [] } = compilation;
  const texts = new Map(pages.map(({ path, text }) => [path, text]));
  const all = { pages, removals: [...removals, ...gone] };
  for (const { path, text } of unlinkRemoved(all, view)) texts.set(path, text);
  return [
    ...[...texts].map(([path, text]): Change => ({
      kind: 'write',
      path: wikiPath(path),
      bytes: encodeText(text),
      expect: view.expectation(path),
    })),
    ...removals.map((path): Change => ({
      kind: 'remove',
      path: wikiPath(path),
      expect: view.expectation(path),
    })),
  ];
}
