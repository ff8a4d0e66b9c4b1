import { join, resolve } from 'node:path';

import { visible } from '../report/visible.ts';
import type { Services } from '../services.ts';
import { slashNames } from './slash.ts';
import type { TypingOptions } from './typing.ts';

type Where = Pick<Services, 'sources' | 'environment' | 'workingDirectory'>;

/** Tab: names of commands, and paths after `/add`. */
export function completer(services: Where): TypingOptions['complete'] {
  return (text) => {
    const [, path] = /^\s*\/add\s+['"]?(.*)$/is.exec(text) ?? [];
    if (path !== undefined) return [paths(services, path), path];
    if (!/^\/\S*$/.test(text)) return [[], text];
    return [slashNames.filter((name) => name.startsWith(text.toLowerCase())), text];
  };
}

function paths(services: Where, typed: string): string[] {
  const { sources, workingDirectory } = services;
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  const start = typed.slice(folder.length);
  const absolute = resolve(workingDirectory, fromHome(services, folder === '' ? '.' : folder));
  try {
    return (
      sources
        .list(absolute)
        .filter((name) => name.startsWith(start) && (start !== '' || !name.startsWith('.')))
        // readline would send what a name holds to the terminal
        .filter((name) => visible(name) === name)
        .map((name) => {
          const isFolder = sources.stat(join(absolute, name))?.kind === 'directory';
          return `${folder}${name}${isFolder ? '/' : ''}`;
        })
    );
  } catch {
    // a directory that cannot be read completes nothing
    return [];
  }
}

/** A path as a shell takes it that begins with `~/`. */
export function fromHome({ environment }: Pick<Services, 'environment'>, path: string): string {
  const home = environment['HOME'] ?? environment['USERPROFILE'];
  if (home === undefined || !/^~(?:$|[/\\])/.test(path)) return path;
  return join(home, path.slice(1));
}
