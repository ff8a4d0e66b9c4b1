/** States of a tree that are compared often: by reference where two disks share it, else by bytes. */
import type { SimulatedFileSystem } from '../file-system/index.ts';
import type { Inode } from '../file-system/inode.ts';

export type Ignore = (path: string) => boolean;

/** What lies at each path that is not ignored, by absolute path. */
export type Contents = ReadonlyMap<string, Inode>;

/** One of the states that an outcome may be. */
export interface State {
  readonly label: string;
  readonly contents: Contents;
  readonly fileSystem: SimulatedFileSystem;
}

/** What processes see, without what is ignored and what lies below it. */
export function contentsOf(fileSystem: SimulatedFileSystem, ignore: Ignore): Contents {
  const { live } = fileSystem.disk;
  const contents = new Map<string, Inode>();
  const visit = (directory: number, prefix: string): void => {
    for (const { name, inode } of live.directory(directory).entries.values()) {
      const path = `${prefix}/${name}`;
      if (ignore(path)) continue;
      const node = live.node(inode);
      contents.set(path, node);
      if (node.kind === 'directory') visit(inode, path);
    }
  };
  visit(0, '');
  return contents;
}

/** Whether the same paths hold the same kinds, permission bits, bytes and link targets. */
export function sameContents(left: Contents, right: Contents): boolean {
  if (left.size !== right.size) return false;
  for (const [path, node] of left) {
    const other = right.get(path);
    if (other === undefined || !sameNode(node, other)) return false;
  }
  return true;
}

function sameNode(left: Inode, right: Inode): boolean {
  if (left === right) return true;
  if (left.mode !== right.mode) return false;
  if (left.kind === 'file') return right.kind === 'file' && left.content.equals(right.content);
  if (left.kind === 'symlink') return right.kind === 'symlink' && left.target === right.target;
  return right.kind === 'directory';
}
