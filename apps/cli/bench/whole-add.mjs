// How long a whole `openkb add` holds the lock in a wiki of 50,000 pages, its index and registry at
// their real size; in turn with the floor: the same bytes written, forced and renamed.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { CLI, makeKnowledgeBase, temporaryDirectory } from './support/knowledge-base.mjs';
import { pdfDocument } from './support/pdf.mjs';
import { bar, median, ms, table, title } from './support/report.mjs';
import { markdownDocument } from './support/text.mjs';

const ROUNDS = 5;
const PAGES = Number(process.env.OPENKB_BENCH_ADD_PAGES ?? 50_000);
const WATCH = new URL('support/lock-watch.mjs', import.meta.url).href;

const documents = temporaryDirectory();
const root = makeKnowledgeBase(PAGES);
const lockTimes = join(documents, 'lock-times');
const megabytes = (path) => `${(statSync(join(root, path)).size / 1e6).toFixed(1)} MB`;

/** Adds a document; `held` is the time from opening the lock file to closing it. */
function add(source) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', WATCH, CLI, 'add', '--json', '--kb', root, source],
    { encoding: 'utf8', env: { ...process.env, OPENKB_BENCH_LOCK: lockTimes } },
  );
  const whole = performance.now() - start;
  if (status !== 0) throw new Error(`add ended with ${status}: ${stderr}`);
  const events = stdout.trim().split('\n').map(JSON.parse);
  const { pages } = events.find(({ type }) => type === 'document');
  const [held, ...more] = JSON.parse(readFileSync(lockTimes, 'utf8'));
  if (held === undefined || more.length > 0) throw new Error('the lock was not taken just once');
  return { whole, held, pages };
}

function writeForced(path, bytes) {
  const descriptor = openSync(path, 'wx');
  writeSync(descriptor, bytes);
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function force(directory) {
  const descriptor = openSync(directory, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** Index, registry and log written, forced and moved into place, with the record and its commit. */
function floor() {
  const paths = ['wiki/index.md', '.openkb/hashes.json', 'wiki/log.md'];
  const contents = paths.map((path) => readFileSync(join(root, path)));
  const place = join(root, '.openkb/floor');
  mkdirSync(place);
  const start = performance.now();
  for (const [n, bytes] of contents.entries()) writeForced(join(place, String(n)), bytes);
  writeForced(join(place, 'active'), contents[2]);
  force(place);
  for (const [n, path] of paths.entries()) renameSync(join(place, String(n)), join(root, path));
  for (const directory of new Set(paths.map((path) => dirname(path)))) force(join(root, directory));
  renameSync(join(place, 'active'), join(place, 'committed'));
  force(place);
  const time = performance.now() - start;
  rmSync(place, { recursive: true });
  return time;
}

const kinds = [
  { name: '3 KB of Markdown', ending: '.md', make: markdownDocument, seen: [] },
  { name: 'PDF of 15 pages', ending: '.pdf', make: (seed) => pdfDocument(seed, 15), seen: [] },
];
const floors = [];
spawnSync('sync');
for (let round = 0; round < ROUNDS; round += 1) {
  for (const { name, ending, make, seen } of kinds) {
    const source = join(documents, `${name} ${round}${ending}`);
    writeFileSync(source, make(round + 1));
    seen.push(add(source));
  }
  floors.push(floor());
}

const lowest = median(floors);
const sizes = `index.md ${megabytes('wiki/index.md')}, registry ${megabytes('.openkb/hashes.json')}`;
title(`openkb add with ${PAGES} pages (${sizes}): medians of ${ROUNDS} rounds, in turn`);
table([
  ['document', 'pages it touches', 'lock held ms', 'floor ms', 'held / floor', 'whole process ms'],
  ...kinds.map(({ name, seen }) => {
    const held = median(seen.map((one) => one.held));
    const cells = [ms(held), ms(lowest), (held / lowest).toFixed(2)];
    const whole = ms(median(seen.map((one) => one.whole)));
    return [name, median(seen.map(({ pages }) => pages.length)), ...cells, whole];
  }),
]);
console.log();
const worst = Math.max(...kinds.map(({ seen }) => median(seen.map(({ held }) => held))));
const least = Math.min(...kinds.flatMap(({ seen }) => seen.map(({ held }) => held)));
bar(
  `the commit of a whole add at ${PAGES} pages under 100 ms`,
  worst < 100,
  `${ms(worst)} ms, the quickest ${ms(least)} ms`,
);
for (const directory of [documents, root]) rmSync(directory, { recursive: true });
