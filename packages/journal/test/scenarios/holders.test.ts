/** Who holds the lock, who waits, and what their deaths do: real processes, and tasks of one process. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openJournal } from '../../src/index.ts';
import { startChild } from '../support/child.ts';
import { commitOnce, disk, journalOf, temporaryRoot, text, tree, write } from '../support/real.ts';

const change = { kind: 'write', path: 'a.md', bytes: text('after') } as const;
const busy = { code: 'locked' };
const soon = { waitMs: 20 };

test('1: a waiter that is killed leaves the holder undisturbed', async () => {
  const root = temporaryRoot();
  const session = await journalOf(root).acquire('exclusive');
  const waiter = startChild('committer', [root, '1']);
  await waiter.said('ready');
  waiter.process.kill('SIGKILL');
  await waiter.ended;
  session.commit({ operation: 'x', changes: [change] });
  session.release();
  expect(tree(root)).toEqual({ 'a.md': 'after' });
});

test('27: a holder that is stopped for a while keeps its lock', async () => {
  const root = temporaryRoot();
  const holder = startChild('holder', [root, 'exclusive']);
  await holder.said('held ');
  holder.process.kill('SIGSTOP');
  await expect(journalOf(root).acquire('shared', { waitMs: 200 })).rejects.toMatchObject(busy);
  holder.process.kill('SIGCONT');
  holder.process.kill('SIGTERM');
  await holder.ended;
  (await journalOf(root).acquire('exclusive', soon)).release();
});

test('60, L08: a holder that is killed frees the lock at once, though a child of it lives on', async () => {
  const root = temporaryRoot();
  const holder = startChild('holder', [root, 'exclusive']);
  const child = Number((await holder.said('held ')).slice(5));
  try {
    holder.process.kill('SIGKILL');
    await holder.ended;
    (await journalOf(root).acquire('exclusive', soon)).release();
    expect(process.kill(child, 0)).toBe(true);
  } finally {
    process.kill(child);
  }
});

test('L05, 66: readers of two processes read at once, a writer waits for both, a reader for the writer', async () => {
  const root = temporaryRoot();
  const first = startChild('holder', [root, 'shared']);
  await first.said('held ');
  const second = await journalOf(root).acquire('shared', soon);
  const third = await journalOf(root).acquire('shared', soon);
  third.release();
  await expect(journalOf(root).acquire('exclusive', soon)).rejects.toMatchObject(busy);
  second.release();
  await expect(journalOf(root).acquire('exclusive', soon)).rejects.toMatchObject(busy);
  const writer = journalOf(root).acquire('exclusive', { waitMs: 20_000 });
  first.process.kill('SIGTERM');
  await first.ended;
  const session = await writer;
  await expect(journalOf(root).acquire('shared', soon)).rejects.toMatchObject(busy);
  session.release();
  (await journalOf(root).acquire('shared', soon)).release();
});

test('63, L06: a reader cannot become a writer, and no attempt at it blocks anybody', async () => {
  const root = temporaryRoot();
  const reader = await journalOf(root).acquire('shared');
  const commit = () => reader.commit({ operation: 'x', changes: [change] });
  expect(commit).toThrow(/exclusive lock/);
  expect(() => reader.setAside('x')).toThrow(/exclusive lock/);
  await expect(journalOf(root).acquire('exclusive', soon)).rejects.toMatchObject(busy);
  reader.release();
  reader.release();
  await commitOnce(journalOf(root), [change]);
  expect(tree(root)).toEqual({ 'a.md': 'after' });
});

test('63, L06: a session goes on after a change set that was refused, and its lock is freed once', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before' });
  const session = await journalOf(root).acquire('exclusive');
  for (const path of ['../a.md', '.openkb/journal/x']) {
    const refused = () => session.commit({ operation: 'x', changes: [{ ...change, path }] });
    expect(refused).toThrow(path);
  }
  const moved = { ...change, expect: 'absent' } as const;
  expect(() => session.commit({ operation: 'x', changes: [moved] })).toThrow(/changed meanwhile/);
  expect(session.commit({ operation: 'x', changes: [change] }).changed).toHaveLength(1);
  session.release();
  (await journalOf(root).acquire('exclusive', soon)).release();
});

test('63, L09: tasks of one process that raise one counter lose no update', async () => {
  const root = temporaryRoot();
  write(root, { count: '0' });
  const raise = async () => {
    const session = await journalOf(root).acquire('exclusive');
    const count = Number(await readFile(join(root, 'count'), 'utf8')) + 1;
    const changes = [{ ...change, path: 'count', bytes: text(String(count)) }];
    session.commit({ operation: 'x', changes });
    session.release();
  };
  await Promise.all(Array.from({ length: 12 }, raise));
  expect(tree(root)).toEqual({ count: '12' });
});

test('65: with eight waiters the file system calls of this process go on', async () => {
  const root = temporaryRoot();
  write(root, { 'a.md': 'text' });
  const held = await journalOf(root).acquire('exclusive');
  const waiters = Array.from({ length: 8 }, async () => {
    (await journalOf(root).acquire('exclusive')).release();
  });
  const texts = await Promise.all(
    Array.from({ length: 20 }, () => readFile(join(root, 'a.md'), 'utf8')),
  );
  expect(new Set(texts)).toEqual(new Set(['text']));
  held.release();
  await Promise.all(waiters);
});

test.each(['ENOTSUP: operation not supported', 'this file system cannot lock (flock: errno 37)'])(
  '62, L07: where nothing can be locked (%s) the refusal says so and nothing is written',
  async (reason) => {
    const root = temporaryRoot();
    const journal = openJournal({
      root,
      fileSystem: disk,
      locks: {
        name: 'none',
        tryLock() {
          throw new Error(reason);
        },
      },
      clock: () => new Date(),
      randomId: () => '0000beef',
      command: 'test',
    });
    for (const mode of ['shared', 'exclusive'] as const) {
      // oxlint-disable-next-line no-await-in-loop -- one mode after the other
      await expect(journal.acquire(mode)).rejects.toMatchObject({
        code: 'not-written',
        message: expect.stringContaining(`ingest.lock": ${reason}`),
      });
    }
    expect(() => journal.stage()).toThrow(reason);
    expect(tree(root)).toEqual({});
  },
);
