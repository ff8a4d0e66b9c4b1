/* oxlint-disable no-await-in-loop, vitest/no-conditional-expect, vitest/valid-expect -- rounds run one after the other, and each expectation names its round */
/**
 * Real processes on the real disk, killed with SIGKILL while they add. After each, `recover`, and the
 * whole tree must be the one before or the one that an undisturbed add makes.
 *
 * Each round is decided by its number: which step the process has told when it is killed, and how
 * many tenths of a millisecond later. OPENKB_KILL_ROUNDS makes it more rounds.
 */
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, onTestFinished, test } from 'vitest';

import { spawnCli } from './helpers/child.ts';
import { documentNumber } from './helpers/documents.ts';
import { changedPaths, faults, read, sha256, tree, write } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

const LANES = 2;
const ROUNDS = Math.ceil(Math.max(104, Number(process.env['OPENKB_KILL_ROUNDS'] ?? 0)) / LANES);
/** Documents after which a knowledge base is begun anew, to keep each round short. */
const MOST_DOCUMENTS = 8;

/** Numbers from 0 up to 1 that look random and are the same in every run. */
function chance(...seed: number[]): number {
  return parseInt(sha256(seed.join()).slice(0, 8), 16) / 2 ** 32;
}

/** The tree with the time stamps of the log made equal, and without what a dead process leaves. */
function comparable(kb: string): Record<string, string> {
  const log = read(kb, 'wiki/log.md').replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'then');
  const { '.openkb/staging/': _staging, '.openkb/journal/': _journal, ...rest } = tree(kb);
  return { ...rest, 'wiki/log.md': sha256(log) };
}

/** Waits, doing nothing else, until a commit has begun and so many milliseconds more. */
function awaitJournal(kb: string, more: number): void {
  const journal = join(kb, '.openkb/journal');
  const began = () => existsSync(journal) && readdirSync(journal).length > 0;
  const end = performance.now() + 200;
  while (!began() && performance.now() < end);
  const late = performance.now() + more;
  while (performance.now() < late);
}

/** Runs an add and kills it at the instant that the round says; tells whether it was still running. */
async function addAndKill(dir: string, file: string, round: number[]): Promise<boolean> {
  const steps = ['commit', 'commit', 'commit', 'compile', 'convert', 'read'];
  const step = steps[Math.floor(chance(...round, 1) * steps.length)] ?? 'commit';
  const delay = chance(...round, 2) ** 2 * (step === 'commit' ? 40 : 60);
  let told = false;
  const child = spawnCli(dir, ['add', '--kb', 'kb', '--json', file], (text) => {
    if (told || !text.includes(`"step":"${step}"`)) return;
    told = true;
    // some are hit inside the commit for certain, however slowly this process hears of it
    if (step === 'commit' && chance(...round, 3) < 0.4) {
      awaitJournal(join(dir, 'kb'), chance(...round, 4) * 4);
      child.process.kill('SIGKILL');
      return;
    }
    void sleep(delay).then(() => child.process.kill('SIGKILL'));
  });
  const { signal } = await child.ended;
  return signal === 'SIGKILL';
}

/** What became of the rounds. */
interface Seen {
  before: number;
  after: number;
  killed: number;
  /** Killed inside the commit: there was something to recover. */
  inCommit: number;
}

async function lane(number: number, seen: Seen): Promise<void> {
  const dir = temporaryDirectory(onTestFinished);
  const kb = join(dir, 'kb');
  const begin = async () => {
    rmSync(kb, { recursive: true, force: true });
    await run(dir, ['init', 'kb']);
    write(dir, { 'first.md': documentNumber(0) });
    await run(dir, ['add', '--kb', 'kb', 'first.md']);
  };
  await begin();
  let documents = 1;
  for (let round = 1; round <= ROUNDS; round += 1) {
    if (documents >= MOST_DOCUMENTS) {
      await begin();
      documents = 1;
    }
    const file = `d${round}.md`;
    write(dir, { [file]: documentNumber(round) });
    const before = comparable(kb);
    rmSync(join(dir, 'copy'), { recursive: true, force: true });
    cpSync(kb, join(dir, 'copy'), { recursive: true });
    await run(dir, ['add', '--kb', 'copy', file]);
    const after = comparable(join(dir, 'copy'));
    if (await addAndKill(dir, file, [number, round])) seen.killed += 1;
    const where = `lane ${number}, round ${round}`;
    const recovered = await run(dir, ['recover', '--kb', 'kb']);
    expect(recovered.code, where).toBe(0);
    if (recovered.out.includes('interrupted add')) seen.inCommit += 1;
    const found = comparable(kb);
    const isAfter = changedPaths(after, found).length === 0;
    if (!isAfter) expect(changedPaths(before, found), where).toEqual([]);
    expect(faults(kb), where).toEqual([]);
    seen[isAfter ? 'after' : 'before'] += 1;
    if (isAfter) documents += 1;
  }
}

test(
  `an add that is killed is before or after, in ${ROUNDS * LANES} rounds`,
  async () => {
    const seen = { before: 0, after: 0, killed: 0, inCommit: 0 };
    await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number, seen)));
    const counts = JSON.stringify(seen);
    expect(seen.inCommit, counts).toBeGreaterThan(0);
    expect(seen.before, counts).toBeGreaterThan(5);
    expect(seen.after, counts).toBeGreaterThan(5);
    expect(seen.killed, counts).toBeGreaterThan(ROUNDS / 2);
  },
  ROUNDS * 10_000,
);
