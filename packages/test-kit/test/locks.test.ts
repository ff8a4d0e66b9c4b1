import { expect, test } from 'vitest';

import { memoryLocks } from '../src/locks/index.ts';

test('a writer excludes all, readers exclude a writer, and a release is safe to repeat', () => {
  const locks = memoryLocks();
  const writer = locks.tryLock('/a', 'exclusive');
  expect(locks.tryLock('/a', 'shared')).toBeUndefined();
  expect(locks.tryLock('/b', 'exclusive')).toBeDefined();
  writer?.release();
  writer?.release();
  const readers = [locks.tryLock('/a', 'shared'), locks.tryLock('/a', 'shared')];
  expect(locks.tryLock('/a', 'exclusive')).toBeUndefined();
  for (const reader of readers) reader?.release();
  expect(locks.tryLock('/a', 'exclusive')?.isCurrent()).toBe(true);
});
