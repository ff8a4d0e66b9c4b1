export type { FileHandle, FileStat, FileSystem } from './file-system.ts';
