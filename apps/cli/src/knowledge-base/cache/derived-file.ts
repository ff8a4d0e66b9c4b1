/**
 * Files of `.openkb/cache/`: data derived from pages, kept to save time and for nothing else. They
 * may be deleted, damaged or written by another version at any moment: such a file is as good as none.
 * They are replaced atomically, outside the journal and without forcing anything to disk, by whoever
 * comes, also by two at once; and a failure to read or to write them is never an error.
 */
import { dirname, join } from 'node:path';

import {
  type FileSystem,
  isTemporaryName,
  readFileIfThere,
  replaceFile,
  temporarySibling,
} from '@openkb/atomic-fs';

import { VERSION } from '../../version.ts';

/** A file that is derived: where it lies and what wrote it. */
export interface DerivedFile {
  /** Absolute. */
  readonly path: string;
  /** Changes whenever other content would be derived from the same pages: `pages 1`. */
  readonly format: string;
}

/** The content, decoded, or `undefined` where there is none that can be relied on. */
export function readDerived<T>(
  fileSystem: FileSystem,
  { path, format }: DerivedFile,
  decode: (content: Buffer) => T,
): T | undefined {
  try {
    const found = readFileIfThere(fileSystem, path);
    if (found === undefined) return undefined;
    const bytes = Buffer.from(found.buffer, found.byteOffset, found.byteLength);
    const end = bytes.indexOf('\n');
    const content = bytes.subarray(end + 1);
    const header = bytes.toString('utf8', 0, Math.max(0, end));
    return header === headerOf(format, content) ? decode(content) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the content is there now. */
export function writeDerived(
  fileSystem: FileSystem,
  { path, format }: DerivedFile,
  content: Buffer,
): boolean {
  try {
    makeDirectories(fileSystem, dirname(path));
    const header = Buffer.from(`${headerOf(format, content)}\n`);
    replaceFile(fileSystem, path, [header, content], { id: nextId(), durable: false });
    return true;
  } catch {
    return false;
  }
}

function headerOf(format: string, content: Buffer): string {
  // loaded here, because that takes longer than all that a command does which needs no cache
  const { crc32 } = process.getBuiltinModule('node:zlib');
  const sum = crc32(content).toString(16).padStart(8, '0');
  return `openkb ${VERSION} ${format} ${content.length} ${sum}`;
}

/** How long a temporary file may be on its way before its process is taken for dead: an hour. */
const ABANDONED = 3_600_000;

/**
 * The time of the file system's clock, not of ours: that of a file made for the purpose. `undefined`
 * where none can be made. Clears away what dead processes left in the directory.
 */
export function fileSystemTime(fileSystem: FileSystem, directory: string): number | undefined {
  try {
    makeDirectories(fileSystem, directory);
    const probe = temporarySibling(join(directory, 'probe'), nextId());
    fileSystem.open(probe, 'create').close();
    const stat = fileSystem.stat(probe);
    fileSystem.unlink(probe);
    const now = stat && Math.min(stat.modified, stat.changed ?? stat.modified);
    if (now !== undefined) clearAway(fileSystem, directory, now - ABANDONED);
    return now;
  } catch {
    return undefined;
  }
}

function clearAway(fileSystem: FileSystem, directory: string, before: number): void {
  for (const name of fileSystem.list(directory).filter(isTemporaryName)) {
    const path = join(directory, name);
    const { kind, modified = before } = fileSystem.stat(path) ?? {};
    if (kind === 'file' && modified < before) fileSystem.unlink(path);
  }
}

/** The directory and the one above it; the state directory itself is there. No link out of it is followed. */
function makeDirectories(fileSystem: FileSystem, directory: string): void {
  for (const path of [dirname(directory), directory]) {
    const kind = fileSystem.stat(path)?.kind;
    if (kind === undefined) fileSystem.makeDirectory(path);
    else if (kind !== 'directory') throw new Error(`"${path}" is no directory`);
  }
}

let used = 0;

/** Different for every process that lives and every use. */
function nextId(): string {
  used += 1;
  return `${process.pid}c${used}`;
}
