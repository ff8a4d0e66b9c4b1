/**
 * The user's own settings, for every knowledge base that has none of its own: `openkb/global.yaml` below
 * `$XDG_CONFIG_HOME`, else below `~/.config`, where the Python program has it too. Besides settings it
 * holds `default_kb` and `known_kbs`; keys unknown to us stay.
 */
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type FileSystem, makeDirectories, readFile, replaceFile } from '@openkb/atomic-fs';

import { CliError } from '../errors.ts';
import type { Services } from '../services.ts';

/** Milliseconds to wait for another process that writes the file. */
const PATIENCE = 5000;
const PAUSE = 10;

/** `undefined` where the environment names no home. */
export function userFilePath({ environment }: Pick<Services, 'environment'>): string | undefined {
  const configured = environment['XDG_CONFIG_HOME'];
  const home = environment['HOME'] ?? environment['USERPROFILE'];
  const base = configured || (home && join(home, '.config'));
  return base ? join(base, 'openkb', 'global.yaml') : undefined;
}

/** The file's text, empty where there is none. */
export function readUserFile(
  services: Pick<Services, 'environment' | 'fileSystem'>,
): { readonly path: string; readonly text: string } | undefined {
  const path = userFilePath(services);
  if (path === undefined) return undefined;
  return { path, text: textAt(services.fileSystem, path) };
}

/**
 * Changes the file, one process after the other: what two of them add at once is both in it.
 *
 * @param edit the text of the file to the new one; may be called with another text than was read before
 * @throws {CliError} `no-home`, `locked`, `not-text` where writing it again would damage it
 */
export async function changeUserFile(
  services: Pick<Services, 'environment' | 'fileSystem' | 'locks' | 'randomId' | 'realPath'>,
  edit: (text: string) => string,
): Promise<string> {
  const { fileSystem, locks, randomId, realPath } = services;
  const named = userFilePath(services);
  if (named === undefined)
    throw new CliError('no-home', 'there is no place for settings of your own: HOME is not set');
  // a link, as keepers of dot files make them, is followed and stays
  const path = realPath(named);
  makeDirectories(fileSystem, dirname(path));
  for (let waited = 0; waited <= PATIENCE; waited += PAUSE) {
    const lock = locks().tryLock(`${path}.lock`, 'exclusive');
    if (lock !== undefined) {
      try {
        const text = textAt(fileSystem, path, true);
        const changed = edit(text);
        if (changed !== text) replaceFile(fileSystem, path, changed, { id: randomId() });
        return path;
      } finally {
        lock.release();
      }
    }
    // oxlint-disable-next-line no-await-in-loop -- one try after the other is what waiting is
    await sleep(PAUSE);
  }
  throw new CliError('locked', `"${path}" is being changed by another process`);
}

function textAt(fileSystem: FileSystem, path: string, fatal = false): string {
  if (fileSystem.stat(path)?.kind !== 'file') return '';
  try {
    return new TextDecoder('utf-8', { fatal }).decode(readFile(fileSystem, path));
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new CliError('not-text', `cannot change "${path}": it is not UTF-8 text`, {
      hint: 'Save it as UTF-8 in an editor; nothing was changed.',
      cause,
    });
  }
}
