/**
 * Writes an export into a directory outside of the knowledge base.
 *
 * All files are made in a sibling of the directory first. Where the directory is not there, or is empty, the sibling
 * takes its place in one rename. Else each file is replaced in turn, and what the last export wrote and this one
 * does not have goes. A note, `.openkb-export.json`, says which files an export wrote and what was in them: whatever
 * else lies there, or was changed since, is a person's, and is neither replaced without `force` nor removed.
 */
import { dirname, join } from 'node:path';

import {
  type FileSystem,
  hashBytes,
  hashFile,
  makeDirectories,
  readFile,
  readFileIfThere,
  removeFile,
  removeTree,
  replaceFile,
  writeNewFile,
} from '@openkb/atomic-fs';

import { CliError } from '../errors.ts';
import { count } from '../report/words.ts';
import type { Exported } from './okf-bundle.ts';

export interface WriteExportOptions {
  readonly fileSystem: FileSystem;
  readonly randomId: () => string;
  /** Absolute. */
  readonly directory: string;
  /** Absolute path of a file of the wiki that is copied. */
  readonly original: (path: string) => string;
  readonly force: boolean;
  readonly dryRun: boolean;
}

export interface WrittenExport {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly removed: number;
}

const NOTE = '.openkb-export.json';

/** @throws {CliError} `exists` where a person's files are in the way */
export function writeExport(files: Exported, options: WriteExportOptions): WrittenExport {
  const { fileSystem, directory, dryRun } = options;
  const last = lastExport(options);
  const contents = new Map([...files].map(([path, file]) => [path, bytesOf(file, options)]));
  const plan = planned(contents, last, options);
  refuseInTheWay(plan.inTheWay, options);
  const report = {
    created: plan.created.length,
    updated: plan.updated.length,
    unchanged: contents.size - plan.created.length - plan.updated.length,
    removed: plan.stale.length,
  };
  if (dryRun) return report;
  const note = noteOf(contents);
  const isNew = fileSystem.stat(directory) === undefined || fileSystem.list(directory).length === 0;
  if (isNew) putInPlace(new Map([...contents, [NOTE, note]]), options);
  else {
    // cut off anywhere, what lies there is still known to be ours, old or new
    put(NOTE, noteOf(contents, last), options);
    for (const path of [...plan.created, ...plan.updated]) put(path, contents.get(path), options);
    for (const path of plan.stale) removeFile(fileSystem, join(directory, path));
    put(NOTE, note, options);
  }
  return report;
}

const bytesOf = (
  file: { readonly text: string } | { readonly copyOf: string },
  { fileSystem, original }: WriteExportOptions,
): Uint8Array =>
  'text' in file ? Buffer.from(file.text) : readFile(fileSystem, original(file.copyOf));

interface Planned {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly stale: readonly string[];
  /** A person's files where ours would go. */
  readonly inTheWay: readonly string[];
}

function planned(
  contents: ReadonlyMap<string, Uint8Array>,
  last: ReadonlyMap<string, readonly string[]>,
  { fileSystem, directory }: WriteExportOptions,
): Planned {
  const created: string[] = [];
  const updated: string[] = [];
  const inTheWay: string[] = [];
  for (const [path, bytes] of contents) {
    const found = hashThere(fileSystem, join(directory, path));
    if (found === undefined) created.push(path);
    else if (found !== hashBytes(bytes).sha256) {
      updated.push(path);
      if (last.get(path)?.includes(found) !== true) inTheWay.push(path);
    }
  }
  const stale = [...last]
    .filter(
      ([path, hashes]) =>
        !contents.has(path) && hashes.includes(hashThere(fileSystem, join(directory, path)) ?? ''),
    )
    .map(([path]) => path);
  return { created, updated, stale, inTheWay };
}

/** SHA-256 of the file; what is no file has none that anything equals. */
function hashThere(fileSystem: FileSystem, path: string): string | undefined {
  const kind = fileSystem.stat(path)?.kind;
  if (kind === undefined) return undefined;
  return kind === 'file' ? hashFile(fileSystem, path).sha256 : 'no file';
}

function refuseInTheWay(
  inTheWay: readonly string[],
  { fileSystem, directory, force }: WriteExportOptions,
): void {
  const first = inTheWay.find(
    (path) => !force || fileSystem.stat(join(directory, path))?.kind !== 'file',
  );
  if (first === undefined) return;
  const more = inTheWay.length > 1 ? ` and ${count(inTheWay.length - 1, 'other file')}` : '';
  throw new CliError(
    'exists',
    `"${join(directory, first)}"${more} would be replaced, and no export wrote it as it is`,
    {
      hint: force
        ? 'It is no file; move it away.'
        : 'Name another directory, or replace such files with --force; nothing was written.',
    },
  );
}

/** What the last export wrote: path -> SHA-256, two of them where it was cut off. A note that cannot be read names nothing, so that nothing is ours. */
function lastExport({
  fileSystem,
  directory,
}: WriteExportOptions): ReadonlyMap<string, readonly string[]> {
  if (fileSystem.stat(directory)?.kind !== 'directory') return new Map();
  try {
    const bytes = readFileIfThere(fileSystem, join(directory, NOTE)) ?? Buffer.from('{}');
    const { files = {} } = JSON.parse(Buffer.from(bytes).toString()) as {
      files?: Record<string, string[]>;
    };
    const inside = Object.entries(files).filter(
      ([path, hashes]) => !path.split('/').includes('..') && Array.isArray(hashes),
    );
    return new Map(inside);
  } catch {
    return new Map();
  }
}

/** @param last what may still be there of the last export */
function noteOf(
  contents: ReadonlyMap<string, Uint8Array>,
  last: ReadonlyMap<string, readonly string[]> = new Map(),
): Uint8Array {
  const files = new Map([...last].map(([path, hashes]) => [path, [...hashes]]));
  for (const [path, bytes] of contents) {
    const hashes = new Set([...(last.get(path) ?? []), hashBytes(bytes).sha256]);
    files.set(path, [...hashes]);
  }
  const note = { writtenBy: 'openkb export', files: Object.fromEntries(files) };
  return Buffer.from(`${JSON.stringify(note, null, 1)}\n`);
}

/** A directory that is not there, or is empty, appears as a whole. */
function putInPlace(contents: ReadonlyMap<string, Uint8Array>, options: WriteExportOptions): void {
  const { fileSystem, directory, randomId } = options;
  makeDirectories(fileSystem, dirname(directory));
  const staged = `${directory}.openkb-${randomId()}.tmp`;
  try {
    makeDirectories(fileSystem, staged);
    for (const [path, bytes] of contents) {
      makeDirectories(fileSystem, dirname(join(staged, path)));
      writeNewFile(fileSystem, join(staged, path), [bytes]);
    }
    if (fileSystem.stat(directory) !== undefined) fileSystem.removeDirectory(directory);
    fileSystem.rename(staged, directory);
    fileSystem.syncDirectory(dirname(directory));
  } finally {
    removeTree(fileSystem, staged);
  }
}

function put(path: string, bytes: Uint8Array | undefined, options: WriteExportOptions): void {
  const { fileSystem, directory, randomId } = options;
  if (bytes === undefined) return;
  const target = join(directory, path);
  makeDirectories(fileSystem, dirname(target));
  replaceFile(fileSystem, target, bytes, { id: randomId() });
}
