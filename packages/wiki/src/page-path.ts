/** The folders of a wiki, as the OpenKB format names them. */
export type PageDirectory =
  | 'summaries'
  | 'concepts'
  | 'entities'
  | 'explorations'
  | 'sources'
  | 'reports';

/**
 * The path of a page, relative to `wiki/`: `pagePath('concepts', 'attention')` is `concepts/attention.md`.
 * The name is taken as it is: hand in what `slugOf` or `documentName` returned.
 */
export function pagePath(directory: PageDirectory, slug: string): string {
  return `${directory}/${slug}.md`;
}

/** What a wikilink to the page at `path` says: `concepts/attention.md` is linked as `concepts/attention`. */
export function linkTarget(path: string): string {
  return path.replace(/\.md$/i, '');
}

/**
 * The key under which a file system that ignores case files a path: NFC, then full case folding.
 * Two paths with one key cannot both exist on such a disk.
 */
export function pathKey(path: string): string {
  if (/^[\0-\x7F]*$/.test(path)) return path.toLowerCase();
  // upper then lower case folds ß, ſ and ς too; the dotless ı is a letter of its own and must not become i
  const folded = path
    .normalize('NFC')
    .split('ı')
    .map((part) => part.toUpperCase().toLowerCase())
    .join('ı');
  return folded.normalize('NFC');
}
