import type { Files } from './files.ts';
import { wikiPath } from './layout.ts';

/** Names, without ending, of the pages of one directory of the wiki. */
export function pageNames(files: Files, directory: string): string[] {
  return files
    .names(wikiPath(directory))
    .filter((name) => name.endsWith('.md') && !name.startsWith('.'))
    .map((name) => name.slice(0, -'.md'.length));
}

/** Paths of the pages of one directory of the wiki, relative to `wiki/`. */
export function pagesIn(files: Files, directory: string): string[] {
  return pageNames(files, directory).map((name) => `${directory}/${name}.md`);
}
