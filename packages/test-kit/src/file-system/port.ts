/**
 * The FileSystem port that the simulated file system implements, declared here once more so that
 * this package imports none of ours. The package that owns the port (`@openkb/atomic-fs`) holds a
 * type test that both declarations agree.
 */
export type OpenFlag = 'read' | 'create' | 'append' | 'update';

export interface FileSystem {
  open(path: string, flag: OpenFlag, mode?: number): FileHandle;
  list(path: string): string[];
  stat(path: string): FileStat | undefined;
  makeDirectory(path: string, mode?: number): void;
  rename(from: string, to: string): void;
  link(from: string, to: string): void;
  unlink(path: string): void;
  removeDirectory(path: string): void;
  syncDirectory(path: string): void;
}

export interface FileHandle {
  read(buffer: Uint8Array, position: number): number;
  write(bytes: Uint8Array): number;
  truncate(size: number): void;
  setMode(mode: number): void;
  stat(): FileStat;
  sync(): void;
  close(): void;
}

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  readonly size: number;
  readonly mode: number;
  readonly device: number;
  readonly inode: number;
  readonly links: number;
  readonly modified: number;
}
