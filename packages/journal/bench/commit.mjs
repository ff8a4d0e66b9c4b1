// oxlint-disable no-await-in-loop -- rounds follow each other
// Commits a change set of 15 pages in directories of growing size, in turn with the floor: the same
// number of raw writes, syncs, links and renames on the same disk. Prints medians and ratios.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { nodeFileSystem } from '@openkb/atomic-fs';
import { kernelLocks, openJournal } from '@openkb/journal';

const SIZES = (process.env.OPENKB_BENCH_PAGES ?? '100,1000,10000').split(',').map(Number);
const ROUNDS = 25;
const PAGES = 15;
const text = (n) => Buffer.from(`# Page ${n}\n\n${'A sentence of a page. '.repeat(180)}\n`);

const CHANGING = new Set([
  'open',
  'makeDirectory',
  'rename',
  'link',
  'unlink',
  'removeDirectory',
  'syncDirectory',
]);

/** The real disk, counting the calls that change or force something. */
function counting() {
  const disk = nodeFileSystem();
  const counter = { calls: 0 };
  const counted = Object.fromEntries(
    Object.entries(disk).map(([name, call]) => [
      name,
      (...args) => {
        if (CHANGING.has(name) && !(name === 'open' && args[1] === 'read')) counter.calls += 1;
        const result = call(...args);
        if (name !== 'open') return result;
        const count =
          (method) =>
          (...rest) => {
            counter.calls += 1;
            return result[method](...rest);
          };
        return { ...result, write: count('write'), sync: count('sync'), setMode: count('setMode') };
      },
    ]),
  );
  return { disk: counted, counter };
}

function knowledgeBase(pages) {
  const root = mkdtempSync(join(tmpdir(), 'openkb-bench-'));
  mkdirSync(join(root, '.openkb'));
  mkdirSync(join(root, 'wiki/concepts'), { recursive: true });
  for (let n = 0; n < pages; n += 1)
    writeFileSync(join(root, 'wiki/concepts', `c${n}.md`), text(n));
  return root;
}

async function commit(journal, round) {
  const session = await journal.acquire('exclusive');
  const changes = Array.from({ length: PAGES }, (_, n) => ({
    kind: 'write',
    path: `wiki/concepts/${n < 10 ? `c${n}` : `new-${round}-${n}`}.md`,
    bytes: text(round * 100 + n),
  }));
  session.commit({ operation: 'bench', changes });
  session.release();
}

/** What no protocol can do without: each file written, synced and renamed, the directories synced. */
function floor(disk, directory, round) {
  const staging = join(directory, `staging-${round}`);
  disk.makeDirectory(staging);
  const live = join(directory, 'wiki/concepts');
  for (let n = 0; n < PAGES; n += 1) {
    const handle = disk.open(join(staging, String(n)), 'create');
    handle.write(text(n));
    handle.sync();
    handle.close();
    if (n < 10) disk.link(join(live, `c${n}.md`), join(staging, `b${n}`));
  }
  disk.syncDirectory(staging);
  const record = disk.open(join(staging, 'record'), 'create');
  record.write(text(0));
  record.sync();
  record.close();
  disk.syncDirectory(staging);
  for (let n = 0; n < PAGES; n += 1) {
    disk.rename(
      join(staging, String(n)),
      join(live, n < 10 ? `c${n}.md` : `floor-${round}-${n}.md`),
    );
  }
  disk.syncDirectory(live);
  disk.rename(join(staging, 'record'), join(staging, 'committed'));
  disk.syncDirectory(staging);
  for (const name of disk.list(staging)) disk.unlink(join(staging, name));
  disk.removeDirectory(staging);
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const timed = async (work) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const rows = [];
for (const pages of SIZES) {
  const root = knowledgeBase(pages);
  const { disk, counter } = counting();
  const options = {
    root,
    locks: kernelLocks(),
    clock: () => new Date(),
    randomId: () => randomBytes(8).toString('hex'),
    command: 'bench',
  };
  const plain = openJournal({ ...options, fileSystem: nodeFileSystem() });
  const watched = openJournal({ ...options, fileSystem: disk });
  const raw = nodeFileSystem();
  const ours = [];
  const lowest = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await timed(() => commit(plain, round)));
    lowest.push(await timed(() => floor(raw, root, round)));
  }
  await commit(watched, ROUNDS);
  rows.push({ pages, ms: median(ours), floor: median(lowest), calls: counter.calls });
  rmSync(root, { recursive: true });
}

console.log(
  'commit of 15 pages of 4 KB (10 replaced, 5 new); medians of 25 rounds, in turn with the floor',
);
console.log(
  'pages in the directory | commit ms | floor ms | commit / floor | against the smallest | state-changing calls',
);
for (const { pages, ms, floor: lowest, calls } of rows) {
  const cells = [
    pages,
    ms.toFixed(1),
    lowest.toFixed(1),
    (ms / lowest).toFixed(2),
    (ms / rows[0].ms).toFixed(2),
    calls,
  ];
  console.log(cells.join(' | '));
}
