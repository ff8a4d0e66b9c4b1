import { createHash } from 'node:crypto';
import { extname, relative, sep } from 'node:path';

import { pathFault } from '@openkb/journal';
import { documentName } from '@openkb/wiki';

import type { Files } from '../knowledge-base/files.ts';
import {
  imagesPath,
  rawPath,
  sourceTextPath,
  stateDirectory,
  wikiPath,
} from '../knowledge-base/layout.ts';
import { nameOf, type Registry, type RegistryEntry } from '../knowledge-base/registry.ts';

/** Which document of the knowledge base a source is. */
export interface Identity {
  /** `doc_name`. */
  readonly name: string;
  /** The document as it is registered, when its content has changed or it is compiled again. */
  readonly previous?: { readonly sha256: string; readonly entry: RegistryEntry };
}

export interface SourceFacts {
  readonly sha256: string;
  /** As the registry has it, see `registeredPath`. */
  readonly path: string;
  /** File name with ending. */
  readonly fileName: string;
}

/** What the path of a document in PageIndex Cloud begins with. */
const CLOUD = 'pageindex-cloud:';

/** A document of PageIndex Cloud has no bytes that could be hashed; its id stands for them. */
export function cloudFacts(id: string, fileName: string): SourceFacts {
  const path = CLOUD + id;
  return { sha256: createHash('sha256').update(path).digest('hex'), path, fileName };
}

const isLocal = (path: string) => !path.startsWith(CLOUD) && !/^https?:\/\//.test(path);

/** Posix, relative to the knowledge base when inside it, else absolute. */
export function registeredPath(root: string, realPath: string): string {
  const inside = relative(root, realPath);
  const outside = inside === '' || inside === '..' || inside.startsWith(`..${sep}`);
  return (outside ? realPath : inside).split(sep).join('/');
}

/**
 * A source keeps the name under which its path (or, in a registry that has no paths yet, its file
 * name) is registered. A new one is named after its file; where another document has that name, or
 * files lie there that no document owns, the first digits of the path's SHA-256 are added.
 */
export function identify(source: SourceFacts, registry: Registry, files: Files): Identity {
  const known = registry.get(source.sha256);
  const previous =
    known === undefined
      ? [...registry].find(([, entry]) => isSameSource(entry, source))
      : ([source.sha256, known] as const);
  if (previous !== undefined && isName(nameOf(previous[1]))) {
    const [sha256, entry] = previous;
    return { name: nameOf(entry), previous: { sha256, entry } };
  }
  const owned = new Set([...registry.values()].map((entry) => fold(nameOf(entry))));
  const isFree = (name: string) => !owned.has(fold(name)) && !liesThere(name, source, files);
  return { name: freeName(source, isFree) };
}

/** The name of a new document: its file's, or where that is too long or not free, one with digits. */
export function freeName(
  { fileName, path }: Pick<SourceFacts, 'fileName' | 'path'>,
  isFree: (name: string) => boolean,
): string {
  const stem = documentName(stemOf(fileName));
  if (Buffer.byteLength(stem) <= MOST_NAME_BYTES && isFree(stem)) return stem;
  const digits = createHash('sha256').update(path).digest('hex');
  const lengths = [8, 16, 32, 64];
  const name = lengths.map((length) => withDigits(stem, digits.slice(0, length))).find(isFree);
  if (name === undefined) throw new Error(`no free name for "${path}"`);
  return name;
}

/** A registry may come from somebody else: a name that leads out of the knowledge base is none. */
const isName = (name: string): boolean =>
  pathFault(wikiPath(`summaries/${name}.md`), stateDirectory) === undefined;

function isSameSource(entry: RegistryEntry, { path, fileName }: SourceFacts): boolean {
  if (entry.path !== undefined || entry.raw_path !== undefined)
    return entry.path === path || entry.raw_path === path;
  return isLocal(path) && entry.name?.normalize('NFKC') === fileName.normalize('NFKC');
}

/** Whether files that no document owns have the name. A source that lies in `raw/` already owns them. */
function liesThere(name: string, source: SourceFacts, files: Files): boolean {
  const raw = rawPath(name, extname(source.fileName));
  if (fold(source.path) === fold(raw)) return false;
  if (files.names('raw').some((other) => fold(`raw/${other}`) === fold(raw))) return true;
  const pages = [
    sourceTextPath(name, 'md'),
    sourceTextPath(name, 'json'),
    wikiPath(`summaries/${name}.md`),
  ];
  // a directory of pictures may have been left behind, empty, when its document was removed
  return pages.some((path) => files.has(path)) || files.names(imagesPath(name)).length > 0;
}

/** File systems take 255 bytes for a name; the longest ending of ours has 9. */
const MOST_NAME_BYTES = 240;

function withDigits(stem: string, digits: string): string {
  const chars = Array.from(stem);
  let left = MOST_NAME_BYTES - 1 - digits.length;
  const end = chars.findIndex((char) => (left -= Buffer.byteLength(char)) < 0);
  return `${chars.slice(0, end === -1 ? undefined : end).join('')}-${digits}`;
}

const stemOf = (fileName: string) => fileName.slice(0, fileName.length - extname(fileName).length);

/** Two names that a case-insensitive file system takes for one are one. */
const fold = (name: string) => name.normalize('NFKC').toLowerCase();
