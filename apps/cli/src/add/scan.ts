import { basename, extname, join, relative, resolve, sep } from 'node:path';

import { CliError } from '../errors.ts';
import { explain } from '../explain.ts';
import { ownDirectories } from '../knowledge-base/layout.ts';
import type { SourceFiles } from '../services.ts';
import { lacksScheme, shownSource, webSource } from '../web/web-source.ts';
import { isPassedOver } from './passed-over.ts';

/** A file, or another thing that has a place, to add. */
export interface FoundSource {
  /** Absolute; of what is no file, the `path` that the registry has. */
  readonly path: string;
  /** File name with ending. */
  readonly name: string;
  /** As the reader of a message knows it. */
  readonly shown: string;
  /** Id of a document in PageIndex Cloud, which is no file. */
  readonly cloudId?: string;
  /** URL of a web source, with the credentials that it may hold: never shown, never stored. */
  readonly url?: string;
}

/** What the sources that a user names come to, in the order named, a directory's files by name. */
export interface Scan {
  readonly found: readonly FoundSource[];
  /** Files of directories that are no documents, with the reason. */
  readonly skipped: readonly { readonly shown: string; readonly reason: string }[];
  /** Sources that are missing, unreadable, or of no use. */
  readonly failed: readonly { readonly shown: string; readonly error: CliError }[];
}

export interface ScanOptions {
  readonly sources: SourceFiles;
  readonly realPath: (path: string) => string;
  /** Lower-case endings with the dot. */
  readonly extensions: readonly string[];
  /** Directory that relative paths start from. */
  readonly from: string;
  /** Root of the knowledge base. */
  readonly root: string;
}

/** Finds the files to add. Reads directories, and no file. */
export function scanSources(named: readonly string[], options: ScanOptions): Scan {
  const scan = { found: [], skipped: [], failed: [] } as Collected;
  for (const shown of named) {
    try {
      const web = webSource(shown, 'add');
      if (web) scan.found.push(web);
      else scanNamed({ path: resolve(options.from, shown), shown }, scan, options);
    } catch (error) {
      scan.failed.push({ shown: shownSource(shown), error: explain(error) });
    }
  }
  const seen = new Set<string>();
  const isFirst = ({ path, url }: FoundSource) => {
    const real = url === undefined ? options.realPath(path) : path;
    return !seen.has(real) && seen.add(real);
  };
  return { ...scan, found: scan.found.filter(isFirst) };
}

type Collected = { -readonly [K in keyof Scan]: Scan[K][number][] };

interface Place {
  readonly path: string;
  readonly shown: string;
}

function scanNamed({ path, shown }: Place, scan: Collected, options: ScanOptions): void {
  const kind = options.sources.stat(path)?.kind;
  if (kind === undefined) throw refused(shown, 'no such file or directory', checkPath(shown));
  if (kind === 'other') throw refused(shown, 'it is neither a file nor a directory');
  const own = ownDirectory(options.realPath(path), options.root);
  if (own !== undefined && own !== 'raw')
    throw refused(
      shown,
      `"${own}" belongs to the knowledge base itself`,
      'Add the originals instead.',
    );
  if (kind === 'file') {
    if (!isSupported(path, options))
      throw refused(shown, `${describeEnding(path)} cannot be read`, endingsHint(options));
    scan.found.push({ path, name: basename(path), shown });
    return;
  }
  const before = scan.found.length;
  const passRaw = own !== 'raw';
  scanDirectory({ path, shown }, scan, { ...options, passRaw, visited: new Set() });
  if (scan.found.length === before)
    throw refused(shown, 'the directory has no documents in it', endingsHint(options));
}

interface DirectoryScan extends ScanOptions {
  /** Whether the knowledge base's originals are passed over, as they are unless named. */
  readonly passRaw: boolean;
  /** Real paths, so that a loop of links ends. */
  readonly visited: Set<string>;
}

function scanDirectory(place: Place, scan: Collected, options: DirectoryScan): void {
  const real = options.realPath(place.path);
  const own = ownDirectory(real, options.root);
  if (options.visited.has(real) || (own !== undefined && (own !== 'raw' || options.passRaw)))
    return;
  options.visited.add(real);
  for (const name of options.sources.list(place.path)) {
    if (isPassedOver(name)) continue;
    const below = { path: join(place.path, name), shown: join(place.shown, name) };
    const kind = options.sources.stat(below.path)?.kind;
    try {
      if (kind === 'directory') scanDirectory(below, scan, options);
      else if (kind === 'file' && isSupported(name, options)) scan.found.push({ ...below, name });
      else scan.skipped.push({ shown: below.shown, reason: whyNot(name, kind) });
    } catch (error) {
      scan.failed.push({ shown: below.shown, error: explain(error) });
    }
  }
}

function whyNot(name: string, kind: 'file' | 'other' | undefined): string {
  if (kind === 'file') return `${describeEnding(name)} cannot be read`;
  return kind === undefined
    ? 'it is a link that leads nowhere'
    : 'it is neither a file nor a directory';
}

/** The directory of the knowledge base that the path lies in: `raw`, `wiki`, … */
function ownDirectory(path: string, root: string): string | undefined {
  const inside = relative(root, path);
  const [first] = inside.split(sep);
  return first !== undefined && ['raw', ...ownDirectories].includes(first) ? first : undefined;
}

const isSupported = (path: string, { extensions }: ScanOptions) =>
  extensions.includes(extname(path).toLowerCase());

function describeEnding(path: string): string {
  const ending = extname(path);
  return ending === '' ? 'a file without an ending' : `the format "${ending}"`;
}

const endingsHint = ({ extensions }: ScanOptions) => `What can be read: ${extensions.join(' ')}.`;

const checkPath = (shown: string) =>
  lacksScheme(shown)
    ? `A web page is written with its scheme: https://${shown}`
    : 'Check the path.';

function refused(shown: string, why: string, hint?: string): CliError {
  return new CliError(
    'bad-source',
    `cannot add "${shown}": ${why}`,
    hint === undefined ? {} : { hint },
  );
}
