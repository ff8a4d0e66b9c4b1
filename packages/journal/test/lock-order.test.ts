/** Who gets the lock, who is told of whom, and sessions made from sessions (I13, L05, L06). */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { kernelLocks, type LockHolder } from '../src/index.ts';
import { failing, journalOf, temporaryRoot, text, tree } from './support/real.ts';

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds);
  });
const change = (path: string) => ({
  operation: 'x',
  changes: [{ kind: 'write', path, bytes: text(path) } as const],
});
const note = (root: string) => readFileSync(join(root, '.openkb/ingest.lock.info'), 'utf8');

test('L05: a writer gets in although readers overlap without end', async () => {
  const root = temporaryRoot();
  const journal = journalOf(root);
  const stop = new AbortController();
  let reads = 0;
  const read = async (delay: number) => {
    await pause(delay);
    while (!stop.signal.aborted) {
      // oxlint-disable-next-line no-await-in-loop -- one read after the other
      const session = await journal.acquire('shared');
      // oxlint-disable-next-line no-await-in-loop
      await pause(30);
      session.release();
      reads += 1;
    }
  };
  const readers = [0, 8, 16, 24].map(read);
  await pause(50);
  const writer = await journal.acquire('exclusive', { waitMs: 3000 });
  const before = reads;
  await pause(40);
  expect(reads).toBe(before);
  writer.release();
  await pause(100);
  stop.abort();
  await Promise.all(readers);
  expect(reads).toBeGreaterThan(before);
});

test('a writer that gives up lets the readers go on', async () => {
  const root = temporaryRoot();
  const journal = journalOf(root);
  const reader = await journal.acquire('shared');
  await expect(journal.acquire('exclusive', { waitMs: 20 })).rejects.toMatchObject({
    code: 'locked',
  });
  (await journal.acquire('shared', { waitMs: 0 })).release();
  reader.release();
});

test('while a writer waits a later reader stands back, and gets in after it', async () => {
  const root = temporaryRoot();
  const journal = journalOf(root);
  const reader = await journal.acquire('shared');
  const order: string[] = [];
  const writer = journal.acquire('exclusive').then((session) => {
    order.push('writer');
    session.release();
    return undefined;
  });
  await pause(5);
  const later = journal.acquire('shared').then((session) => {
    order.push('later reader');
    session.release();
    return undefined;
  });
  await pause(30);
  expect(order).toEqual([]);
  reader.release();
  await Promise.all([writer, later]);
  expect(order).toEqual(['writer', 'later reader']);
});

test('a writer that need not wait does not touch the turnstile, and without one everybody goes on', async () => {
  const root = temporaryRoot();
  (await journalOf(root).acquire('exclusive')).release();
  expect(existsSync(join(root, '.openkb/ingest.lock.turn'))).toBe(false);
  const locks = kernelLocks();
  const turn = locks.tryLock(join(root, '.openkb/ingest.lock.turn'), 'exclusive')!;
  // who does not know it, as the Python program, is not kept away
  (await journalOf(root).acquire('exclusive', { waitMs: 0 })).release();
  await expect(journalOf(root).acquire('shared', { waitMs: 5 })).rejects.toMatchObject({
    code: 'locked',
  });
  rmSync(join(root, '.openkb/ingest.lock.turn'));
  (await journalOf(root).acquire('shared', { waitMs: 0 })).release();
  turn.release();
});

test('the note names the holder while it holds the lock, and nobody afterwards', async () => {
  const root = temporaryRoot();
  const session = await journalOf(root).acquire('exclusive');
  expect(JSON.parse(note(root))).toMatchObject({ pid: process.pid, command: 'test command' });
  session.release();
  session.release();
  expect(note(root)).toBe('');
  // one who locks without a note, as the Python program does
  const other = kernelLocks().tryLock(join(root, '.openkb/ingest.lock'), 'exclusive')!;
  const seen: (LockHolder | undefined)[] = [];
  const waiting = journalOf(root).acquire('shared', {
    waitMs: 5,
    onWait: (holder) => seen.push(holder),
  });
  await expect(waiting).rejects.toThrow(/locked by another process/);
  expect(seen).toEqual([undefined]);
  other.release();
});

