#!/usr/bin/env node
// Cuts the power of real file systems while change sets are committed, recovers, and requires the
// whole tree of one state, never behind what was acknowledged. By hand, as root, after `pnpm build`:
//
//     node scripts/power-cut.mjs [--trials 20] [--seed 1] [--without-syncs] [ext4 xfs btrfs]
//
// A trial: an image is mounted and a process commits the change sets of a history into it. At a
// random instant the image is copied at once (a reflink: as the disk is when the power goes, all that the
// file system has not written is missing). The copy is mounted, recovered and compared. Then the power goes
// once more, right after that recovery, and the tree must stay the same.
// With --without-syncs no sync is made: there must be violations, or the trials find nothing.
// What the machine lacks is said, and that part is skipped. Everything is unmounted and removed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { chance, treeOf, wrongWith } from './support/power-cut-history.mjs';
import { FILE_SYSTEMS, lacking, lacksFor, Mounts } from './support/power-cut-mounts.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    trials: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    'without-syncs': { type: 'boolean', default: false },
  },
});
const worker = fileURLToPath(new URL('support/power-cut-worker.mjs', import.meta.url));

const lacks = lacking();
if (!existsSync(fileURLToPath(new URL('../packages/journal/dist/index.js', import.meta.url)))) {
  lacks.push('packages/journal/dist (pnpm build)');
}
if (lacks.length > 0) {
  console.log(`power cuts skipped: this needs ${lacks.join(', ')}`);
  process.exit(0);
}

const work = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'openkb-power-'));
const mounts = new Mounts(work);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => stop.abort());
}

const task = (name) => (values['without-syncs'] ? `${name}-without-syncs` : name);

/** Commits until the cut. What was acknowledged before the copy is the least that it must hold. */
async function commitAndCut(image, copy, fraction) {
  const root = mounts.mount(image);
  const child = spawn(process.execPath, [worker, task('commit'), root], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  let acknowledged = 0;
  child.stdout.setEncoding('utf8').on('data', (text) => {
    acknowledged = Number(text.trimEnd().split('\n').at(-1));
  });
  await once(child.stdout, 'data');
  await sleep(fraction * 400);
  const lowest = acknowledged;
  mounts.copy(image, copy);
  child.kill('SIGKILL');
  await ended;
  mounts.unmount(root);
  // one commit may have passed its commit point without a word
  return { lowest, highest: acknowledged + 1 };
}

/** @returns what the recovery did, the tree that it left, and a copy of the disk right after it */
async function recover(image, copy) {
  const root = mounts.mount(image);
  const child = spawn(process.execPath, [worker, task('recover'), root], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (said += text));
  const [code] = await once(child, 'close');
  if (copy !== undefined) mounts.copy(image, copy);
  const tree = treeOf(root);
  mounts.unmount(root);
  return { code, outcome: said.trim(), tree };
}

async function trial(fileSystem, number, row) {
  const [image, cut, again] = ['live', 'cut', 'again'].map((name) => mounts.image(name));
  mounts.copy(mounts.template(fileSystem), image);
  const span = await commitAndCut(image, cut, chance(values.seed, fileSystem, number));
  const first = await recover(cut, again);
  const second = await recover(again);
  row.trials += 1;
  row.commits += span.lowest;
  if (first.outcome.includes('rolled back')) row['rolled back'] += 1;
  if (first.outcome.includes('finished')) row.finished += 1;
  judge(first, 'after the cut');
  judge(second, 'after a cut right after the recovery');

  function judge({ code, tree }, when) {
    // what the first recovery has led to must stay
    const state = Number(first.tree.state ?? 0);
    const wrong = [
      ...(code === 0 ? [] : [`the recovery ended with ${code}`]),
      ...(state < span.lowest || state > span.highest
        ? [`state ${state} is not of ${span.lowest} to ${span.highest}`]
        : []),
      ...wrongWith(tree, state),
    ];
    if (wrong.length === 0) return;
    row.violations += 1;
    const where = `${fileSystem}, seed ${values.seed}, trial ${number}, ${when}`;
    console.error(`${where}: ${wrong.slice(0, 5).join('; ')}`);
  }
}

async function run(fileSystem) {
  const lack = lacksFor(fileSystem);
  if (lack !== undefined) return { 'file system': fileSystem, skipped: `needs ${lack}` };
  const started = performance.now();
  const row = {
    'file system': fileSystem,
    trials: 0,
    commits: 0,
    'rolled back': 0,
    finished: 0,
    violations: 0,
  };
  for (let number = 1; number <= Number(values.trials) && !stop.signal.aborted; number += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one image after the other
    await trial(fileSystem, number, row);
  }
  return { ...row, seconds: Math.round((performance.now() - started) / 1000) };
}

const rows = [];
try {
  for (const fileSystem of positionals.length > 0 ? positionals : FILE_SYSTEMS) {
    // oxlint-disable-next-line no-await-in-loop
    rows.push(await run(fileSystem));
  }
} finally {
  mounts.unmountAll();
  rmSync(work, { recursive: true, force: true });
}
console.table(rows);
const isRed = rows.some(({ violations }) => violations > 0);
process.exitCode = isRed === values['without-syncs'] ? 0 : 1;
