/** Whole trees as values: to make them, to look at them, to say how two differ. */
import { createHash } from 'node:crypto';

import type { FileSystem } from './port.ts';

export interface TreeEntry {
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  /** Permission bits. */
  readonly mode: number;
  /** Contents of a file of at most 4,096 bytes. */
  readonly bytes?: Uint8Array;
  /** Hex, of a longer file. */
  readonly sha256?: string;
  /** Bytes of a file. */
  readonly size?: number;
}

/** By absolute path, ascending. */
export type Tree = ReadonlyMap<string, TreeEntry>;

/**
 * A file's text or bytes, also with its permission bits, by absolute path; `null` is an empty
 * directory.
 */
export type PopulateTree = Readonly<
  Record<
    string,
    string | Uint8Array | null | { readonly mode: number; readonly content?: string | Uint8Array }
  >
>;

const keptBytes = 4096;

/** Everything below `root`, by the port alone; `ignore` leaves out a path and what is below it. */
export function snapshotTree(
  fileSystem: FileSystem,
  root: string,
  ignore: (path: string) => boolean = () => false,
): Tree {
  const tree = new Map<string, TreeEntry>();
  const visit = (directory: string): void => {
    for (const name of fileSystem.list(directory)) {
      const path = directory === '/' ? `/${name}` : `${directory}/${name}`;
      const stat = ignore(path) ? undefined : fileSystem.stat(path);
      if (stat === undefined) continue;
      const { kind, mode } = stat;
      if (kind !== 'file') tree.set(path, { kind, mode });
      else tree.set(path, { kind, mode, ...fileEntry(readAll(fileSystem, path)) });
      if (kind === 'directory') visit(path);
    }
  };
  visit(root);
  return tree;
}

function fileEntry(bytes: Uint8Array): Pick<TreeEntry, 'bytes' | 'sha256' | 'size'> {
  const size = bytes.length;
  if (size <= keptBytes) return { size, bytes };
  return { size, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The whole of a file. */
export function readAll(fileSystem: FileSystem, path: string): Uint8Array {
  const handle = fileSystem.open(path, 'read');
  try {
    const bytes = new Uint8Array(handle.stat().size);
    let position = 0;
    while (position < bytes.length) {
      const count = handle.read(bytes.subarray(position), position);
      if (count === 0) break;
      position += count;
    }
    return bytes.subarray(0, position);
  } finally {
    handle.close();
  }
}

/** What would have to happen to `before` to become `after`, a line a path; none when equal. */
export function diffTrees(before: Tree, after: Tree): string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.flatMap((path) => {
    const old = before.get(path);
    const fresh = after.get(path);
    if (old === undefined) return [`+ ${path} ${describe(fresh)}`];
    if (fresh === undefined) return [`- ${path} ${describe(old)}`];
    const same = describe(old) === describe(fresh) && sameBytes(old, fresh);
    return same ? [] : [`~ ${path} ${describe(old)} => ${describe(fresh)}`];
  });
}

function sameBytes(left: TreeEntry, right: TreeEntry): boolean {
  if (left.bytes === undefined || right.bytes === undefined) return left.sha256 === right.sha256;
  return Buffer.compare(left.bytes, right.bytes) === 0;
}

function describe(entry: TreeEntry | undefined): string {
  if (entry === undefined) return 'nothing';
  const mode = entry.mode.toString(8).padStart(4, '0');
  if (entry.kind !== 'file') return `${entry.kind} ${mode}`;
  const text = entry.bytes === undefined ? `sha256 ${entry.sha256}` : excerpt(entry.bytes);
  return `${mode} ${entry.size} bytes ${text}`;
}

function excerpt(bytes: Uint8Array): string {
  const text = JSON.stringify(Buffer.from(bytes).toString('latin1'));
  return text.length <= 60 ? text : `${text.slice(0, 36)}…${text.slice(-22)}`;
}

/**
 * Makes files and directories, parents included; on a simulated file system they are durable and
 * its counts start afresh.
 */
export function populate(
  fileSystem: FileSystem & { settle?: () => void },
  tree: PopulateTree,
): void {
  for (const [path, value] of Object.entries(tree)) {
    const { mode, content } =
      value === null || typeof value === 'string' || value instanceof Uint8Array
        ? { mode: undefined, content: value }
        : { mode: value.mode, content: value.content ?? null };
    if (content === null) {
      ensureDirectory(fileSystem, path, mode);
      continue;
    }
    ensureDirectory(fileSystem, path.slice(0, path.lastIndexOf('/')) || '/');
    writeAll(fileSystem, path, content, mode);
  }
  fileSystem.settle?.();
}

function ensureDirectory(fileSystem: FileSystem, path: string, mode?: number): void {
  if (path === '/' || fileSystem.stat(path) !== undefined) return;
  ensureDirectory(fileSystem, path.slice(0, path.lastIndexOf('/')) || '/');
  fileSystem.makeDirectory(path, mode);
}

function writeAll(
  fileSystem: FileSystem,
  path: string,
  content: string | Uint8Array,
  mode: number | undefined,
): void {
  const handle = fileSystem.open(path, 'create');
  try {
    let rest = typeof content === 'string' ? Buffer.from(content) : content;
    while (rest.length > 0) rest = rest.subarray(handle.write(rest));
    if (mode !== undefined) handle.setMode(mode);
  } finally {
    handle.close();
  }
}
