import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { journalOf, temporaryRoot, write } from './support/real.ts';

async function lockOnce(root: string): Promise<void> {
  (await journalOf(root).acquire('exclusive')).release();
}

test('S02: staging of a live owner stays, that of a dead one goes, a stranger stays', async () => {
  const root = temporaryRoot();
  const alive = journalOf(root).stage();
  writeFileSync(join(alive.directory, 'f'), 'x');
  const staging = join(root, '.openkb/staging');
  for (const name of ['stage-dead0001', 'prepare', 'rollback-1']) {
    mkdirSync(join(staging, name));
    writeFileSync(join(staging, name, 'f'), 'x');
  }
  // what a killed process leaves: a lock file that nobody holds
  writeFileSync(join(staging, 'stage-dead0001.lock'), '');
  writeFileSync(join(staging, 'stage-dead0002.lock'), '');
  await lockOnce(root);
  const name = alive.directory.slice(staging.length + 1);
  expect(readdirSync(staging)).toEqual(['prepare', 'rollback-1', name, `${name}.lock`]);
  alive.discard();
  expect(readdirSync(staging)).toEqual(['prepare', 'rollback-1']);
});

test('2, S02: staging of a process that was killed is reaped by the next exclusive lock', async () => {
  const root = temporaryRoot();
  const lockFile = join(root, '.openkb/staging/stage-killed01.lock');
  write(root, {
    '.openkb/staging/stage-killed01/f': 'x',
    '.openkb/staging/stage-killed01.lock': '',
  });
  const holder = spawn('flock', ['--exclusive', lockFile, 'sleep', '60'], { detached: true });
  await expect.poll(() => isHeld(lockFile)).toBe(true);
  await lockOnce(root);
  expect(existsSync(join(root, '.openkb/staging/stage-killed01/f'))).toBe(true);
  process.kill(-holder.pid!, 'SIGKILL');
  await expect.poll(() => isHeld(lockFile)).toBe(false);
  await lockOnce(root);
  expect(readdirSync(join(root, '.openkb/staging'))).toEqual([]);
});

test('S03: a symbolic link in staging goes and its target stays', async () => {
  const root = temporaryRoot();
  const outside = temporaryRoot();
  write(outside, { 'kept.md': 'kept' });
  mkdirSync(join(root, '.openkb/staging/stage-dead0001'), { recursive: true });
  symlinkSync(outside, join(root, '.openkb/staging/stage-dead0001/link'));
  await lockOnce(root);
  expect(readdirSync(join(root, '.openkb/staging'))).toEqual([]);
  expect(existsSync(join(outside, 'kept.md'))).toBe(true);
});

function isHeld(path: string): boolean {
  const lock = kernel.tryLock(path, 'exclusive');
  lock?.release();
  return lock === undefined;
}

const { kernelLocks } = await import('../src/index.ts');
const kernel = kernelLocks();
