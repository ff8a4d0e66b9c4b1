/** The changed pages of a draft as a compilation: summaries, concepts, entities, each by path. */
import { pageTitle, readFrontMatter } from '@openkb/wiki';

import type {
  Compilation,
  CompilationMessage,
  CompilerOptions,
  PageChange,
} from '../compilation.ts';
import { compareText } from './text/keys.ts';
import type { Draft } from './wiki/draft.ts';

const KINDS = [
  ['summaries/', 'summary'],
  ['concepts/', 'concept'],
  ['entities/', 'entity'],
] as const;

export function collectChanges(
  draft: Draft,
  options: CompilerOptions,
  messages: readonly CompilationMessage[],
): Compilation {
  const changed = [...draft.changed].toSorted(([a], [b]) => compareText(a, b));
  const pages = KINDS.flatMap(([directory, kind]) =>
    changed
      .filter(([path]) => path.startsWith(directory))
      .map(([path, text]) => pageChange(path, kind, text, draft, options)),
  );
  // pages made and dropped within this compilation were never there
  const removals = draft.removed.filter((path) => draft.existed(path));
  return { pages, messages, ...(removals.length === 0 ? {} : { removals }) };
}

function pageChange(
  path: string,
  kind: PageChange['kind'],
  text: string,
  draft: Draft,
  { entityTypes }: CompilerOptions,
): PageChange {
  const { description, type } = readFrontMatter(text);
  const written = typeof type === 'string' ? type.toLowerCase() : 'other';
  const known = entityTypes.some((one) => one.toLowerCase() === written);
  return {
    path,
    kind,
    text,
    title: pageTitle(path, text),
    description: typeof description === 'string' ? description : '',
    ...(kind === 'entity' ? { entityType: known ? written : 'other' } : {}),
    action: draft.existed(path) ? 'update' : 'create',
  };
}
