import {
  emptyIndex,
  type IndexEntry,
  type IndexSection,
  linkTarget,
  mendLinks,
  readIndex,
  removeIndexEntries,
  upsertIndexEntries,
  type WikiFacts,
} from '@openkb/wiki';

const SECTIONS: Readonly<Record<string, IndexSection>> = {
  summaries: 'Documents',
  concepts: 'Concepts',
  entities: 'Entities',
  explorations: 'Explorations',
};

/** What the index needs: pages that it does not list, and what a link means. */
export interface IndexMend {
  readonly missing: readonly IndexEntry[];
  readonly resolve: (target: string) => string | undefined;
}

/** The index with an entry for every page, none for a page that is gone, and its links mended. */
export function mendIndex(text: string | undefined, { missing, resolve }: IndexMend): string {
  const index = text ?? emptyIndex();
  const dead = readIndex(index)
    .map(({ target }) => target)
    .filter((target) => resolve(target) === undefined && !/^[\s.#/]*$/.test(target));
  return upsertIndexEntries(mendLinks(removeIndexEntries(index, dead), resolve), missing);
}

/** The entries of these pages, from what the pages say of themselves. A name that no link can hold has none. */
export function missingEntries(
  paths: readonly string[],
  wiki: Pick<WikiFacts, 'facts'>,
): IndexEntry[] {
  return paths
    .filter((path) => !/[[\]|#\n]/.test(path))
    .flatMap((path): IndexEntry[] => {
      const section = SECTIONS[path.slice(0, path.indexOf('/'))];
      const fields = wiki.facts(path)?.fields ?? {};
      const said = (key: string): string => {
        const value = fields[key];
        return typeof value === 'string' ? value : '';
      };
      const label =
        section === 'Documents'
          ? said('doc_type') || 'short'
          : section === 'Entities'
            ? said('type').toLowerCase()
            : '';
      if (section === undefined) return [];
      const target = linkTarget(path);
      return [
        { section, target, ...(label !== '' && { label }), description: said('description') },
      ];
    });
}
