// One step of a benchmark in a process of its own: `node child.mjs STEP ROOT ROUND`. Prints its
// milliseconds and its peak memory as JSON.
import { accessSync, closeSync, ftruncateSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';

import { nodeFileSystem } from '@openkb/atomic-fs';

import { failAtLastPublish, killAtCommitPoint } from './faults.mjs';
import { addChanges, commit, journalOf, pageChanges } from './knowledge-base.mjs';
import { peakMemory, timed } from './report.mjs';

const [step, root, round] = process.argv.slice(2);
const marker = (name) => {
  try {
    accessSync(join(root, name));
  } catch {
    // only a trace of system calls shall see it
  }
};

/** The part of a step that goes into loading what locks files. */
let opening = 0;

const steps = {
  idle: async () => 0,
  commit: () => timed(() => commit(journalOf(root), pageChanges(round))),
  add: () => timed(() => commit(journalOf(root), addChanges(root, round))),
  async traced() {
    const changes = pageChanges(round);
    marker('bench-begin');
    await commit(journalOf(root), changes);
    marker('bench-end');
    return 0;
  },
  crash: () => commit(journalOf(root, killAtCommitPoint()), pageChanges(round)),
  async rollback() {
    const fault = failAtLastPublish();
    await commit(journalOf(root, fault.disk), pageChanges(round)).catch(() => {});
    return performance.now() - fault.failedAt();
  },
  async recover() {
    const start = performance.now();
    const journal = journalOf(root);
    opening = performance.now() - start;
    const session = await journal.acquire('exclusive');
    const time = performance.now() - start;
    const outcomes = session.recovered.map(({ outcome }) => outcome).join();
    session.release();
    if (outcomes !== 'rolled back') throw new Error(`recovered: "${outcomes}"`);
    return time;
  },
  publish: () => publishLarge(Number(round), false),
  publishKnown: () => publishLarge(Number(round), true),
};

/** A sparse file of so many bytes goes from staging to `raw/`. */
async function publishLarge(size, isDigestKnown) {
  const journal = journalOf(root);
  const staging = journal.stage();
  const staged = join(staging.directory, 'large');
  const descriptor = openSync(staged, 'wx');
  ftruncateSync(descriptor, size);
  fsyncSync(descriptor);
  closeSync(descriptor);
  const digest = isDigestKnown ? { digest: { size, sha256: '0'.repeat(64) } } : {};
  const path = isDigestKnown ? 'raw/known.bin' : 'raw/large.bin';
  const time = await timed(() => commit(journal, [{ kind: 'publish', path, staged, ...digest }]));
  staging.discard();
  if (nodeFileSystem().stat(join(root, path))?.size !== size) throw new Error('not published');
  return time;
}

const time = await steps[step]();
console.log(JSON.stringify({ ms: time, opening, peak: peakMemory() }));
