import { existsSync } from 'node:fs';

import type { Flock } from './kernel-lock.ts';

const PLACES = ['/usr/bin/flock', '/bin/flock'];

/**
 * flock(2) by the command of util-linux on our inherited descriptor: the lock belongs to the open
 * file, so it stays with us when the command has ended. About 2 ms a try. `undefined` where there
 * is no such command.
 */
export function flockByCommand(): Flock | undefined {
  const command = PLACES.find((place) => existsSync(place));
  if (command === undefined) return undefined;
  // loaded here: most processes have koffi, and save the time and the memory
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  return Object.defineProperty(
    (descriptor: number, mode: 'shared' | 'exclusive') => {
      const { status, stderr, error } = spawnSync(
        command,
        ['--nonblock', mode === 'shared' ? '--shared' : '--exclusive', '3'],
        { stdio: ['ignore', 'ignore', 'pipe', descriptor], encoding: 'utf8' },
      );
      if (error !== undefined) throw error;
      if (status === 0) return true;
      if (status === 1 && stderr === '') return false;
      throw new Error(`this file system cannot lock (${stderr.trim() || `flock: ${status}`})`);
    },
    'name',
    { value: 'flock (command)' },
  );
}
