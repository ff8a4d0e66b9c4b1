/** The texts of a compilation as changes: summary, concepts, entities, each by path. */
import { pageTitle, readFrontMatter } from '@openkb/wiki';

import type { PageChange, WikiView } from '../compilation.ts';
import { knownType } from './plan/settle-plan.ts';

const KINDS = [
  ['summaries/', 'summary'],
  ['concepts/', 'concept'],
  ['entities/', 'entity'],
] as const;

/** Pages whose text is that of the wiki are left out. */
export function collectPages(
  texts: ReadonlyMap<string, string>,
  wiki: WikiView,
  entityTypes: readonly string[],
): PageChange[] {
  const changed = [...texts]
    .filter(([path, text]) => wiki.read(path) !== text)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return KINDS.flatMap(([directory, kind]) =>
    changed
      .filter(([path]) => path.startsWith(directory))
      .map(([path, text]) => pageChange(path, kind, { text, wiki, entityTypes })),
  );
}

interface Changed {
  readonly text: string;
  readonly wiki: WikiView;
  readonly entityTypes: readonly string[];
}

function pageChange(
  path: string,
  kind: PageChange['kind'],
  { text, wiki, entityTypes }: Changed,
): PageChange {
  const { description, type } = readFrontMatter(text);
  const written = typeof type === 'string' ? type : 'other';
  return {
    path,
    kind,
    text,
    title: pageTitle(path, text),
    description: typeof description === 'string' ? description : '',
    ...(kind === 'entity' ? { entityType: knownType(written, entityTypes) } : {}),
    action: wiki.read(path) === undefined ? 'create' : 'update',
  };
}
