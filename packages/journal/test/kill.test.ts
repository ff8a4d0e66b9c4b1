/* oxlint-disable no-await-in-loop, vitest/valid-expect -- rounds run one after the other, and each expectation names its round */
/**
 * Real processes on the real disk that commit a history of change sets and are killed with SIGKILL.
 * After each: recovery, and the whole tree must be that of one state, never behind what the process
 * has told. Each round is decided by its number. OPENKB_KILL_ROUNDS makes it more rounds.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { seededRandom } from '@openkb/test-kit/file-system';
import { expect, test } from 'vitest';

import { startChild, type Child } from './support/child.ts';
import { explored } from './support/explored.ts';
import { History } from './support/history.ts';
import { disk, journalOf, temporaryRoot, tree } from './support/real.ts';

const LANES = 3;
/** In this one two mutations are kept. */
const KEEPING_LANE = 1;
const ROUNDS = Math.ceil(Number(process.env['OPENKB_KILL_ROUNDS'] ?? 300) / LANES);
/** Part of the rounds in which the process dies before a chosen call, and not at any instant. */
const BY_CALL = 0.7;
const MOST_CALLS = 400;

interface Seen {
  killed: number;
  /** Killed inside a commit or a recovery: there was something to roll back. */
  rolledBack: number;
  committed: number;
}

/** State numbers that the tree may be at, both included. */
type Span = readonly [lowest: number, highest: number];

/** What is possible after a process that began on a tree of `span` and said `lines` is dead. */
function spanAfter([lowest, highest]: Span, lines: readonly string[]): Span {
  const last = (word: string) =>
    lines.findLast((line) => line.startsWith(word))?.slice(word.length);
  const found = last('at ');
  const done = last('done ') ?? found;
  // it may have died between the commit point and the word
  return done === undefined ? [lowest, highest] : [Number(done), Number(done) + 1];
}

/**
 * Lets a process work and kills it, before a chosen call or at any instant: some in the recovery that they begin with, some in the first
 * commit, some in a later one. How long these take on this machine is learnt from how those before ended.
 */
class Killer {
  readonly #usual = new Map<string, number>([
    ['ready', 5],
    ['at ', 50],
    ['done ', 20],
  ]);

  async kill(root: string, keep: readonly string[], chance: () => number): Promise<Child> {
    const call = chance() < BY_CALL ? 1 + Math.floor(chance() * MOST_CALLS) : 0;
    const child = startChild('committer', [root, 'Infinity', String(call), ...keep]);
    if (call === 0) await this.#killInTime(child, chance);
    else await child.ended;
    return child;
  }

  async #killInTime(child: Child, chance: () => number): Promise<void> {
    const [marker, next] = momentOf(chance());
    const usual = this.#usual.get(marker) ?? 10;
    await child.said(marker);
    const cameOn = child.said(next).then(
      () => true,
      () => false,
    );
    await sleep(chance() * usual * 1.1);
    child.process.kill('SIGKILL');
    await child.ended;
    // about as many are to be killed within the span as after it
    this.#usual.set(marker, usual * ((await cameOn) ? 0.8 : 1.25));
  }
}

/** What a process says before and after the span in which it dies. */
function momentOf(chance: number): [marker: string, next: string] {
  if (chance < 0.2) return ['ready', 'at '];
  return chance < 0.6 ? ['at ', 'done '] : ['done ', 'second '];
}

async function lane(number: number, killer: Killer, seen: Seen): Promise<void> {
  const root = temporaryRoot();
  const history = new History();
  const chance = seededRandom(number + 1);
  let span: Span = [0, 0];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const where = `lane ${number}, round ${round}`;
    const child = await killer.kill(root, number === KEEPING_LANE ? ['2'] : [], chance);
    if ((await child.ended).signal === 'SIGKILL') seen.killed += 1;
    span = spanAfter(span, child.lines);
    // sometimes the next process has to recover by itself, and is killed while it does
    if (round < ROUNDS && chance() < 0.2) continue;
    const options = number === KEEPING_LANE ? { keep: 2 } : {};
    const session = await journalOf(root, disk, options).acquire('exclusive');
    session.release();
    seen.rolledBack += session.recovered.filter(({ outcome }) => outcome === 'rolled back').length;
    const found = tree(root);
    const state = Number(found['state'] ?? 0);
    expect(state, where).toBeGreaterThanOrEqual(span[0]);
    expect(state, where).toBeLessThanOrEqual(span[1]);
    expect(found, where).toEqual(history.at(state));
    expect(leftovers(root), where).toEqual([]);
    expect(keptBadly(root), where).toEqual([]);
    seen.committed = Math.max(seen.committed, state);
    span = [state, state];
  }
}

/** Every kept mutation holds what it says, and there are no more than there are to be. */
function keptBadly(root: string): string[] {
  const journal = journalOf(root);
  const kept = journal.history();
  const faults = kept.flatMap(({ id, changes }) =>
    changes.flatMap(({ path }) => {
      try {
        journal.version(id, path, 'before');
        journal.version(id, path, 'after');
        return [];
      } catch (error) {
        return [String(error)];
      }
    }),
  );
  return kept.length > 2 ? [...faults, `${kept.length} are kept`] : faults;
}

/** 57: what the dead leave in the state directory; the lock and its note stay. */
function leftovers(root: string): string[] {
  return readdirSync(join(root, '.openkb'), { recursive: true, encoding: 'utf8' })
    .filter((name) => !/^(?:journal|staging|history.*|ingest\.lock(?:\.info)?)$/.test(name))
    .toSorted();
}

test(
  `I1, 44, 45, 57: a commit or a recovery that is killed is before or after and leaves nothing, in ${ROUNDS * LANES} rounds`,
  async () => {
    const seen: Seen = { killed: 0, rolledBack: 0, committed: 0 };
    const killer = new Killer();
    await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number, killer, seen)));
    explored({ kills: seen.killed, violations: 0 });
    const counts = JSON.stringify(seen);
    // how many of each kind is the machine's matter; that there are some is the test's
    expect(seen.killed, counts).toBeGreaterThan((ROUNDS * LANES) / 2);
    expect(seen.rolledBack, counts).toBeGreaterThanOrEqual((ROUNDS * LANES) / 100);
    expect(seen.committed, counts).toBeGreaterThan(ROUNDS / 10);
  },
  ROUNDS * 60_000,
);
