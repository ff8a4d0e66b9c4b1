import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { checkWiki, type Violation } from '@openkb/wiki';

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Writes files below a directory, parents included. */
export function write(root: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

export const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

/** What may differ between two trees that are the same, besides what is kept and cached: the lock files, and a note. */
const VOLATILE = new Set([
  '.openkb/ingest.lock',
  '.openkb/ingest.lock.info',
  '.openkb/ingest.lock.turn',
  '.openkb/add.lock',
]);

/** Every path below `root` with what lies there; a directory ends in `/`. */
export function tree(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (directory: string) => {
    for (const name of readdirSync(directory).toSorted()) {
      const path = join(directory, name);
      const shown = relative(root, path);
      if (VOLATILE.has(shown) || shown === '.openkb/history' || shown === '.openkb/cache') continue;
      if (lstatSync(path).isDirectory()) {
        found[`${shown}/`] = 'directory';
        visit(path);
      } else found[shown] = sha256(readFileSync(path));
    }
  };
  if (existsSync(root)) visit(root);
  return found;
}

/** The paths that differ between two trees, sorted. */
export function changedPaths(
  before: Record<string, string>,
  after: Record<string, string>,
): string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter((path) => before[path] !== after[path]).toSorted();
}

/** All that is wrong with a knowledge base: its wiki, its registry, and files that nobody knows. */
export function faults(root: string): string[] {
  return [...wikiFaults(root), ...registryFaults(root), ...leftovers(root)];
}

function wikiFaults(root: string): string[] {
  const wiki = join(root, 'wiki');
  const pages = new Map<string, string>();
  for (const [path, kind] of Object.entries(tree(wiki)))
    if (kind !== 'directory') pages.set(path, /\.(?:md|json)$/.test(path) ? read(wiki, path) : '');
  return checkWiki(pages).map(
    ({ code, path, message }: Violation) => `${code} ${path}: ${message}`,
  );
}

interface Entry {
  readonly doc_name?: string;
  readonly raw_path?: string;
  readonly source_path?: string;
}

function registryFaults(root: string): string[] {
  const registry = JSON.parse(read(root, '.openkb/hashes.json')) as Record<string, Entry>;
  const problems: string[] = [];
  const names = new Set<string>();
  for (const [hash, { doc_name: name, raw_path: raw, source_path: source }] of Object.entries(
    registry,
  )) {
    if (name === undefined || raw === undefined || source === undefined) continue;
    if (names.has(name)) problems.push(`two documents are named ${name}`);
    names.add(name);
    for (const path of [raw, source, `wiki/summaries/${name}.md`])
      if (!existsSync(join(root, path))) problems.push(`${name} has no ${path}`);
    if (existsSync(join(root, raw)) && sha256(readFileSync(join(root, raw))) !== hash)
      problems.push(`${raw} is not what is registered`);
    if (!read(root, 'wiki/index.md').includes(`[[summaries/${name}]]`))
      problems.push(`${name} is not in the index`);
  }
  const known = new Set(Object.values(registry).map(({ raw_path: raw }) => raw));
  for (const name of readdirSync(join(root, 'raw')))
    if (!known.has(`raw/${name}`)) problems.push(`raw/${name} belongs to no document`);
  return problems;
}

function leftovers(root: string): string[] {
  return Object.keys(tree(root)).filter(
    (path) =>
      /^\.openkb\/(?:journal|staging|quarantine|recovered)\/./.test(path) || /\.tmp|~$/.test(path),
  );
}
