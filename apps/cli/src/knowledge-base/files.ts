import { join } from 'node:path';

import {
  type FileStat,
  type FileSystem,
  hashBytes,
  hashFile,
  readFileIfThere,
} from '@openkb/atomic-fs';
import type { Expectation } from '@openkb/journal';

import { CliError } from '../errors.ts';
import { hasSystemCode } from '../system-code.ts';
import { pageCache, type PageFactsReader } from './cache/page-cache.ts';
import { wikiPath } from './layout.ts';

/** A text as it was read, with what a change that was computed from it expects to find. */
export interface TextFile {
  /** `undefined` where there is no file. */
  readonly text: string | undefined;
  readonly expect: Expectation;
}

export const encodeText = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Reads the files of one knowledge base; paths are relative to its root. */
export interface Files {
  readonly root: string;
  has(path: string): boolean;
  /** What lies there; `undefined` where nothing does. A link is not followed. */
  kind(path: string): FileStat['kind'] | undefined;
  bytes(path: string): Uint8Array | undefined;
  /**
   * A text that will be rewritten.
   * @throws {CliError} `not-text` when it is no UTF-8: writing it again would damage it
   */
  text(path: string): TextFile;
  /** What a change of this file expects to find, whatever it holds. */
  expectation(path: string): Expectation;
  /** Names in a directory, sorted by code unit; none where there is no directory. */
  names(path: string): string[];
  /**
   * Facts of those of these pages that are there, as they are now; of all pages of a directory of the wiki
   * for far less than reading them. Paths are relative to `wiki/`; what is no UTF-8 is read as well as it can be.
   */
  readonly facts: PageFactsReader;
}

/** Of what is no UTF-8 as much as can be read. */
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** Nobody holds a lock while a plan is made: what goes away between two looks is not there. */
function whileThere<T>(look: () => T | undefined): T | undefined {
  try {
    return look();
  } catch (error) {
    if (hasSystemCode(error, ['ENOENT'])) return undefined;
    throw error;
  }
}

export function filesOf(fileSystem: FileSystem, root: string): Files {
  const bytes = (path: string) => readFileIfThere(fileSystem, join(root, path));
  return {
    root,
    has: (path) => fileSystem.stat(join(root, path)) !== undefined,
    kind: (path) => fileSystem.stat(join(root, path))?.kind,
    bytes,
    text: (path) => {
      const found = bytes(path);
      return found === undefined
        ? { text: undefined, expect: 'absent' }
        : { text: decode(path, found), expect: { sha256: hashBytes(found).sha256 } };
    },
    expectation: (path) =>
      whileThere(() =>
        fileSystem.stat(join(root, path)) === undefined
          ? undefined
          : { sha256: hashFile(fileSystem, join(root, path)).sha256 },
      ) ?? 'absent',
    names: (path) =>
      whileThere(() =>
        fileSystem.stat(join(root, path))?.kind === 'directory'
          ? fileSystem.list(join(root, path))
          : undefined,
      ) ?? [],
    facts: pageCache({
      fileSystem,
      root,
      read: (path) => {
        const found = bytes(wikiPath(path));
        return found && lenient.decode(found);
      },
    }),
  };
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new CliError('not-text', `cannot read "${path}": it is not UTF-8 text`, {
      hint: 'Save it as UTF-8 in an editor; nothing was changed.',
      cause,
    });
  }
}
