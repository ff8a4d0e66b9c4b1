import type { FileSystem } from './file-system.ts';
import { type FileDigest, readChunks } from './read-file.ts';
import { writeNewFile } from './write-new-file.ts';

/**
 * Copies a regular file to a path that must not exist, with its permission bits, in bounded memory,
 * and forces the data to disk. The name is durable when the caller has synced the directory.
 * @returns size and SHA-256 of what was copied, computed on the way
 */
export function copyFile(
  fileSystem: FileSystem,
  from: string,
  to: string,
  { mode }: { readonly mode?: number } = {},
): FileDigest {
  const bits = mode ?? permissionsOf(fileSystem, from);
  const options = bits === undefined ? {} : { mode: bits };
  return writeNewFile(fileSystem, to, readChunks(fileSystem, from), options);
}

function permissionsOf(fileSystem: FileSystem, path: string): number | undefined {
  const stat = fileSystem.stat(path);
  return stat && stat.mode & 0o777;
}
