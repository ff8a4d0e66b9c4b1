/** What the programs of `test/children` have in common. */
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';

import { nodeFileSystem, type FileSystem } from '@openkb/atomic-fs';

import { kernelLocks, openJournal, type Journal } from '../../src/index.ts';

/** A journal as a program opens it: the real disk, the real lock, the real clock. */
export function openHere(
  root: string,
  fileSystem: FileSystem = nodeFileSystem(),
  keep?: number,
): Journal {
  return openJournal({
    root,
    fileSystem,
    locks: kernelLocks(),
    clock: () => new Date(),
    randomId: () => randomBytes(6).toString('hex'),
    command: 'child',
    ...(keep === undefined ? {} : { keep }),
  });
}

/** The real disk, for a process that is killed before its call number `last` to it, reads included. */
export function dyingAt(last: number): FileSystem {
  let calls = 0;
  const counted = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get:
        (target, name) =>
        (...args: unknown[]) => {
          if ((calls += 1) === last) process.kill(process.pid, 'SIGKILL');
          const result: unknown = (target as any)[name](...args);
          return name === 'open' ? counted(result as object) : result;
        },
    });
  return counted(nodeFileSystem());
}

/** A line in the pipe, at once: a process that is killed right after it has still said it. */
export function say(line: string): void {
  writeSync(1, `${line}\n`);
}
