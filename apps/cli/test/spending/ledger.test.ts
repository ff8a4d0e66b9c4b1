/** `.openkb/usage.jsonl`: it begins anew each month, and no crash loses or doubles what was noted. */
import { appendFileSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { nodeFileSystem, type FileSystem, replaceFile } from '@openkb/atomic-fs';
import type { LockProvider } from '@openkb/journal';
import { NO_USAGE } from '@openkb/language-model';
import { SimulatedFileSystem } from '@openkb/test-kit/file-system';
import { memoryLocks } from '@openkb/test-kit/locks';
import { expect, onTestFinished, test } from 'vitest';

import { type LedgerEntry, noteSpending, readLedger } from '../../src/model/ledger.ts';
import { read } from '../helpers/knowledge-base.ts';
import { temporaryDirectory } from '../helpers/run.ts';

const SPENT = {
  usage: { ...NO_USAGE, requests: 1, inputTokens: 10, outputTokens: 5 },
  dollars: 0.01,
  unpriced: 0,
};

const kbAt = (root: string, fileSystem: FileSystem, locks: LockProvider = memoryLocks()) => ({
  root,
  fileSystem,
  locks: () => locks,
});

const note = (kb: ReturnType<typeof kbAt>, at: string, subject: string): void =>
  noteSpending(kb, { at, command: 'add', subject, model: 'a/b', outcome: 'committed' }, SPENT);

const subjects = (entries: readonly LedgerEntry[]) => entries.map(({ subject }) => subject);

function started() {
  const root = temporaryDirectory(onTestFinished);
  mkdirSync(join(root, '.openkb'));
  const kb = kbAt(root, nodeFileSystem());
  const names = () => readdirSync(join(root, '.openkb')).filter((name) => name.startsWith('usage'));
  return { root, kb, names };
}

test('with a new month another file begins, and all are read, the oldest first', () => {
  const { kb, names } = started();
  note(kb, '2025-12-31T23:00:00.000Z', 'december');
  note(kb, '2026-01-01T00:00:00.000Z', 'january');
  note(kb, '2026-01-31T00:00:00.000Z', 'end of january');
  note(kb, '2026-03-01T00:00:00.000Z', 'march');
  expect(names()).toEqual(['usage-2025-12.jsonl', 'usage-2026-01.jsonl', 'usage.jsonl']);
  expect(subjects(readLedger(kb))).toEqual(['december', 'january', 'end of january', 'march']);
});

test('a file that has grown large begins anew within the month', () => {
  const { root, kb, names } = started();
  const line = `${JSON.stringify({ at: '2026-01-02T00:00:00.000Z', subject: 'x'.repeat(900), model: 'a/b' })}\n`;
  const large = () =>
    writeFileSync(
      join(root, '.openkb/usage.jsonl'),
      line.repeat(Math.ceil((4 * 2 ** 20) / line.length)),
    );
  large();
  note(kb, '2026-01-03T00:00:00.000Z', 'first');
  large();
  note(kb, '2026-01-04T00:00:00.000Z', 'second');
  expect(names()).toEqual(['usage-2026-01-2.jsonl', 'usage-2026-01.jsonl', 'usage.jsonl']);
  expect(read(root, '.openkb/usage.jsonl').trim().split('\n')).toHaveLength(1);
  expect(readLedger(kb).length).toBeGreaterThan(8000);
});

test('what is asked for since a time is all there, and files that were last written before are not read', () => {
  const { root, kb } = started();
  note(kb, '2026-01-01T00:00:00.000Z', 'old');
  // noted by a process whose clock was late, or that had the file open
  note(kb, '2026-01-31T23:59:59.000Z', 'late');
  note(kb, '2026-02-01T00:00:00.000Z', 'new');
  const past = new Date('2026-01-31T23:59:59.000Z');
  const path = join(root, '.openkb/usage-2026-01.jsonl');
  utimesSync(path, past, past);
  expect(subjects(readLedger(kb, new Date('2026-02-01T00:00:00.000Z')))).toEqual([
    'old',
    'late',
    'new',
  ]);
  expect(subjects(readLedger(kb, new Date('2026-02-03T00:00:00.000Z')))).toEqual(['new']);
});

test('a line that was cut off costs no other one', () => {
  const { root, kb } = started();
  note(kb, '2026-01-01T00:00:00.000Z', 'one');
  appendFileSync(join(root, '.openkb/usage.jsonl'), '{"at": "2026-01-01T00:00:01.000Z", "comm');
  note(kb, '2026-01-02T00:00:00.000Z', 'two');
  expect(subjects(readLedger(kb))).toEqual(['one', 'two']);
});

test('a lock that somebody keeps does not keep a line from being noted', () => {
  const { root } = started();
  const locks = memoryLocks();
  const kb = kbAt(root, nodeFileSystem(), locks);
  note(kb, '2026-01-01T00:00:00.000Z', 'one');
  const held = locks.tryLock(join(root, '.openkb/cache/usage/lock'), 'exclusive');
  note(kb, '2026-02-01T00:00:00.000Z', 'two');
  held?.release();
  expect(subjects(readLedger(kb))).toEqual(['one', 'two']);
});

const ROOT = '/kb';

function disk(): SimulatedFileSystem {
  const fileSystem = new SimulatedFileSystem();
  fileSystem.makeDirectory(ROOT);
  fileSystem.makeDirectory(`${ROOT}/.openkb`);
  const kb = kbAt(ROOT, fileSystem);
  note(kb, '2026-01-01T00:00:00.000Z', 'one');
  note(kb, '2026-01-02T00:00:00.000Z', 'two');
  fileSystem.settle();
  return fileSystem;
}

test('cut short at any call, by a kill or a power cut, every line is there once, and the next is too', () => {
  const whole = disk();
  const from = whole.steps;
  note(kbAt(ROOT, whole), '2026-02-01T00:00:00.000Z', 'three');
  expect(whole.steps - from).toBeGreaterThan(3);
  const seen = new Set<string>();
  for (let step = 1; step <= whole.steps - from; step += 1) {
    const cut = disk();
    cut.crashAt(cut.steps + step);
    note(kbAt(ROOT, cut), '2026-02-01T00:00:00.000Z', 'three');
    const cuts = [...cut.crashImages()].map((image) => image.fileSystem);
    const images = [cut.killImage(), ...cuts];
    for (const image of images) {
      const kb = kbAt(ROOT, image);
      const found = subjects(readLedger(kb)).join(' ');
      expect(['one two', 'one two three']).toContain(found);
      seen.add(found);
      note(kb, '2026-02-02T00:00:00.000Z', 'four');
      expect(subjects(readLedger(kb)).join(' ')).toBe(`${found} four`);
    }
  }
  expect([...seen].toSorted()).toEqual(['one two', 'one two three']);
});

test('a disk that refuses a call loses no line that was noted before', () => {
  const whole = disk();
  const from = whole.calls.length;
  note(kbAt(ROOT, whole), '2026-02-01T00:00:00.000Z', 'three');
  for (let call = from + 1; call <= whole.calls.length; call += 1) {
    const failing = disk();
    failing.failAt(call, 'EIO');
    note(kbAt(ROOT, failing), '2026-02-01T00:00:00.000Z', 'three');
    failing.heal();
    expect(subjects(readLedger(kbAt(ROOT, failing))).slice(0, 2)).toEqual(['one', 'two']);
  }
});

test('a directory or a link in the place of a file is passed over', () => {
  const fileSystem = disk();
  fileSystem.makeDirectory(`${ROOT}/.openkb/usage-2025-01.jsonl`);
  replaceFile(fileSystem, `${ROOT}/.openkb/usage-of-mine.jsonl`, '{}', { id: '1' });
  expect(subjects(readLedger(kbAt(ROOT, fileSystem)))).toEqual(['one', 'two']);
});
