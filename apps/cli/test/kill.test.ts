/* oxlint-disable no-await-in-loop, vitest/no-conditional-expect, vitest/valid-expect -- rounds run one after the other, and each expectation names its round */
/**
 * Real processes on the real disk, killed with SIGKILL while they add. After each, `recover`, and the
 * whole tree must be the one before or the one that an undisturbed add makes.
 *
 * Each round is decided by its number: before which of its calls to the disk the process dies; some are killed at
 * whatever instant the machine makes of it. OPENKB_KILL_ROUNDS makes it more rounds.
 */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, onTestFinished, test } from 'vitest';

import { countCalls, spawnCli } from './helpers/child.ts';
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

/** Part of the rounds in which the process dies before a chosen call, and not at any instant. */
const BY_CALL = 0.8;

/** Runs an add that dies where the round says, of about so many calls; tells whether it was still running. */
async function addAndKill(
  dir: string,
  file: string,
  { round, calls }: { readonly round: number[]; readonly calls: number },
): Promise<boolean> {
  const args = ['add', '--kb', 'kb', '--json', file];
  if (chance(...round, 1) < BY_CALL) {
    // some are later than the last call
    const last = Math.floor(chance(...round, 2) * calls * 1.1);
    const itself = { calls: last, signals: ['SIGKILL'] } as const;
    return (await spawnCli(dir, args, undefined, {}, itself).ended).signal === 'SIGKILL';
  }
  const steps = ['commit', 'compile', 'convert', 'read'];
  const step = steps[Math.floor(chance(...round, 3) * steps.length)] ?? 'commit';
  let told = false;
  const child = spawnCli(dir, args, (text) => {
    if (told || !text.includes(`"step":"${step}"`)) return;
    told = true;
    void sleep(chance(...round, 4) ** 2 * 60).then(() => child.process.kill('SIGKILL'));
  });
  return (await child.ended).signal === 'SIGKILL';
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
  cpSync(kb, join(dir, 'copy'), { recursive: true });
  write(dir, { 'counted.md': documentNumber(999) });
  const calls = await countCalls(dir, ['add', '--kb', 'copy', 'counted.md']);
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
    if (await addAndKill(dir, file, { round: [number, round], calls })) seen.killed += 1;
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
    expect(seen.inCommit, counts).toBeGreaterThan(ROUNDS / 10);
    expect(seen.before, counts).toBeGreaterThan(5);
    expect(seen.after, counts).toBeGreaterThan(5);
    expect(seen.killed, counts).toBeGreaterThan(ROUNDS / 2);
  },
  ROUNDS * 60_000,
);
