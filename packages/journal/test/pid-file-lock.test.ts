/** Locks by pid files: never two holders, freed by death, and never in the way of the kernel's lock unseen. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { openJournal, pidFileLocks } from '../src/index.ts';
import { digits, pidFileName, pidFiles } from '../src/lock/pid-file-name.ts';
import { systemProcesses, type Processes } from '../src/lock/processes.ts';
import { disk, failing, temporaryRoot, text, tree } from './support/real.ts';

const randomId = () => randomBytes(6).toString('hex');
const { self } = systemProcesses();
const locksOf = (processes?: Processes, fileSystem = disk) =>
  pidFileLocks({ fileSystem, randomId, ...(processes && { processes }) });
const directory = () => join(temporaryRoot(), 'ingest.lock');
const left = (path: string) =>
  readdirSync(join(path, '..')).filter((name) => name.startsWith('ingest.lock'));

test('exclusive excludes all, shared excludes exclusive, and nothing is left', () => {
  const path = directory();
  const [a, b] = [locksOf(), locksOf()];
  const one = a.tryLock(path, 'exclusive')!;
  expect(one.isCurrent()).toBe(true);
  expect(a.look!(path)).toBe('held');
  expect(a.tryLock(path, 'exclusive')).toBeUndefined();
  expect(b.tryLock(path, 'shared')).toBeUndefined();
  one.release();
  one.release();
  const readers = [a.tryLock(path, 'shared')!, b.tryLock(path, 'shared')!];
  expect(b.look!(path)).toBe('free');
  expect(b.tryLock(path, 'exclusive')).toBeUndefined();
  for (const reader of readers) reader.release();
  b.tryLock(path, 'exclusive')!.release();
  expect(left(path)).toEqual([]);
});

test('a holder whose file was removed knows that it excludes nobody', () => {
  const path = directory();
  const one = locksOf().tryLock(path, 'exclusive')!;
  rmSync(join(path, '..', left(path)[0]!));
  expect(one.isCurrent()).toBe(false);
  one.release();
});

/** A pid that was ours a moment ago: of a process that has ended. */
function deadPid(): number {
  return Number(execFileSync('sh', ['-c', 'echo $$']).toString());
}

test.each([
  ['a process that has ended', { ...self, pid: deadPid() }],
  ['a process of an earlier boot', { ...self, boot: digits('another boot') }],
  ['another process that had our number', { ...self, started: '1' }],
])('the file of %s counts for nothing and goes', (_, identity) => {
  const path = directory();
  writeFileSync(join(path, '..', pidFileName('ingest.lock', 'exclusive', identity, 'ab12')), '');
  const lock = locksOf().tryLock(path, 'exclusive');
  expect(lock).toBeDefined();
  expect(left(path)).toHaveLength(1);
  lock!.release();
});

test('a process of another machine or container is taken for alive', () => {
  const path = directory();
  const other = { ...self, pid: deadPid(), space: digits('elsewhere'), boot: digits('x') };
  const name = pidFileName('ingest.lock', 'exclusive', other, 'ab12');
  writeFileSync(join(path, '..', name), '');
  expect(locksOf().tryLock(path, 'shared')).toBeUndefined();
  expect(left(path)).toEqual([name]);
});

test('names of other locks, and names that are none, are passed over', () => {
  const path = directory();
  for (const name of ['other.lock.pid.x-1-1-000000000000-000000000000-a', 'ingest.lock.pid.odd']) {
    writeFileSync(join(path, '..', name), '');
  }
  const lock = locksOf().tryLock(path, 'exclusive');
  expect(lock).toBeDefined();
  lock!.release();
});

test('the name says all that is known of a process', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.string(), fc.boolean(), (pid, started, where, shared) => {
      const identity = { pid, started: `${started}`, space: digits(where), boot: digits(where) };
      const mode = shared ? 'shared' : 'exclusive';
      const name = pidFileName('ingest.lock', mode, identity, 'ab12');
      expect(pidFiles('ingest.lock', [name, 'x', `${name}.`])).toEqual([
        { ...identity, mode, name },
      ]);
    }),
  );
});

test('two that overlap at any point never both hold it', () => {
  // the second runs as a whole before the first one's n-th look at the directory or its new file
  for (const mode of ['exclusive', 'shared'] as const) {
    for (let n = 1; n <= 4; n += 1) {
      const path = directory();
      const second = locksOf();
      let calls = 0;
      let other: ReturnType<typeof second.tryLock>;
      const interleaved = failing('none', (call) => {
        if (['list', 'open'].includes(call) && (calls += 1) === n) {
          other = second.tryLock(path, mode);
        }
        return false;
      });
      const first = locksOf(undefined, interleaved).tryLock(path, 'exclusive');
      expect([first, other].filter((lock) => lock !== undefined).length).toBeLessThanOrEqual(1);
      first?.release();
      other?.release();
      expect(left(path)).toEqual([]);
    }
  }
});

test('64: six holders that meet a dead file lose no increment in 30 rounds each', () => {
  const root = temporaryRoot();
  const path = join(root, 'ingest.lock');
  const dead = { ...self, pid: deadPid() };
  writeFileSync(join(root, pidFileName('ingest.lock', 'exclusive', dead, 'ab12')), '');
  let count = 0;
  const lanes = Array.from({ length: 6 }, async () => {
    const locks = locksOf();
    for (let done = 0; done < 30;) {
      const lock = locks.tryLock(path, 'exclusive');
      if (lock === undefined) {
        // oxlint-disable-next-line no-await-in-loop
        await new Promise((resolve) => {
          setTimeout(resolve, Math.random() * 3);
        });
        continue;
      }
      const seen = count;
      // oxlint-disable-next-line no-await-in-loop
      await Promise.resolve();
      count = seen + 1;
      lock.release();
      done += 1;
    }
  });
  return Promise.all(lanes).then(() => {
    expect(count).toBe(180);
    expect(left(path)).toEqual([]);
    return undefined;
  });
});

test('a journal works with them: commit, staging, reaping, check', async () => {
  const root = temporaryRoot();
  const journal = openJournal({
    root,
    fileSystem: disk,
    locks: locksOf(),
    clock: () => new Date(),
    randomId,
    command: 'test',
  });
  const staging = journal.stage();
  const dead = pidFileName('stage-dead0001.lock', 'exclusive', { ...self, pid: deadPid() }, 'ab12');
  writeFileSync(join(root, '.openkb/staging', dead), '');
  mkdirSync(join(root, '.openkb/staging/stage-dead0002'));
  expect(journal.check().map(({ code, path }) => `${code} ${path}`)).toEqual([
    'dead-staging .openkb/staging/stage-dead0001',
    'dead-staging .openkb/staging/stage-dead0002',
  ]);
  const changes = staging.prepare([{ kind: 'write', path: 'a.md', bytes: text('a') }]);
  const session = await journal.acquire('exclusive');
  session.commit({ operation: 'x', changes });
  session.release();
  staging.discard();
  expect(tree(root)).toEqual({ 'a.md': 'a' });
  expect(readdirSync(join(root, '.openkb/staging'))).toEqual([]);
  expect(journal.check()).toEqual([]);
});
