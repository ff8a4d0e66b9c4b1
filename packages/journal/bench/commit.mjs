// oxlint-disable no-await-in-loop -- rounds follow each other
// Commits a change set of 15 pages of 4 KB in directories of growing size, all sizes in turn, each in
// turn with the floor: as many raw writes, syncs, links and renames on the same disk.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

import { countingDisk } from './support/counting.mjs';
import { commitFloor, commitFloorCounts } from './support/floor.mjs';
import {
  addChanges,
  commit,
  journalOf,
  makeKnowledgeBase,
  pageChanges,
  REPLACED,
  SIZES,
} from './support/knowledge-base.mjs';
import { bar, median, ms, ratio, table, timed, title } from './support/report.mjs';
import { tracedCalls } from './support/run-child.mjs';

const ROUNDS = 31;

/** The clock of an hour later: what the system has written out long since, a commit need not force. */
const later = { clock: () => new Date(Date.now() + 3_600_000) };

/** Each commit keeps its snapshot, and removes the one that was kept before. */
const keeping = { keep: 1 };

const bases = SIZES.map((pages) => ({
  pages,
  root: makeKnowledgeBase(pages),
  fresh: [],
  freshFloor: [],
  old: [],
  oldFloor: [],
  kept: [],
  add: [],
}));
spawnSync('sync');

let round = 0;
for (let n = 0; n < ROUNDS; n += 1) {
  for (const { root, fresh, freshFloor, old, oldFloor, kept, add } of bases) {
    const journal = journalOf(root);
    round += 1;
    const changes = pageChanges(round);
    fresh.push(await timed(() => commit(journal, changes)));
    freshFloor.push(commitFloor(root, round, REPLACED));
    round += 1;
    const others = pageChanges(round);
    old.push(await timed(() => commit(journalOf(root, undefined, later), others)));
    oldFloor.push(commitFloor(root, round, 0));
    round += 1;
    const more = pageChanges(round);
    kept.push(await timed(() => commit(journalOf(root, undefined, keeping), more)));
    if (n % 3 !== 0) continue;
    round += 1;
    const all = addChanges(root, round);
    add.push(await timed(() => commit(journal, all)));
  }
}

/** Calls through the port of one commit that keeps its snapshot, where another is kept. */
async function countKept(root) {
  const { disk, total } = countingDisk();
  round += 1;
  await commit(journalOf(root, disk, keeping), pageChanges(round));
  return total();
}

/** Calls through the port of one commit. Its file of who holds the lock is one more write, not forced. */
async function countCalls(root, freshOriginals) {
  const { disk, counts, total } = countingDisk();
  round += 1;
  const options = freshOriginals === 0 ? later : {};
  await commit(journalOf(root, disk, options), pageChanges(round));
  const floor = { ...commitFloorCounts(freshOriginals) };
  floor.write += 1;
  for (const [kind, expected] of Object.entries(floor)) {
    if (counts[kind] === expected) continue;
    throw new Error(
      `the floor is not that of a commit: ${counts[kind]} × ${kind}, not ${expected}`,
    );
  }
  return total();
}

for (const base of bases) {
  base.calls = await countCalls(base.root, REPLACED);
  base.oldCalls = await countCalls(base.root, 0);
  base.keptCalls = await countKept(base.root);
  round += 1;
  base.traced = tracedCalls(base.root, String(round));
}

title(`commit of 15 pages of 4 KB, 10 replaced and 5 new: medians of ${ROUNDS} rounds, in turn`);
table([
  [
    'pages in the directory',
    'commit ms',
    'floor ms',
    'commit / floor',
    'pages older than a minute: ms',
    'floor ms',
    'commit / floor',
    'kept for undo ms',
    'kept / floor',
    'whole add ms',
    'state-changing calls (port)',
    'older (port)',
    'kept (port)',
    'by strace',
  ],
  ...bases.map(({ pages, fresh, freshFloor, old, oldFloor, kept, add, ...counts }) => [
    pages,
    ms(median(fresh)),
    ms(median(freshFloor)),
    ratio(median(fresh), median(freshFloor)),
    ms(median(old)),
    ms(median(oldFloor)),
    ratio(median(old), median(oldFloor)),
    ms(median(kept)),
    ratio(median(kept), median(freshFloor)),
    ms(median(add)),
    counts.calls,
    counts.oldCalls,
    counts.keptCalls,
    counts.traced ?? 'no strace',
  ]),
]);
console.log();

const worst = (of) => Math.max(...bases.map(of));
const overFloor = worst(({ fresh, freshFloor }) => median(fresh) / median(freshFloor));
const oldOverFloor = worst(({ old, oldFloor }) => median(old) / median(oldFloor));
const keptOverFloor = worst(({ kept, freshFloor }) => median(kept) / median(freshFloor));
bar(
  'commit at most 2 times the floor, at every size',
  overFloor <= 2 && oldOverFloor <= 2 && keptOverFloor <= 2,
  `worst ${overFloor.toFixed(2)}; pages older than a minute ${oldOverFloor.toFixed(2)}; kept ${keptOverFloor.toFixed(2)}`,
);
const numbers = bases.map(({ traced, calls }) => traced ?? calls);
const keptNumbers = bases.map(({ keptCalls }) => keptCalls);
const spread = Math.max(...numbers) / Math.min(...numbers) - 1;
bar(
  'state-changing calls the same within 5 % at every size, and at most 110',
  spread <= 0.05 && Math.max(...numbers, ...keptNumbers) <= 110,
  `${numbers.join(', ')}; kept ${keptNumbers.join(', ')}`,
);
const [smallest, largest] = [bases[0], bases.at(-1)];
const growth = median(largest.fresh) / median(smallest.fresh);
bar(
  `the same change set at ${largest.pages} pages at most 1.3 times that at ${smallest.pages}`,
  growth <= 1.3,
  growth.toFixed(2),
);
const whole = median(largest.add);
bar(
  `the journal's part of a whole add at ${largest.pages} pages under 100 ms`,
  whole < 100,
  `${ms(whole)} ms, the quickest ${ms(Math.min(...largest.add))} ms; index.md and registry of 4 MB each included`,
);
for (const { root } of bases) rmSync(root, { recursive: true });
