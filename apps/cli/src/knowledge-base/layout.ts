/** Where everything lies in a knowledge base: paths relative to its root, `/`-separated. */

export const stateDirectory = '.openkb';
export const configPath = '.openkb/config.yaml';
export const registryPath = '.openkb/hashes.json';
/** Locked by processes that add, see `add/turn.ts`; holds nothing. */
export const turnLockPath = '.openkb/add.lock';
export const indexPath = 'wiki/index.md';
export const logPath = 'wiki/log.md';
export const conventionsPath = 'wiki/AGENTS.md';

/** What is derived from the pages of one directory of the wiki, of one kind (`pages`); may be deleted at any time. */
export const cachePath = (kind: string, directory: string): string =>
  `.openkb/cache/${kind}/${directory}`;

/** The directories that a new knowledge base has. */
export const directories = [
  'raw',
  'output',
  'wiki',
  'wiki/sources',
  'wiki/sources/images',
  'wiki/summaries',
  'wiki/concepts',
  'wiki/entities',
  'wiki/explorations',
  'wiki/reports',
] as const;

/** What is the knowledge base's own and no source: a scan passes over it, and it cannot be added by name. */
export const ownDirectories = ['.openkb', 'wiki', 'output'] as const;

/** The wiki's page `concepts/attention.md` seen from the root. */
export const wikiPath = (page: string): string => `wiki/${page}`;

/** The original, `extension` as it was given, with the dot. */
export const rawPath = (name: string, extension: string): string => `raw/${name}${extension}`;

/** The stored text of a short document, and of one that is stored page by page. */
export const sourceTextPath = (name: string, form: 'md' | 'json'): string =>
  `wiki/sources/${name}.${form}`;

/** Pictures of a document. */
export const imagesPath = (name: string): string => `wiki/sources/images/${name}`;

/** The pictures of a document as its stored text links them: relative to the page that holds the link. */
export const imagesLink = (name: string): string => `images/${name}`;
