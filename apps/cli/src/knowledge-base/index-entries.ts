import { type IndexEntry, linkTarget, removeIndexEntries, upsertIndexEntries } from '@openkb/wiki';
import type { Compilation, PageChange } from '@openkb/wiki-compiler';

const SECTIONS = { summary: 'Documents', concept: 'Concepts', entity: 'Entities' } as const;

/**
 * The index after a compilation.
 *
 * @param labels of summaries, by path, where the compilation is of their document: `short` or `pageindex`;
 *   others keep theirs
 */
export function compiledIndex(
  text: string,
  { pages, removals = [] }: Pick<Compilation, 'pages' | 'removals'>,
  labels: Readonly<Record<string, string>> = {},
): string {
  const entry = (page: PageChange): IndexEntry => {
    const label = page.kind === 'summary' ? labels[page.path] : page.entityType;
    return {
      section: SECTIONS[page.kind],
      target: linkTarget(page.path),
      ...(label !== undefined && { label }),
      description: page.description,
    };
  };
  return upsertIndexEntries(removeIndexEntries(text, removals), pages.map(entry));
}
