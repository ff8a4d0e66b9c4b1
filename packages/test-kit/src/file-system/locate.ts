/** Walks a path: symbolic links in the middle are followed, the last component never is. */
import { rootInode } from './image.ts';
import type { Image } from './image.ts';
import type { Entry } from './inode.ts';
import { systemError } from './system-error.ts';
import type { ErrorCode } from './system-error.ts';

/** Where a path leads: the directory, the name in it, and what lies there. The root has no name. */
export interface Place {
  readonly parent: number;
  readonly name: string;
  readonly key: string;
  readonly entry: Entry | undefined;
  readonly inode: number | undefined;
}

const mostLinks = 40;
const mostNameBytes = 255;
const components = new Map<string, readonly string[]>();

/**
 * @throws ENOENT or ENOTDIR when a parent is missing or no directory, ELOOP, ENAMETOOLONG; a plain
 *   `TypeError` for a relative path, as no caller may hand one over.
 */
export function locate(
  image: Image,
  path: string,
  syscall: string,
  keyOf: (name: string) => string,
): Place {
  const found = find(image, path, keyOf);
  if (typeof found === 'string') throw systemError(found, syscall, path);
  return found;
}

/** The place, or the code of the error that `locate` throws. */
export function find(
  image: Image,
  path: string,
  keyOf: (name: string) => string,
): Place | ErrorCode {
  let rest = split(path);
  let trail = [rootInode];
  let followed = 0;
  for (let index = 0; index < rest.length; index += 1) {
    const name = rest[index] ?? '';
    const parent = trail.at(-1) ?? rootInode;
    const directory = image.node(parent);
    if (directory.kind !== 'directory') return 'ENOTDIR';
    const last = index === rest.length - 1;
    if (name === '..') {
      if (trail.length > 1) trail.pop();
      continue;
    }
    if (name.length * 3 > mostNameBytes && Buffer.byteLength(name) > mostNameBytes) {
      return 'ENAMETOOLONG';
    }
    const key = keyOf(name);
    const entry = directory.entries.get(key);
    if (last) return { parent, name, key, entry, inode: entry?.inode };
    if (entry === undefined) return 'ENOENT';
    const node = image.node(entry.inode);
    if (node.kind === 'symlink') {
      followed += 1;
      if (followed > mostLinks) return 'ELOOP';
      rest = [...parts(node.target), ...rest.slice(index + 1)];
      if (node.target.startsWith('/')) trail = [rootInode];
      index = -1;
    } else trail.push(entry.inode);
  }
  const inode = trail.at(-1) ?? rootInode;
  return { parent: -1, name: '', key: '', entry: undefined, inode };
}

function split(path: string): readonly string[] {
  let known = components.get(path);
  if (known === undefined) {
    if (!path.startsWith('/')) throw new TypeError(`The path "${path}" is not absolute.`);
    if (path.includes('\0')) throw new TypeError(`The path ${JSON.stringify(path)} holds a NUL.`);
    if (components.size > 20_000) components.clear();
    known = parts(path);
    components.set(path, known);
  }
  return known;
}

function parts(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}
