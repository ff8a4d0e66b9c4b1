// oxlint-disable no-await-in-loop -- rounds follow each other
// Undoes a change set of 15 pages in directories of growing size: in the process whose last publish
// failed, and in a fresh process after one that was killed at the commit point. All sizes in turn, each
// in turn with the floor: as many raw links, renames, removals and syncs.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

import { failAtLastPublish } from './support/faults.mjs';
import { rollbackFloor } from './support/floor.mjs';
import {
  commit,
  journalOf,
  makeKnowledgeBase,
  PAGES,
  pageChanges,
  SIZES,
} from './support/knowledge-base.mjs';
import { bar, median, ms, ratio, table, title } from './support/report.mjs';
import { crash, runStep } from './support/run-child.mjs';

const ROUNDS = 15;

/** Milliseconds from the error of the last publish to the end of the commit. */
async function rollback(root, round, fault) {
  const outcome = await commit(journalOf(root, fault.disk), pageChanges(round)).then(
    () => 'committed',
    (error) => error.code,
  );
  if (outcome !== 'not-written') throw new Error(`the commit that must fail: ${outcome}`);
  return performance.now() - fault.failedAt();
}

const bases = SIZES.map((pages) => ({
  pages,
  root: makeKnowledgeBase(pages),
  rollback: [],
  floor: [],
  coldRollback: [],
  recover: [],
  opening: [],
  wall: [],
  idle: [],
}));
spawnSync('sync');

let round = 0;
for (let n = 0; n < ROUNDS; n += 1) {
  for (const { root, ...times } of bases) {
    round += 1;
    times.rollback.push(await rollback(root, round, failAtLastPublish()));
    times.floor.push(rollbackFloor(root, round));
    times.coldRollback.push(runStep('rollback', root, round).ms);
    crash(root, round);
    const { ms: time, opening, wall } = runStep('recover', root);
    times.opening.push(opening);
    times.recover.push(time);
    times.wall.push(wall);
    times.idle.push(runStep('idle', root).wall);
  }
}

for (const { root } of bases) rmSync(root, { recursive: true });

title(`undoing ${PAGES} pages of 4 KB: medians of ${ROUNDS} rounds, in turn`);
table([
  [
    'pages in the directory',
    'rollback ms',
    'floor ms',
    'rollback / floor',
    'rollback, first of its process, ms',
    'recovery in a fresh process ms',
    'of it loading the lock ms',
    'recovery / floor',
    'whole process ms',
    'idle process ms',
  ],
  ...bases.map((base) => [
    base.pages,
    ms(median(base.rollback)),
    ms(median(base.floor)),
    ratio(median(base.rollback), median(base.floor)),
    ms(median(base.coldRollback)),
    ms(median(base.recover)),
    ms(median(base.opening)),
    ratio(median(base.recover), median(base.floor)),
    ms(median(base.wall)),
    ms(median(base.idle)),
  ]),
]);
console.log();

const [smallest, largest] = [bases[0], bases.at(-1)];
const times = median(largest.recover) / median(smallest.rollback);
const cold = median(largest.recover) / median(smallest.coldRollback);
// a fresh process runs code that nothing has warmed up, so it is held to a rollback that is the first too
bar(
  `recovery with ${largest.pages} pages under 3 times the rollback with ${smallest.pages}, both the first of their process`,
  cold < 3,
  `${cold.toFixed(2)}; of a rollback in a warm process ${times.toFixed(2)}`,
);
