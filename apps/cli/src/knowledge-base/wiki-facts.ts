import { pageFacts, type WikiFacts } from '@openkb/wiki';

import type { PagesOfDirectory } from './cache/page-cache.ts';
import type { Files } from './files.ts';
import { indexPath, wikiPath } from './layout.ts';

/** Deeper than anybody nests folders, and shallow enough for a tree that was made to be endless. */
const DEEPEST = 16;

/**
 * The wiki as checks and graphs look at it, for far less than reading its pages: the whole tree, folders that
 * people made included, hidden files left out. Pages are as they are now.
 */
export function wikiFacts(files: Files): WikiFacts {
  const text = (path: string): string =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(files.bytes(wikiPath(path)));
  const top = new Set<string>();
  const others: string[] = [];
  const pages: string[] = [];
  const byDirectory = new Map<string, PagesOfDirectory>();
  for (const [directory, names] of foldersOf(files)) {
    const own = names.filter((name) => name.endsWith('.md')).map((name) => at(directory, name));
    others.push(...names.filter((one) => !one.endsWith('.md')).map((one) => at(directory, one)));
    if (directory === '') {
      for (const path of own)
        if (files.kind(wikiPath(path)) === 'file') top.add(path);
        else others.push(path);
    } else {
      const facts = factsOf(files, directory, own);
      byDirectory.set(directory, facts);
      pages.push(...facts.paths);
    }
  }
  return {
    paths: [...top, ...pages, ...others],
    facts: (path) =>
      path.includes('/')
        ? byDirectory.get(path.slice(0, path.lastIndexOf('/')))?.facts(path)
        : top.has(path)
          ? pageFacts(path, text(path))
          : undefined,
    index: files.has(indexPath) ? text('index.md') : undefined,
  };
}

const at = (directory: string, name: string): string =>
  directory === '' ? name : `${directory}/${name}`;

/** What is kept of the pages of a folder has the folder's name, in which a slash is no part of a path. */
function factsOf(files: Files, directory: string, paths: readonly string[]): PagesOfDirectory {
  const name = directory.replaceAll('/', '%2F');
  try {
    return files.facts(name, paths);
  } catch {
    // a folder that is named as a page; a symbolic link, which is followed by nobody and may be linked
    const kinds = new Map(paths.map((path) => [path, files.kind(wikiPath(path))]));
    const pages = files.facts(
      name,
      paths.filter((path) => kinds.get(path) === 'file'),
    );
    const isThere = (path: string) => ['file', 'symlink'].includes(kinds.get(path) ?? '');
    return { paths: paths.filter(isThere), facts: (path) => pages.facts(path) };
  }
}

/** Every folder of the wiki, `''` first, with the names of the files in it: those that pages and links may be. */
function foldersOf(files: Files): [string, string[]][] {
  const folders: [string, string[]][] = [];
  const visit = (directory: string, depth: number): void => {
    const names: string[] = [];
    folders.push([directory, names]);
    for (const name of files.names(`wiki/${directory}`.replace(/\/$/, ''))) {
      if (name.startsWith('.')) continue;
      // the many are not asked what they are; pictures are no pages
      if (/\.(?:md|json)$/.test(name)) names.push(name);
      else if (directory === 'sources' && name === 'images') continue;
      else if (depth < DEEPEST && files.kind(wikiPath(at(directory, name))) === 'directory')
        visit(at(directory, name), depth + 1);
    }
  };
  visit('', 0);
  return folders;
}
