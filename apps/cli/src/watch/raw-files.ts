import { extname, join } from 'node:path';

import type { FileStat } from '@openkb/atomic-fs';

import type { KnowledgeBase } from '../knowledge-base/open.ts';
import type { Services } from '../services.ts';
import { hasSystemCode } from '../system-code.ts';
import { isPassingName } from './passing-name.ts';

/** A file that lies in `raw/`, as it is at this moment. */
export interface RawFile {
  /** Absolute. */
  readonly path: string;
  /** From the root: `raw/notes/a.md`. */
  readonly shown: string;
  readonly name: string;
  /** Another one whenever the content may be another one: size, times, identity of the file. */
  readonly stamp: string;
  /** Bytes. */
  readonly size: number;
  /** Whether there is a converter for its ending. */
  readonly supported: boolean;
}

export interface RawTree {
  readonly files: readonly RawFile[];
  /** Absolute paths of `raw/` and every directory below it. */
  readonly directories: readonly string[];
}

/** Deeper than anybody nests folders; ends a loop of links. */
const DEEPEST = 16;

export interface RawTreeOptions {
  readonly services: Pick<Services, 'sources' | 'realPath' | 'fileSystem'>;
  readonly kb: Pick<KnowledgeBase, 'root'>;
  /** Lower-case endings with the dot. */
  readonly extensions: readonly string[];
}

/** Looks at `raw/`. What goes away while it is looked at is not there; a missing `raw/` is empty. */
export function rawTree({ services, kb, extensions }: RawTreeOptions): RawTree {
  const files: RawFile[] = [];
  const directories: string[] = [];
  const visit = (path: string, shown: string, depth: number): void => {
    directories.push(path);
    for (const name of namesIn(services, path)) {
      if (isPassingName(name)) continue;
      const at = join(path, name);
      const below = `${shown}/${name}`;
      const stat = statOf(services, at);
      if (stat?.kind === 'directory' && depth < DEEPEST) visit(at, below, depth + 1);
      if (stat?.kind !== 'file') continue;
      const supported = extensions.includes(extname(name).toLowerCase());
      files.push({
        path: at,
        shown: below,
        name,
        size: stat.size,
        stamp: stampOf(stat),
        supported,
      });
    }
  };
  visit(join(kb.root, 'raw'), 'raw', 0);
  return { files, directories };
}

const stampOf = ({ size, modified, changed, device, inode }: FileStat): string =>
  [size, modified, changed, device, inode].join(' ');

function namesIn({ sources }: Pick<Services, 'sources'>, path: string): string[] {
  return orGone(() => sources.list(path)) ?? [];
}

/** Links are followed. */
function statOf(
  { fileSystem, realPath }: RawTreeOptions['services'],
  path: string,
): FileStat | undefined {
  return orGone(() => {
    const stat = fileSystem.stat(path);
    return stat?.kind === 'symlink' ? fileSystem.stat(realPath(path)) : stat;
  });
}

function orGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (hasSystemCode(error, ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP'])) return undefined;
    throw error;
  }
}
