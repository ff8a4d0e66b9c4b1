import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { kernelLocks } from '../src/index.ts';
import { flockByCommand } from '../src/lock/flock-command.ts';
import { flockByKoffi } from '../src/lock/flock-koffi.ts';
import { flockProvider } from '../src/lock/kernel-lock.ts';
import { commitOnce, journalOf, temporaryRoot, text, tree } from './support/real.ts';

const ways = [flockByKoffi(), flockByCommand()]
  .filter((flock) => flock !== undefined)
  .map((flock) => [flock.name, flockProvider(flock)] as const);

test('this machine has a kernel lock', () => {
  expect(ways.length).toBeGreaterThan(0);
  expect(kernelLocks().name).toBe(ways[0]![0]);
});

test.each(ways)('%s: exclusive excludes all, shared excludes exclusive', (_, locks) => {
  const path = join(temporaryRoot(), 'lock');
  const one = locks.tryLock(path, 'exclusive');
  expect(one).toBeDefined();
  expect(locks.tryLock(path, 'exclusive')).toBeUndefined();
  expect(locks.tryLock(path, 'shared')).toBeUndefined();
  one!.release();
  one!.release();
  const readers = [locks.tryLock(path, 'shared'), locks.tryLock(path, 'shared')];
  expect(readers.every((reader) => reader !== undefined)).toBe(true);
  expect(locks.tryLock(path, 'exclusive')).toBeUndefined();
  for (const reader of readers) reader!.release();
  locks.tryLock(path, 'exclusive')!.release();
});

test.each(ways)('%s: the ways exclude each other', (_, locks) => {
  const path = join(temporaryRoot(), 'lock');
  const held = kernelLocks().tryLock(path, 'exclusive')!;
  expect(locks.tryLock(path, 'shared')).toBeUndefined();
  held.release();
});

test('a lock on a file that was replaced meanwhile is not taken for a lock', () => {
  const path = join(temporaryRoot(), 'lock');
  let replaced = 0;
  const real = flockByKoffi() ?? flockByCommand()!;
  const locks = flockProvider(
    Object.defineProperty(
      (descriptor: number, mode: 'shared' | 'exclusive') => {
        if ((replaced += 1) === 1) {
          rmSync(path);
          writeFileSync(path, '');
        }
        return real(descriptor, mode);
      },
      'name',
      { value: 'racing' },
    ),
  );
  const held = locks.tryLock(path, 'exclusive')!;
  expect(replaced).toBe(2);
  expect(kernelLocks().tryLock(path, 'exclusive')).toBeUndefined();
  held.release();
});

test('L09: two tasks of one process exclude each other; the second goes on when the first is done', async () => {
  const journal = journalOf(temporaryRoot());
  const first = await journal.acquire('exclusive');
  const order: string[] = [];
  const second = journal.acquire('exclusive').then((session) => {
    order.push('second');
    session.release();
    return undefined;
  });
  await new Promise((resolve) => setTimeout(resolve, 30));
  order.push('first');
  first.release();
  await second;
  expect(order).toEqual(['first', 'second']);
});

test('L07: waiting is bounded, and the holder is named', async () => {
  const root = temporaryRoot();
  const held = await journalOf(root).acquire('exclusive');
  const seen: unknown[] = [];
  await expect(
    journalOf(root).acquire('exclusive', { waitMs: 20, onWait: (holder) => seen.push(holder) }),
  ).rejects.toMatchObject({
    code: 'locked',
    message: expect.stringContaining(`process ${process.pid} (test command, since 2026-`),
  });
  expect(seen).toMatchObject([{ pid: process.pid, command: 'test command' }]);
  held.release();
});

test('a wait can be aborted', async () => {
  const root = temporaryRoot();
  const held = await journalOf(root).acquire('exclusive');
  const abort = new AbortController();
  const waiting = journalOf(root).acquire('shared', { signal: abort.signal });
  abort.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  held.release();
});

test('L08: a killed holder frees the lock at once, its living child does not keep it', async () => {
  const root = temporaryRoot();
  const path = join(root, '.openkb/ingest.lock');
  const holder = spawn('flock', ['--exclusive', path, 'sleep', '60'], { detached: true });
  const locks = kernelLocks();
  await expect
    .poll(() => {
      const lock = existsSync(path) ? locks.tryLock(path, 'exclusive') : undefined;
      lock?.release();
      return existsSync(path) && lock === undefined;
    })
    .toBe(true);
  process.kill(-holder.pid!, 'SIGKILL');
  await once(holder, 'exit');
  const session = await journalOf(root).acquire('exclusive');
  session.release();
});

const python = has('python3');

test.skipIf(!python)(
  'the Python program and this one exclude each other by fcntl.flock on one file (needs python3)',
  async () => {
    const root = temporaryRoot();
    const path = join(root, '.openkb/ingest.lock');
    const tryInPython = () =>
      execFileSync('python3', [
        '-c',
        `import fcntl
f = open(${JSON.stringify(path)}, "a")
try:
    fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB); print("got it")
except BlockingIOError:
    print("busy")`,
      ])
        .toString()
        .trim();
    const session = await journalOf(root).acquire('exclusive');
    expect(tryInPython()).toBe('busy');
    session.release();
    expect(tryInPython()).toBe('got it');

    const holder = spawn('python3', [
      '-c',
      `import fcntl, sys
f = open(${JSON.stringify(path)}, "a"); fcntl.flock(f, fcntl.LOCK_EX)
print("held", flush=True); sys.stdin.read()`,
    ]);
    await once(holder.stdout, 'data');
    await expect(journalOf(root).acquire('shared', { waitMs: 20 })).rejects.toMatchObject({
      code: 'locked',
    });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    (await journalOf(root).acquire('exclusive')).release();
  },
);

test('J28: the lock file and its note leave no trace among the live files', async () => {
  const root = temporaryRoot();
  await commitOnce(journalOf(root), [{ kind: 'write', path: 'a.md', bytes: text('a') }]);
  expect(tree(root)).toEqual({ 'a.md': 'a' });
  expect(readFileSync(join(root, '.openkb/ingest.lock'), 'utf8')).toBe('');
});

function has(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