test('the note of another who took a lock file that was removed is left alone', async () => {
  const root = temporaryRoot();
  const first = await journalOf(root).acquire('exclusive');
  rmSync(join(root, '.openkb/ingest.lock'));
  const second = await journalOf(root).acquire('exclusive');
  first.release();
  expect(JSON.parse(note(root))).toMatchObject({ command: 'test command' });
  second.release();
  expect(note(root)).toBe('');
});

test('a refused session empties its note too', async () => {
  const root = temporaryRoot();
  writeFileSync(join(root, '.openkb/journal'), 'a file');
  await expect(journalOf(root).acquire('exclusive')).rejects.toMatchObject({ code: 'bad-path' });
  expect(existsSync(join(root, '.openkb/ingest.lock.info')) ? note(root) : '').toBe('');
  (await journalOf(temporaryRoot()).acquire('exclusive')).release();
});

test('L06: a session made from another stands on its lock without waiting; the last one frees it', async () => {
  const root = temporaryRoot();
  const journal = journalOf(root);
  const outer = await journal.acquire('exclusive');
  const inner = await journal.acquire('exclusive', { from: outer, waitMs: 0 });
  const reader = await journal.acquire('shared', { from: inner, waitMs: 0 });
  outer.commit(change('outer.md'));
  inner.commit(change('inner.md'));
  expect(() => reader.commit(change('reader.md'))).toThrow(/exclusive lock/);
  outer.release();
  outer.release();
  expect(() => outer.commit(change('late.md'))).toThrow(/exclusive lock/);
  inner.commit(change('still.md'));
  inner.release();
  await expect(journal.acquire('shared', { waitMs: 0 })).rejects.toMatchObject({ code: 'locked' });
  reader.release();
  (await journal.acquire('exclusive', { waitMs: 0 })).release();
  expect(Object.keys(tree(root))).toEqual(['inner.md', 'outer.md', 'still.md']);
});

test('L06: a shared session never becomes exclusive: that throws at once, and the reader reads on', async () => {
  const journal = journalOf(temporaryRoot());
  const reader = await journal.acquire('shared');
  await expect(journal.acquire('exclusive', { from: reader })).rejects.toMatchObject({
    code: 'not-locked',
    message: expect.stringContaining('release it first'),
  });
  (await journal.acquire('shared', { from: reader, waitMs: 0 })).release();
  await expect(journal.acquire('exclusive', { waitMs: 5 })).rejects.toMatchObject({
    code: 'locked',
  });
  reader.release();
});

test('a session that is released, or of another journal, is nothing to start from', async () => {
  const journal = journalOf(temporaryRoot());
  const released = await journal.acquire('exclusive');
  released.release();
  const other = await journalOf(temporaryRoot()).acquire('exclusive');
  for (const from of [released, other]) {
    // oxlint-disable-next-line no-await-in-loop
    await expect(journal.acquire('shared', { from })).rejects.toMatchObject({ code: 'not-locked' });
  }
  other.release();
});

test('I10: what one session could not settle stops every session on its lock', async () => {
  const root = temporaryRoot();
  const disk = failing(
    'EIO',
    (call, path) =>
      ['unlink', 'rename'].includes(call) &&
      /new\.md$|committed$/.test(path) &&
      existsSync(join(root, 'new.md')),
  );
  const journal = journalOf(root, disk);
  const outer = await journal.acquire('exclusive');
  const inner = await journal.acquire('exclusive', { from: outer });
  expect(() => inner.commit(change('new.md'))).toThrow(/could not be undone/);
  inner.release();
  expect(() => outer.commit(change('next.md'))).toThrow(/could not be undone/);
  outer.release();
});
