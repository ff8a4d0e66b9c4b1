import { pageFacts, type WikiFacts } from '@openkb/wiki';

import type { Files } from './files.ts';
import { indexPath, wikiPath } from './layout.ts';
import { pagesIn } from './pages.ts';

/** The directories of a wiki whose pages are many: what is known of them is kept. */
const DIRECTORIES = [
  'sources',
  'summaries',
  'concepts',
  'entities',
  'explorations',
  'reports',
] as const;

/** The wiki as checks and graphs look at it, for far less than reading its pages. Pages are as they are now. */
export function wikiFacts(files: Files): WikiFacts {
  const text = (path: string): string => {
    const bytes = files.bytes(wikiPath(path));
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  };
  const top = files.names('wiki').filter((name) => name.endsWith('.md') && !name.startsWith('.'));
  const directories = DIRECTORIES.map(
    (directory) => [directory, files.facts(directory, pagesIn(files, directory))] as const,
  );
  const others = files
    .names(wikiPath('sources'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => `sources/${name}`);
  const byDirectory = new Map<string, (typeof directories)[number][1]>(directories);
  return {
    paths: [...top, ...directories.flatMap(([, { paths }]) => paths), ...others],
    facts: (path) =>
      path.includes('/')
        ? byDirectory.get(path.slice(0, path.indexOf('/')))?.facts(path)
        : pageFacts(path, text(path)),
    index: files.has(indexPath) ? text('index.md') : undefined,
  };
}
