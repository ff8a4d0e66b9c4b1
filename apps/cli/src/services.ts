import type { FileSystem } from '@openkb/atomic-fs';
import type { ConvertedDocument, ConvertOptions, Source } from '@openkb/converter';
import type { Download, DownloadOptions } from '@openkb/download';
import type { LockProvider } from '@openkb/journal';
import type { DetectedModel, LanguageModel, LanguageModelOptions } from '@openkb/language-model';
import type { PageIndexClient } from '@openkb/pageindex-cloud';
import type { Compiler } from '@openkb/wiki-compiler';

import type { DirectoryWatch } from './watch/directory-events.ts';

/**
 * Everything that reaches outside the process. `compose.ts` builds the real ones; tests hand in
 * their own. What is costly to load is behind a function.
 */
export interface Services {
  /** Reads and writes knowledge bases. */
  readonly fileSystem: FileSystem;
  readonly locks: () => LockProvider;
  /** Reads what a user wants to add. */
  readonly sources: SourceFiles;
  /** The path with every symbolic link on the way resolved; what does not exist stays as it is. */
  readonly realPath: (path: string) => string;
  readonly clock: () => Date;
  /** Eight hex digits or more, different at every call. */
  readonly randomId: () => string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  /** Lower-case endings with the dot that a converter reads: `.pdf`. */
  readonly extensions: () => Promise<readonly string[]>;
  readonly convert: (source: Source, options?: ConvertOptions) => Promise<ConvertedDocument>;
  /** Downloads a URL, all of it or not at all. */
  readonly download: (url: string, options: DownloadRequest) => Promise<Download>;
  /** What is given to the process. */
  readonly input: (signal: AbortSignal) => AsyncIterable<Uint8Array>;
  /** The compiler that needs no model. */
  readonly compiler: () => Promise<Compiler>;
  /** A language model, and the end of its connections. Makes no request. */
  readonly languageModel: (options: ModelRequest) => Promise<OpenedModel>;
  /** A client of PageIndex Cloud. */
  readonly cloud: (options: { apiKey: string; baseUrl: string }) => Promise<PageIndexClient>;
  /** What the program runs on. */
  readonly installation: () => Installation;
  /** Bytes that are free for this user on the disk of `path`; `undefined` where it cannot be told. */
  readonly freeSpace: (path: string) => number | undefined;
  /** Listens for changes in a directory; throws what the system throws where that is not possible. */
  readonly watchDirectory: (
    path: string,
    events: { readonly onChange: () => void; readonly onEnd: () => void },
  ) => DirectoryWatch;
  /** Shows a file in the program that the system has for it; false where it has none. */
  readonly showFile: (path: string) => Promise<boolean>;
  /** The model that the environment offers. */
  readonly detectModel: () => Promise<DetectedModel>;
}

/** The caller's part of what a model is opened with. */
export type ModelRequest = Omit<LanguageModelOptions, 'fetch' | 'sleep' | 'random'>;

export interface OpenedModel {
  readonly model: LanguageModel;
  close(): Promise<void>;
}

/** The caller's part of what a download is told. */
export type DownloadRequest = Pick<
  DownloadOptions,
  'sink' | 'signal' | 'allowPrivateNetwork' | 'known' | 'onProgress' | 'onRetry'
>;

/** Read-only port to the files of the user; it follows symbolic links. */
export interface SourceFiles {
  /** What lies at the path, or `undefined` where there is nothing. */
  stat(path: string): { kind: 'file' | 'directory' | 'other'; size: number } | undefined;
  /** Names in a directory, sorted by code unit. */
  list(path: string): string[];
  /** The file's bytes in chunks. */
  chunks(path: string): Iterable<Uint8Array>;
}

export interface Installation {
  /** Version of Node.js: `20.19.0`. */
  readonly node: string;
  /** Why the part that locks through the kernel cannot be loaded; `undefined`: it can. */
  readonly koffi: string | undefined;
  /** Why the part that reads PDF cannot be read; `undefined`: it can. */
  readonly pdfium: string | undefined;
}
