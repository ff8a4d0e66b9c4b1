import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { type FileSystem, nodeFileSystem } from '@openkb/atomic-fs';
import { expect, onTestFinished, test } from 'vitest';

import { filesOf } from '../../src/knowledge-base/files.ts';
import { write } from '../helpers/knowledge-base.ts';
import { temporaryDirectory } from '../helpers/run.ts';

/** A disk on which another process removes what was just looked at. */
function busy(root: string): FileSystem {
  const fileSystem = nodeFileSystem();
  return {
    ...fileSystem,
    open: (...args) => fileSystem.open(...args),
    list: (path) => fileSystem.list(path),
    stat(path) {
      const stat = fileSystem.stat(path);
      if (path !== root) rmSync(path, { recursive: true, force: true });
      return stat;
    },
  };
}

test('what goes away between two looks is not there', () => {
  const root = temporaryDirectory(onTestFinished);
  const files = filesOf(busy(root), root);
  write(root, { a: 'a', b: 'b', c: 'c' });
  mkdirSync(join(root, 'd'));
  expect(files.bytes('a')).toBeUndefined();
  expect(files.text('b')).toEqual({ text: undefined, expect: 'absent' });
  expect(files.expectation('c')).toBe('absent');
  expect(files.names('d')).toEqual([]);
});
