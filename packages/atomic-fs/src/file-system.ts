/**
 * The FileSystem port: everything that this package and the journal ask of a disk.
 *
 * Nine synchronous methods and a handle, close to the system calls, so that a simulated file
 * system can stop, fail or reorder each of them, and so that the order of calls is the order of
 * the code. Paths are absolute. Every method throws an `Error` with a `code` (`ENOENT`, `EEXIST`,
 * `EXDEV`, …) as Node does, except where it says otherwise. No method follows a symbolic link in
 * the last component.
 */
export interface FileSystem {
  /**
   * Opens a regular file. `read`: must exist. `create`: must not exist (O_EXCL), for writing, its
   * mode is `mode` masked by the umask. `append`: created when absent, written at its end.
   * `update`: must exist, for reading and writing at positions.
   */
  open(path: string, flag: 'read' | 'create' | 'append' | 'update', mode?: number): FileHandle;
  /** Names in a directory, sorted by code unit. */
  list(path: string): string[];
  /** What lies at the path itself (a link is a link), or `undefined` where there is nothing. */
  stat(path: string): FileStat | undefined;
  /** Makes one directory; its parent must exist. */
  makeDirectory(path: string, mode?: number): void;
  /** Moves a file over whatever file is there, atomically; both on one device (else EXDEV). */
  rename(from: string, to: string): void;
  /** A second name for a file; `to` must not exist. */
  link(from: string, to: string): void;
  /** Removes a name that is no directory. */
  unlink(path: string): void;
  /** Removes an empty directory. */
  removeDirectory(path: string): void;
  /** Forces the names in a directory to disk. */
  syncDirectory(path: string): void;
}

export interface FileHandle {
  /** Reads up to `buffer.length` bytes at `position`; 0 at the end of the file. */
  read(buffer: Uint8Array, position: number): number;
  /** Writes at the current position (at the end for `append`); may write less than was given. */
  write(bytes: Uint8Array): number;
  /** Cuts or extends the file to `size` bytes. */
  truncate(size: number): void;
  /** Sets the permission bits (`0o777`). */
  setMode(mode: number): void;
  stat(): FileStat;
  /** Forces the file's data and size to disk. A failure is final: it is never retried. */
  sync(): void;
  close(): void;
}

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  /** Bytes. */
  readonly size: number;
  /** Permission bits, `0o7777`. */
  readonly mode: number;
  /** Device and inode: two names of one file agree in both. */
  readonly device: number;
  readonly inode: number;
  /** Number of names. */
  readonly links: number;
  /** When the content was written, as whoever wrote it says; milliseconds since the epoch. */
  readonly modified: number;
  /** When the file was last written or given a name or mode, as the system says; where it tells. */
  readonly changed?: number;
}
